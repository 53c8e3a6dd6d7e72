/** A lesson that no address names (a reader's own, or a draft that is tried) outlives a reload of its tab. */

import type { Lesson } from '../state/lesson/lesson.ts'

const KEPT_AS = 'clsroom.lesson-underway'

export interface Interrupted {
  kind: 'own' | 'draft'
  lesson: Lesson
  /** From 0. */
  step: number
}

/** @param played null: none plays any more */
export function keepInterrupted(played: Interrupted | null): void {
  try {
    if (played) sessionStorage.setItem(KEPT_AS, JSON.stringify(played))
    else sessionStorage.removeItem(KEPT_AS)
  } catch {
    // A browser that keeps nothing opens the lab instead, as it does for every address without a lesson.
  }
}

/** What the reload that led here has interrupted; another way to the page leaves it behind. Its lesson is checked by who plays it. */
export function interruptedLesson(): Interrupted | null {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  if (navigation?.type !== 'reload') return null
  try {
    return JSON.parse(sessionStorage.getItem(KEPT_AS) ?? 'null')
  } catch {
    return null
  }
}
