/** The clock of a lecture: it goes, stands, and begins anew. Times in ms. */

export interface Timer {
  /** When it was started; null while it stands. */
  since: number | null
  /** What had passed before that. */
  before: number
}

export const RESET: Timer = { since: null, before: 0 }

export function elapsed({ since, before }: Timer, now: number): number {
  return since === null ? before : before + now - since
}

export function toggled(timer: Timer, now: number): Timer {
  return { since: timer.since === null ? now : null, before: elapsed(timer, now) }
}

/** "12:05": minutes and seconds. */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
