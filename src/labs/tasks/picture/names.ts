/** Names of tasks, of their answers, and of heads, in words. */

import type { Readout } from '../../../state/readouts.ts'
import { COLOURS } from './state/lesson.ts'
import { t } from './words/words.ts'

const TASKS = ['object', 'border', 'rotation'] as const

/** A task of the page's models; another one is called by its own name. */
export function taskName(head: string): string {
  const known = TASKS.find((one) => one === head)
  return known ? t(`task.${known}`) : head
}

const OBJECTS = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'] as const

/** A turn is said in degrees; classes that the page has no word for are called as the model calls them. */
export function answerName(head: string, label: string): string {
  if (head === 'rotation') return `${label}°`
  const object = OBJECTS.find((one) => one === label)
  if (object) return t(`class.${object}`)
  const colour = COLOURS.find((one) => one === label)
  return colour ? t(`colour.${colour}`) : label
}

/** An answer whose classes are said so. */
export function inWords(answer: Readout): Readout {
  return { ...answer, names: answer.names.map((label) => answerName(answer.head, label)) }
}

export function headName(head: number | 'mean'): string {
  return head === 'mean' ? t('heads.mean') : t('head.one', { head: head + 1 })
}
