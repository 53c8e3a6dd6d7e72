/** Other starts of the decoder: T5's PAD, none, doubled (transformers#7077), another token. */

import { active, type Entry, entryOf, newToken, type Sequence } from '../../../sequence/token.ts'

export const STARTS = ['own', 'none', 'doubled', 'other'] as const
export type Start = (typeof STARTS)[number]

/** The target behind another start; what is to be written stays the same. @param own the model's start @param other the one of "another token" */
export function withStart(target: Sequence, start: Start, own: Entry, other: Entry): Sequence {
  const output = active(target)
  while (output[0]?.kind === 'bos') output.shift()
  const entries = { own: [own], none: [], doubled: [own, own], other: [{ ...other, kind: 'bos' as const }] }[start]
  const tokens = entries.map((entry, i) => newToken(target.nextKey + i, entryOf(entry), { type: 'inserted' }))
  return { ...target, tokens: [...tokens, ...output], nextKey: target.nextKey + tokens.length }
}
