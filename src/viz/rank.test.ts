import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ranks, spearman } from './rank.ts'

describe('ranks', () => {
  it('count from 1, and equal values share the mean of theirs', () => {
    expect([...ranks([30, 10, 20, 20])]).toEqual([4, 1, 2.5, 2.5])
  })
})

describe('spearman', () => {
  it('is 1 in the same order, −1 in the opposite one, whatever the distances', () => {
    expect(spearman([1, 2, 3, 9], [0.1, 0.2, 5, 100])).toBeCloseTo(1)
    expect(spearman([1, 2, 3, 9], [4, 3, 2, -50])).toBeCloseTo(-1)
  })

  it('with ties is what scipy.stats.spearmanr gives', () => {
    expect(spearman([1, 2, 2, 4, 5], [5, 6, 7, 8, 7])).toBeCloseTo(0.763157894736842)
  })

  it('has no value where one side is all alike', () => {
    expect(spearman([1, 1, 1], [1, 2, 3])).toBeNaN()
    expect(spearman([1], [1])).toBeNaN()
  })

  it('does not change when one side is stretched', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer(), fc.integer()), { minLength: 2, maxLength: 20 }), (pairs) => {
        const [a, b] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)]
        const stretched = a.map((value) => value * 3 + 7)
        expect(spearman(stretched, b)).toEqual(spearman(a, b))
      }),
    )
  })
})
