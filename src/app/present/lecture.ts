/** How a lecture stands: kept where the page is drawn anew, in another language, and begun anew with the next lecture. */

import { createStore } from 'zustand/vanilla'
import { RESET, type Timer } from './timer.ts'

export interface Lecture {
  blank: boolean
  /** What the light is on (`spot.ts`): undefined while it is off, null while nothing is pointed at. */
  spot: readonly number[] | null | undefined
  timer: Timer
}

const BEFORE: Lecture = { blank: false, spot: undefined, timer: RESET }

export const lecture = createStore<Lecture>(() => BEFORE)

export function endLecture(): void {
  lecture.setState(BEFORE)
}
