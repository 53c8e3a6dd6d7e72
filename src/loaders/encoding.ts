/** What a tokenizer makes of the pieces of one text or two: special tokens and segments, by the `post_processor` of tokenizer.json. */

import { stepsOf, type TemplateSteps } from './template.ts'

export interface Encoding {
  inputIds: number[]
  tokenTypeIds: number[]
}

/** Without a processor, or with one that leaves the tokens as they are. */
const PLAIN: TemplateSteps = {
  single: [{ text: 'A', segment: 0 }],
  pair: [
    { text: 'A', segment: 0 },
    { text: 'B', segment: 1 },
  ],
}

/**
 * @param tokenizerJson the content of tokenizer.json
 * @param first, second ids of the pieces of each text
 */
export function encodingOf(tokenizerJson: string, first: readonly number[], second?: readonly number[]): Encoding {
  const { single, pair } = stepsOf((JSON.parse(tokenizerJson) as { post_processor?: unknown }).post_processor) ?? PLAIN
  const parts = (second ? pair : single).map((one) => ({
    ids: 'ids' in one ? one.ids : one.text === 'A' ? first : (second ?? []),
    segment: one.segment,
  }))
  return {
    inputIds: parts.flatMap(({ ids }) => ids),
    tokenTypeIds: parts.flatMap(({ ids, segment }) => ids.map(() => segment)),
  }
}
