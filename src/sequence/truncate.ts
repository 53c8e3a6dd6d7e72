/** Truncation at a model's limit, with transformers' strategies; what is cut is cut from the end of a segment. */

import { ClsroomError } from '../core/errors.ts'

/** longest_first: the longer segments give way. only_second: the second segment alone (a context under its question). */
export type TruncationStrategy = 'longest_first' | 'only_second'

/**
 * How many pieces of each segment fit into a common budget. For one and two segments these are the lengths of
 * huggingface/tokenizers (`truncate_encodings`); beyond two, which it does not know, the same rule goes on: one cap for
 * all, and what is left over goes to the longest, of equals to the last.
 * @param lengths pieces of each segment
 * @param budget pieces that fit: the model's limit less every special token
 * @throws ClsroomError `input` where only the second may be cut and it cannot give enough
 */
export function keptLengths(lengths: readonly number[], budget: number, strategy: TruncationStrategy): number[] {
  return strategy === 'longest_first' ? longestFirst(lengths, budget) : onlySecond(lengths, budget)
}

function longestFirst(lengths: readonly number[], budget: number): number[] {
  const total = (cap: number) => lengths.reduce((sum, length) => sum + Math.min(length, cap), 0)
  const longest = Math.max(0, ...lengths)
  let cap = 0
  while (cap < longest && total(cap + 1) <= budget) cap++
  const kept = lengths.map((length) => Math.min(length, cap))
  const cut = [...lengths.keys()].filter((s) => (lengths[s] as number) > cap)
  cut.sort((a, b) => (lengths[b] as number) - (lengths[a] as number) || b - a)
  for (const s of cut.slice(0, Math.max(0, budget - total(cap)))) kept[s] = cap + 1
  return kept
}

function onlySecond(lengths: readonly number[], budget: number): number[] {
  const excess = lengths.reduce((sum, length) => sum + length, 0) - budget
  if (excess <= 0) return [...lengths]
  const second = lengths[1] ?? 0
  if (second > excess) return lengths.with(1, second - excess)
  throw new ClsroomError('input', 'The second segment is too short to make the text fit', {
    found: `${second} pieces there, ${excess} too many in all`,
    expected: `more than ${excess}`,
    advice: 'Cut the longest first, or shorten the text',
  })
}
