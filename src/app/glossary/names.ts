/** What terms are called in both languages, which stand side by side whichever is chosen. */

import { fetchPart } from '../../core/fetch_part.ts'
import { TERMS, type TermId } from './terms.ts'
import { en } from './words/en.ts'

export type TermNames = ReadonlyMap<TermId, Readonly<Record<'en' | 'ru', string>>>

/** @throws ClsroomError `fetch` where the other language cannot be had */
export async function termNames(): Promise<TermNames> {
  const { default: ru } = await fetchPart(() => import('./words/ru.ts'))
  return new Map(TERMS.map(({ id }) => [id, { en: en[`term.${id}`], ru: ru[`term.${id}`] }]))
}
