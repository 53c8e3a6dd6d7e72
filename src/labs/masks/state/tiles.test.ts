import { describe, expect, test } from 'vitest'
import { bytesOf, flopsOf, skippedCells, tilesOf } from './tiles.ts'

const cellsOf = (T: number, readable: (q: number, k: number) => boolean) =>
  Uint8Array.from({ length: T * T }, (_, i) => Number(readable(Math.floor(i / T), i % T)))

describe('tiles', () => {
  test('of a causal mask: half of them empty, the diagonal partial', () => {
    const tiles = tilesOf(
      cellsOf(64, (q, k) => k <= q),
      64,
      16,
    )
    expect(tiles).toMatchObject({
      across: 4,
      full: 6,
      partial: 4,
      empty: 6,
      readable: (64 * 65) / 2,
      computed: 10 * 256,
    })
  })

  test('at the edge are smaller, and full all the same', () => {
    const tiles = tilesOf(
      cellsOf(20, () => true),
      20,
      16,
    )
    expect(tiles).toMatchObject({ across: 2, full: 4, partial: 0, empty: 0, computed: 400 })
    // Two rows of tiles, and both pass over all 20 keys and values of 8 numbers.
    expect(bytesOf(tiles, 20, 8)).toBe(2 * 2 * 20 * 8 * 4)
  })

  test('of nothing are empty', () => {
    const tiles = tilesOf(
      cellsOf(5, () => false),
      5,
      16,
    )
    expect(tiles).toMatchObject({ full: 0, partial: 0, empty: 1, computed: 0 })
    expect(flopsOf(tiles.computed, 32)).toBe(0)
  })
})

test('a band shuts out what a causal model never reads; bits shut out nothing', () => {
  expect(skippedCells(4, { back: 4, ahead: 0 })).toBe(6)
  expect(skippedCells(4, { back: 1, ahead: 1 })).toBe(6)
  expect(skippedCells(4, null)).toBe(0)
})
