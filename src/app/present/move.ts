/** Next and back: through the steps of the lesson that plays and on to the next lesson of the course; without one, through the lab's examples. */

import { COURSE } from '../../labs/course.ts'
import type { OpenedLab } from '../opened_lab.ts'
import type { Pages } from '../pages.ts'
import { currentRoute } from '../router.ts'

export async function move(pages: Pages, by: 1 | -1): Promise<void> {
  const played = pages.store.getState().lessons?.store.getState().played
  if (!played) return moveExample(pages, by)
  const { lesson, step } = played.player.store.getState()
  if (step + by >= 0 && step + by < lesson.steps.length) {
    return by > 0 ? played.player.next() : played.player.back()
  }
  const at = COURSE.findIndex(({ id }) => id === lesson.id)
  const other = played.kind !== 'course' || at < 0 ? undefined : COURSE[at + by]
  if (other) pages.go({ lab: other.lab, lesson: { id: other.id, step: 0 } })
}

async function moveExample(pages: Pages, by: 1 | -1): Promise<void> {
  const { examples, at } = exampleAt(pages, pages.store.getState().opened[currentRoute().lab])
  const other = examples[at + by]
  if (other) await pages.openExample(other.id)
}

/** Where the lab stands among its examples, from 0. */
export function exampleAt(pages: Pages, opened: OpenedLab | undefined) {
  const examples = opened?.parts.examples ?? []
  const id = pages.example()?.id
  return {
    examples,
    at: Math.max(
      0,
      examples.findIndex((one) => one.id === id),
    ),
  }
}
