/** Names of tasks, of their answers, and of heads, in words. */

import type { Readout } from '../../../state/readouts.ts'
import { t } from './words/words.ts'

const TASKS = ['object', 'border', 'rotation'] as const

/** A task of the page's models; another one is called by its own name. */
export function taskName(head: string): string {
  const known = TASKS.find((one) => one === head)
  return known ? t(`task.${known}`) : head
}

/** A turn is said in degrees; other answers are classes of the model, in its own words. */
export function answerName(head: string, label: string): string {
  return head === 'rotation' ? `${label}°` : label
}

/** An answer whose classes are said so. */
export function inWords(answer: Readout): Readout {
  return { ...answer, names: answer.names.map((label) => answerName(answer.head, label)) }
}

export function headName(head: number | 'mean'): string {
  return head === 'mean' ? t('heads.mean') : t('head.one', { head: head + 1 })
}
