import { expect, it } from 'vitest'
import { rankCorrelation, ranks } from './rank.ts'

it('gives equal values their mean rank', () => {
  expect(ranks([30, 10, 20, 10])).toEqual([4, 1.5, 3, 1.5])
})

// scipy.stats.spearmanr
it.each([
  [[1, 2, 3, 4], [10, 20, 30, 40], 1],
  [[1, 2, 3, 4], [4, 3, 2, 1], -1],
  [[1, 2, 2, 4, 5], [2, 1, 4, 3, 5], 0.666885],
  [[1, 1, 1], [1, 2, 3], Number.NaN],
])('orders %j and %j alike by %f', (a, b, rho) => {
  const found = rankCorrelation(a, b)
  if (Number.isNaN(rho)) expect(found).toBeNaN()
  else expect(found).toBeCloseTo(rho, 5)
})
