import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keptLengths } from './truncate.ts'

describe('longest first', () => {
  // Lengths that huggingface/tokenizers' own test expects for a limit of 7 (tokenizers/src/utils/truncation.rs).
  test.each([
    [
      [0, 8],
      [0, 7],
    ],
    [
      [2, 4],
      [2, 4],
    ],
    [
      [2, 8],
      [2, 5],
    ],
    [
      [4, 4],
      [3, 4],
    ],
    [
      [4, 8],
      [3, 4],
    ],
    [
      [8, 0],
      [7, 0],
    ],
    [
      [8, 2],
      [5, 2],
    ],
    [
      [8, 4],
      [4, 3],
    ],
    [
      [8, 8],
      [3, 4],
    ],
  ])('%j keeps %j of 7', (lengths, kept) => {
    expect(keptLengths(lengths, 7, 'longest_first')).toEqual(kept)
  })

  test('keeps as much as fits, and never more of a shorter segment than of a longer one', () => {
    const lengths = fc.array(fc.nat(20), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(lengths, fc.nat(60), (lengths, budget) => {
        const kept = keptLengths(lengths, budget, 'longest_first')
        const total = lengths.reduce((a, b) => a + b, 0)
        expect(kept.reduce((a, b) => a + b, 0)).toBe(Math.min(total, budget))
        const longestKept = Math.max(...kept)
        for (const [s, length] of kept.entries()) {
          expect(length).toBeLessThanOrEqual(lengths[s] as number)
          if (length < (lengths[s] as number)) expect(length).toBeGreaterThanOrEqual(longestKept - 1)
        }
      }),
    )
  })
})

describe('only second', () => {
  test('cuts the second alone', () => {
    expect(keptLengths([4, 8], 7, 'only_second')).toEqual([4, 3])
    expect(keptLengths([4, 8, 2], 12, 'only_second')).toEqual([4, 6, 2])
    expect(keptLengths([4, 2], 7, 'only_second')).toEqual([4, 2])
  })

  test('is an input error where the second is missing or would vanish', () => {
    expect(() => keptLengths([8], 7, 'only_second')).toThrow(/found 0 pieces there, 1 too many in all/)
    expect(() => keptLengths([8, 1], 8, 'only_second')).toThrow(/expected more than 1/)
  })
})
