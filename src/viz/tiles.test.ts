import { expect, it } from 'vitest'
import { tiled } from './tiles.ts'

it('puts the row of each place at that place, with a line between', () => {
  // A grid of 1 × 3: three tiles of 1 × 3.
  const matrix = Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9])
  const { width, height, values } = tiled(matrix, 1, 3)
  expect([width, height]).toEqual([11, 1])
  expect([...values]).toEqual([1, 2, 3, Number.NaN, 4, 5, 6, Number.NaN, 7, 8, 9])
})

it('keeps rows of tiles apart, in grids that are not square', () => {
  const matrix = Float32Array.from({ length: 36 }, (_, i) => i)
  const { width, height, values } = tiled(matrix, 2, 3)
  expect([width, height]).toEqual([11, 5])
  const at = (y: number, x: number) => values[y * width + x]
  expect([at(0, 0), at(1, 2)]).toEqual([0, 5])
  // Place 4 is row 1, column 1: its own similarity is in the middle of its tile's second row.
  expect(at(3 + 1, 4 + 1)).toBe(4 * 6 + 4)
  expect(Array.from({ length: width }, (_, x) => at(2, x)).every(Number.isNaN)).toBe(true)
})
