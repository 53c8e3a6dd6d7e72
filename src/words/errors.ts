/**
 * Errors in the reader's language. They are thrown in rooms that know no language, in English; each sentence that has no
 * parameter is its own key in the catalogue of the other languages, and what was found stays as it is.
 */

import { language } from './words.ts'

type Sentences = Readonly<Record<string, string>>

let sentences: Sentences = {}

/** To be called when the language changes. */
export async function loadErrors(): Promise<void> {
  sentences = language() === 'ru' ? (await import('./ru/errors.ts')).default : {}
}

/** One sentence of an error as it is shown. */
export function said(sentence: string): string {
  return sentences[sentence] ?? sentence
}
