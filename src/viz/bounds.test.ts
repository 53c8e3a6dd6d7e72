import { expect, test } from 'vitest'
import { differenceBound, shareBound } from './bounds.ts'

test('shares stand on a scale from 0 to 1, whatever their largest is', () => {
  for (const most of [0.0005, 0.503, 1]) expect(shareBound(false, [0, most])).toBe(1)
})

test('a fitted scale ends at the largest of all that is painted with it, and never next to nothing', () => {
  expect(shareBound(true, [0, 0.25], [0.5])).toBe(0.5)
  expect(shareBound(true, [0.0004, 0.0001])).toBe(0.01)
  expect(shareBound(true)).toBe(0.01)
})

test('a difference of 0.001 is never painted at full strength', () => {
  expect(0.001 / differenceBound([0.001, -0.0005, Number.NaN])).toBeLessThanOrEqual(0.01)
  expect(differenceBound([-0.4, 0.2])).toBe(0.4)
})
