import { describe, expect, test } from 'vitest'
import { cellsOfStroke, coverOf, wayBetween } from './strokes.ts'

describe('strokes over 8 × 8 cells', () => {
  test('a quick pointer leaves no gap', () => {
    expect(wayBetween(0, 27, 8)).toEqual([0, 9, 18, 27])
    expect(wayBetween(7, 0, 8)).toEqual([7, 6, 5, 4, 3, 2, 1, 0])
    expect(wayBetween(5, 5, 8)).toEqual([5])
  })

  test('cells, rows, columns, a rectangle', () => {
    expect(coverOf({ shape: 'cell', path: [9, 10, 9] }, 8)).toEqual([
      [1, 1, 1, 1],
      [1, 2, 1, 1],
    ])
    expect(coverOf({ shape: 'row', path: [9, 17] }, 8)).toEqual([[1, 0, 2, 8]])
    expect(coverOf({ shape: 'column', path: [10, 9] }, 8)).toEqual([[0, 1, 8, 2]])
    expect(coverOf({ shape: 'rectangle', path: [27, 40, 10] }, 8)).toEqual([[1, 2, 3, 2]])
    expect(cellsOfStroke({ shape: 'rectangle', path: [27, 10] }, 8)).toHaveLength(6)
  })
})
