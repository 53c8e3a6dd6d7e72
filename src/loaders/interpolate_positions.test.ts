import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Grid, type Interpolation, interpolatePositions } from './interpolate_positions.ts'

interface Fixture {
  grid: Grid
  width: number
  table: number[]
  results: { mode: Interpolation; to: Grid; values: number[] }[]
}
const fixture: Fixture = JSON.parse(readFileSync(new URL('fixtures/positions.json', import.meta.url), 'utf8'))
const table = new Float32Array(fixture.table)

describe('interpolatePositions', () => {
  it.each(fixture.results)('gives PyTorch’s numbers: $mode to $to', ({ mode, to, values }) => {
    const moved = interpolatePositions(table, fixture.width, fixture.grid, to, mode)
    expect(moved.length).toBe(values.length)
    values.forEach((value, i) => {
      expect(moved[i]).toBeCloseTo(value, 5)
    })
  })

  it('refuses a table that does not fit the grid', () => {
    expect(() => interpolatePositions(table, 2, [4, 4], [2, 2], 'nearest')).toThrow('expected (1 + 4 × 4) × 2')
  })
})
