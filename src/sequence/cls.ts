/** Several CLS tokens, none, or one that starts from a scaled vector. */

import { insert, remove, setStart, setStatus } from './edit.ts'
import type { Entry, Sequence, Token } from './token.ts'

/** The CLS tokens the model reads, in order. */
export function clsTokens(sequence: Sequence): Token[] {
  return sequence.tokens.filter((token) => token.kind === 'cls' && token.status !== 'removed')
}

/**
 * As many CLS tokens as wanted: 0 takes the model's own out; more are copies beside it, which start as it does.
 * @param entry the model's CLS
 */
export function setClsCount(sequence: Sequence, count: number, entry: Entry): Sequence {
  const all = sequence.tokens.filter((token) => token.kind === 'cls')
  const own = all.filter(({ origin }) => origin.type !== 'inserted').map(({ key }) => key)
  const copies = all.filter(({ origin }) => origin.type === 'inserted').map(({ key }) => key)
  const alone = remove(sequence, count === 0 ? [...own, ...copies] : copies)
  if (count === 0) return alone
  const [first] = own
  if (first === undefined) return insert(alone, 0, entry, count)
  const present = setStatus(alone, [first], 'read')
  const place = present.tokens.findIndex(({ key }) => key === first)
  return insert(present, place + 1, entry, count - 1)
}

/** The factor on the trained vector that the first CLS starts from; null where it starts from something else. */
export function clsScale(sequence: Sequence): number | null {
  const start = clsTokens(sequence)[0]?.start
  if (!start) return 1
  return start.type === 'copy' && start.of === 0 ? start.scale : null
}

/** Every CLS starts from `scale` times the trained vector; 1 is the trained vector itself. */
export function setClsScale(sequence: Sequence, scale: number): Sequence {
  const keys = sequence.tokens.filter((token) => token.kind === 'cls').map(({ key }) => key)
  return setStart(sequence, keys, scale === 1 ? undefined : { type: 'copy', of: 0, scale })
}
