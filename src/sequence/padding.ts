/** Padding to a length, and whether PAD can be read. */

import { ClsroomError } from '../core/errors.ts'
import { insert, remove } from './edit.ts'
import type { MaskSpec } from './mask.ts'
import { active, type Entry, type Sequence } from './token.ts'

/** Where the PADs stand; centre: as many before the text as behind it, an odd one behind. */
export const PADDING_SIDES = ['left', 'right', 'centre'] as const
export type PaddingSide = (typeof PADDING_SIDES)[number]

/**
 * Brings the active tokens to a length with PADs, in the place of all that were inserted before.
 * @throws ClsroomError `input` when the sequence is longer already
 */
export function pad(sequence: Sequence, length: number, side: PaddingSide, entry: Entry): Sequence {
  const bare = unpad(sequence)
  const tokens = active(bare).length
  const missing = length - tokens
  if (!Number.isInteger(missing) || missing < 0) {
    throw new ClsroomError('input', 'The sequence cannot be padded to this length', {
      found: String(length),
      expected: `an integer ≥ ${tokens}, the tokens it has`,
    })
  }
  const left = { left: missing, right: 0, centre: Math.floor(missing / 2) }[side]
  return insert(insert(bare, bare.tokens.length, entry, missing - left), 0, entry, left)
}

/** Takes every inserted PAD away. */
export function unpad(sequence: Sequence): Sequence {
  const pads = sequence.tokens.filter((token) => token.kind === 'pad' && token.origin.type === 'inserted')
  return remove(
    sequence,
    pads.map((token) => token.key),
  )
}

/** With the padding mask, nobody reads PAD; without it, PAD leaks into every other token. */
export function setPaddingMask(spec: MaskSpec, masked: boolean): MaskSpec {
  const others = spec.rules.filter((rule) => rule.type !== 'padding')
  return { ...spec, rules: masked ? [{ type: 'padding' }, ...others] : others }
}
