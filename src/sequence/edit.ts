/**
 * Edits: pure functions sequence → sequence. Each takes a list of keys, so that one call serves a token and a
 * multi-selection, and throws ClsroomError `input` on an unknown key or a caret outside the sequence.
 */

import { ClsroomError } from '../core/errors.ts'
import type { StartVector } from '../core/tokens.ts'
import {
  type Entry,
  entryOf,
  knownKeys,
  newToken,
  type PositionPolicy,
  type SegmentPolicy,
  type Sequence,
  type Status,
  type Token,
} from './token.ts'

/**
 * Puts `count` new tokens at a caret; the first gets the key `sequence.nextKey`.
 * @param caret index into `tokens` of the token they come before; `tokens.length` appends
 */
export function insert(sequence: Sequence, caret: number, entry: Entry, count = 1): Sequence {
  checkCaret(sequence, caret)
  if (entry.id === null && entry.start === undefined) {
    throw new ClsroomError('input', `The model has no embedding for ${entry.label}`, {
      advice: 'Choose a start vector for it',
    })
  }
  const added = Array.from({ length: count }, (_, i) => newToken(sequence.nextKey + i, entry, { type: 'inserted' }))
  return { ...sequence, tokens: sequence.tokens.toSpliced(caret, 0, ...added), nextKey: sequence.nextKey + count }
}

/** Moves tokens, in their present order, to a caret (an index into the present `tokens`). */
export function move(sequence: Sequence, keys: Iterable<number>, caret: number): Sequence {
  checkCaret(sequence, caret)
  const moved = knownKeys(sequence, keys)
  const stays = (token: Token) => !moved.has(token.key)
  const { tokens } = sequence
  return {
    ...sequence,
    tokens: [
      ...tokens.slice(0, caret).filter(stays),
      ...tokens.filter((token) => moved.has(token.key)),
      ...tokens.slice(caret).filter(stays),
    ],
  }
}

/** Takes tokens out of the model's sequence: an inserted one disappears, any other can be restored by `setStatus`. */
export function remove(sequence: Sequence, keys: Iterable<number>): Sequence {
  const gone = knownKeys(sequence, keys)
  const rest = sequence.tokens.filter((token) => !(gone.has(token.key) && token.origin.type === 'inserted'))
  const tokens = rest.map((token) => (gone.has(token.key) ? { ...token, status: 'removed' as const } : token))
  return { ...sequence, tokens }
}

/** Masks tokens as keys, or makes them readable again; either brings a removed token back. */
export function setStatus(sequence: Sequence, keys: Iterable<number>, status: Exclude<Status, 'removed'>): Sequence {
  return change(sequence, keys, (token) => ({ ...token, status }))
}

/** Hides tokens from display, or shows them; the model does not notice. */
export function setHidden(sequence: Sequence, keys: Iterable<number>, hidden: boolean): Sequence {
  return change(sequence, keys, (token) => ({ ...token, hidden }))
}

/** Puts another entry, such as [MASK], in the tokens' places; the first original is remembered, and the text stays. */
export function replace(sequence: Sequence, keys: Iterable<number>, entry: Entry): Sequence {
  return change(sequence, keys, (token) => ({ ...withEntry(token, entry), original: token.original ?? entryOf(token) }))
}

/** Undoes `replace`; a token that was not replaced stays as it is. */
export function restoreOriginal(sequence: Sequence, keys: Iterable<number>): Sequence {
  return change(sequence, keys, ({ original, ...token }) => (original ? withEntry(token, original) : token))
}

/** Sets the segment id by hand; undefined follows the policy again. */
export function setSegment(sequence: Sequence, keys: Iterable<number>, segmentId: number | undefined): Sequence {
  if (segmentId !== undefined) checkInteger('A segment id', segmentId, 0)
  return change(sequence, keys, ({ segmentId: _, ...token }) =>
    segmentId === undefined ? token : { ...token, segmentId },
  )
}

/** Sets the position id by hand (−1: no position, in a ViT); undefined follows the policy again. */
export function setPosition(sequence: Sequence, keys: Iterable<number>, positionId: number | undefined): Sequence {
  if (positionId !== undefined) checkInteger('A position id', positionId, -1)
  return change(sequence, keys, ({ positionId: _, ...token }) =>
    positionId === undefined ? token : { ...token, positionId },
  )
}

/** Sets the vector a token starts from; undefined takes the trained embedding, where there is one. */
export function setStart(sequence: Sequence, keys: Iterable<number>, start: StartVector | undefined): Sequence {
  return change(sequence, keys, ({ start: old, ...token }) => {
    if (start) return { ...token, start }
    return old && token.id === null && token.kind !== 'patch' && token.kind !== 'asset'
      ? { ...token, start: old }
      : token
  })
}

export function setPositionPolicy(sequence: Sequence, positionPolicy: PositionPolicy): Sequence {
  return { ...sequence, positionPolicy }
}

export function setSegmentPolicy(sequence: Sequence, segmentPolicy: SegmentPolicy): Sequence {
  return { ...sequence, segmentPolicy }
}

/** The keys from one token to another, both included, in order: what a shift-click selects. */
export function keysBetween(sequence: Sequence, from: number, to: number): number[] {
  knownKeys(sequence, [from, to])
  const keys = sequence.tokens.map((token) => token.key)
  const [a, b] = [keys.indexOf(from), keys.indexOf(to)]
  return keys.slice(Math.min(a, b), Math.max(a, b) + 1)
}

/** The tokens with these keys changed. */
function change(sequence: Sequence, keys: Iterable<number>, edit: (token: Token) => Token): Sequence {
  const chosen = knownKeys(sequence, keys)
  return { ...sequence, tokens: sequence.tokens.map((token) => (chosen.has(token.key) ? edit(token) : token)) }
}

function withEntry({ start: _, ...token }: Token, entry: Entry): Token {
  return { ...token, ...entryOf(entry) }
}

function checkCaret(sequence: Sequence, caret: number): void {
  checkInteger('A caret', caret, 0, sequence.tokens.length)
}

function checkInteger(what: string, value: number, min: number, max = Number.MAX_SAFE_INTEGER): void {
  if (Number.isInteger(value) && value >= min && value <= max) return
  const expected = max === Number.MAX_SAFE_INTEGER ? `an integer ≥ ${min}` : `an integer from ${min} to ${max}`
  throw new ClsroomError('input', `${what} is out of range`, { found: String(value), expected })
}
