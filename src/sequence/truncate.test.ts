import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { truncate } from './truncate.ts'

const ofLengths = (lengths: number[]) => lengths.map((length) => Array.from({ length }, (_, i) => i))
const keptOf = (lengths: number[], budget: number, strategy: 'longest_first' | 'only_second') =>
  truncate(ofLengths(lengths), budget, strategy).segments.map((segment) => segment.length)

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
    expect(keptOf(lengths, 7, 'longest_first')).toEqual(kept)
  })

  test('keeps as much as fits, from the front, and never more of a shorter segment than of a longer one', () => {
    const lengths = fc.array(fc.nat(20), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(lengths, fc.nat(60), (lengths, budget) => {
        const { segments, cut } = truncate(ofLengths(lengths), budget, 'longest_first')
        const kept = segments.map((segment) => segment.length)
        const total = lengths.reduce((a, b) => a + b, 0)
        expect(kept.reduce((a, b) => a + b, 0)).toBe(Math.min(total, budget))
        expect(kept.map((length, s) => length + (cut[s] as number))).toEqual(lengths)
        expect(segments).toEqual(ofLengths(kept))
        const longestKept = Math.max(...kept)
        for (const [s, lost] of cut.entries()) if (lost > 0) expect(kept[s]).toBeGreaterThanOrEqual(longestKept - 1)
      }),
    )
  })
})

describe('only second', () => {
  test('cuts the second alone', () => {
    expect(keptOf([4, 8], 7, 'only_second')).toEqual([4, 3])
    expect(keptOf([4, 8, 2], 12, 'only_second')).toEqual([4, 6, 2])
    expect(keptOf([4, 2], 7, 'only_second')).toEqual([4, 2])
  })

  test('is an input error where the second is missing or would vanish', () => {
    expect(() => keptOf([8], 7, 'only_second')).toThrow(/found 0 pieces there, 1 too many in all/)
    expect(() => keptOf([8, 1], 8, 'only_second')).toThrow(/expected more than 1/)
  })
})
