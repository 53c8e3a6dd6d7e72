import { expect, it } from 'vitest'
import { binned } from './histogram.ts'

it('counts everything once, in bins of one width', () => {
  const bins = binned(
    [
      [1, 2, 9, 10, 10],
      [3, 10],
    ],
    4,
  )
  expect(bins).toEqual([
    { from: 1, to: 3, counts: [2, 1] },
    { from: 4, to: 6, counts: [0, 0] },
    { from: 7, to: 9, counts: [1, 0] },
    { from: 10, to: 12, counts: [2, 1] },
  ])
  expect(binned([[], []], 4)).toEqual([{ from: 1, to: 1, counts: [0, 0] }])
})
