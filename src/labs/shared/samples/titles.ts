/** What the sample photos show, by file: in English as samples.json says it, in other languages here. */

import { defineWords, speakNewRooms } from '../../../words/words.ts'

/** @param english titles by file @returns the title of a file, in the language of the moment */
export async function sampleTitles(english: Readonly<Record<string, string>>): Promise<(file: string) => string> {
  const t = defineWords('samples', english, { ru: () => import('./titles_ru.ts') })
  await speakNewRooms()
  return t
}
