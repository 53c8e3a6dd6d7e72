/** Names of tasks, of their answers, and of heads, in words. */

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

export function headName(head: number | 'mean'): string {
  return head === 'mean' ? t('heads.mean') : t('head.one', { head: head + 1 })
}
