import { expect, it } from 'vitest'
import { outliers, spread } from './outliers.ts'

it('takes the median and the scaled MAD', () => {
  // By hand: median 3, |x − 3| = 2 1 0 1 97, their median 1.
  expect(spread([1, 2, 3, 4, 100])).toEqual({ median: 3, mad: 1.4826, limit: 3 + 3 * 1.4826 })
})

it('finds high values only, and none where most are equal', () => {
  expect(outliers([1, 2, 3, 4, 100])).toEqual([4])
  expect(outliers([-100, 2, 3, 4, 5])).toEqual([])
  expect(outliers([5, 5, 5, 5, 9])).toEqual([])
  expect(outliers([])).toEqual([])
})
