/** The commands that were used last, by id, the newest first; kept in this browser. */

const KEY = 'clsroom.recent'
const KEPT = 12

export function recentCommands(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string').slice(0, KEPT) : []
  } catch {
    return [] // storage is closed to this page, or holds something else
  }
}

export function rememberCommand(id: string): void {
  const kept = [id, ...recentCommands().filter((other) => other !== id)].slice(0, KEPT)
  try {
    localStorage.setItem(KEY, JSON.stringify(kept))
  } catch {
    // As above: the next palette begins without it.
  }
}
