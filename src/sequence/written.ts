/** Sequences that a causal decoder goes on from: a prompt behind an opening token, and what was written after it. */

import type { Piece } from '../core/tokens.ts'
import { retokenise, type SpecialIds } from './text.ts'
import { type Entry, newToken, type Sequence, type Token } from './token.ts'

/** The prompt is the only text. */
const PROMPT = 0

/**
 * Keys count from 0 in the order of the strip.
 * @param opening what the tokenizer puts before a text: BOS, or nothing
 */
export function fromPrompt(pieces: readonly Piece[], opening: readonly Entry[], specials: SpecialIds): Sequence {
  const tokens = opening.map((entry, slot) =>
    newToken(slot, entry, { type: 'template', slot: slot + 1 - opening.length }),
  )
  const opened: Sequence = { tokens, nextKey: tokens.length, positionPolicy: 'renumber', segmentPolicy: 'text' }
  return withPrompt(opened, pieces, specials)
}

/** Another prompt, with everything that was done to its tokens by hand. */
export function withPrompt(sequence: Sequence, pieces: readonly Piece[], specials: SpecialIds): Sequence {
  return retokenise(sequence, PROMPT, pieces, specials)
}

/** Puts a token at the end, as the model's. */
export function write(sequence: Sequence, entry: Entry): Sequence {
  const place = writtenTokens(sequence).length
  const token = newToken(sequence.nextKey, entry, { type: 'written', place })
  return { ...sequence, tokens: [...sequence.tokens, token], nextKey: sequence.nextKey + 1 }
}

/** Without what was written from a place on, wherever it stands now. */
export function takeBack(sequence: Sequence, from: number): Sequence {
  return {
    ...sequence,
    tokens: sequence.tokens.filter(({ origin }) => origin.type !== 'written' || origin.place < from),
  }
}

/** What was written, in the order in which it was. */
export function writtenTokens(sequence: Sequence): Token[] {
  return sequence.tokens.filter(({ origin }) => origin.type === 'written').sort((a, b) => placeOf(a) - placeOf(b))
}

function placeOf({ origin }: Token): number {
  return origin.type === 'written' ? origin.place : -1
}
