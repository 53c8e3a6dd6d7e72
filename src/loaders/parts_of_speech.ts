/** Parts of speech of an English text, by the library compromise, which is fetched when it is first asked for. */

import { z } from 'zod'
import { fetchPart } from '../core/fetch_part.ts'
import type { PartOfSpeech } from '../core/parts_of_speech.ts'

export interface TaggedWord {
  part: PartOfSpeech
  /** UTF-16 code units into the text. */
  start: number
  end: number
}

const FUNCTION_TAGS = ['Determiner', 'Preposition', 'Conjunction', 'Auxiliary', 'Copula', 'Modal', 'Particle']
/** In this order: a pronoun is tagged as a noun too, an auxiliary as a verb. */
const RULES: readonly [PartOfSpeech, readonly string[]][] = [
  ['pronoun', ['Pronoun']],
  ['function', FUNCTION_TAGS],
  ['noun', ['Noun']],
  ['verb', ['Verb']],
  ['adjective', ['Adjective']],
  ['adverb', ['Adverb']],
]

const sentencesSchema = z.array(
  z.object({
    terms: z.array(
      z.object({
        tags: z.array(z.string()),
        offset: z.object({ start: z.number(), length: z.number() }),
      }),
    ),
  }),
)

/** The words of the listed parts, in order; numbers, names of nothing and punctuation have none. */
export async function tagWords(text: string): Promise<TaggedWord[]> {
  const { default: nlp } = await fetchPart(() => import('compromise/two'))
  const sentences = sentencesSchema.parse(nlp(text).json({ offset: true }))
  return sentences.flatMap(({ terms }) =>
    terms.flatMap(({ tags, offset: { start, length } }) => {
      const part = RULES.find(([, names]) => names.some((name) => tags.includes(name)))?.[0]
      // The library guesses at everything: a control character is a noun, and "don't" has a second word of no letters.
      return part && /\p{L}/u.test(text.slice(start, start + length)) ? [{ part, start, end: start + length }] : []
    }),
  )
}
