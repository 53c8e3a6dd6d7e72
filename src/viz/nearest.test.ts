import { expect, it } from 'vitest'
import { nearestRows } from './nearest.ts'

it('finds the rows of nearest direction, whatever their length', () => {
  const rows = Float32Array.from([1, 0, 0, 5, 3, 3, -2, 0, 100, 1])
  expect(nearestRows(rows, 2, 0, [0, 1, 2, 3, 4], 3).map(({ row }) => row)).toEqual([4, 2, 1])
  expect(nearestRows(rows, 2, 0, [2, 3], 3)[1]?.cosine).toBeCloseTo(-1, 6)
})
