import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { insert, setStatus } from './edit.ts'
import { DEFAULT_MASK, readable } from './mask.ts'
import { pad, setPaddingMask, unpad } from './padding.ts'
import { PAD, text, textOfIds } from './testing/arbitrary.ts'
import { active } from './token.ts'

const side = fc.constantFrom('left' as const, 'right' as const, 'centre' as const)

describe('padding', () => {
  test.each([
    ['left', '[PAD] [PAD] [PAD] [CLS] w5 [SEP]'],
    ['right', '[CLS] w5 [SEP] [PAD] [PAD] [PAD]'],
    ['centre', '[PAD] [CLS] w5 [SEP] [PAD] [PAD]'],
  ] as const)('%s', (side, expected) => {
    const padded = pad(textOfIds([5]), 6, side, PAD)
    expect(padded.tokens.map((token) => token.label).join(' ')).toBe(expected)
  })

  test('reaches the length, replaces earlier padding, and comes off again', () => {
    fc.assert(
      fc.property(text, side, side, fc.nat(20), (sequence, first, second, extra) => {
        const length = active(sequence).length + extra
        const padded = pad(pad(sequence, length + 3, first, PAD), length, second, PAD)
        expect(active(padded)).toHaveLength(length)
        expect(unpad(padded).tokens).toEqual(sequence.tokens)
      }),
    )
  })

  test('to less than there is, or to no whole number, is an input error', () => {
    expect(() => pad(textOfIds([5]), 2, 'right', PAD)).toThrow(/found 2; expected an integer ≥ 3/)
    expect(() => pad(textOfIds([5]), 4.5, 'right', PAD)).toThrow(/found 4.5/)
  })

  test('with its mask is read by nobody, without it by everybody', () => {
    const padded = insert(textOfIds([5]), 3, PAD)
    const open = setPaddingMask(DEFAULT_MASK, false)
    expect(readable(padded, DEFAULT_MASK)(0, 1, 3)).toBe(false)
    expect(readable(padded, open)(0, 1, 3)).toBe(true)
    expect(readable(setStatus(padded, [3], 'masked'), open)(0, 1, 3)).toBe(false)
    expect(setPaddingMask(open, true)).toEqual(DEFAULT_MASK)
    expect(setPaddingMask(DEFAULT_MASK, true)).toEqual(DEFAULT_MASK)
  })
})
