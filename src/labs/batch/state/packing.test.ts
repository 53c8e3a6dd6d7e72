import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fewestRows, MOST_EXACT, PACKINGS, type Packing, pack } from './packing.ts'

const CAPACITY = 10
const filled = (rows: number[][], lengths: readonly number[]) =>
  rows.map((row) => row.reduce((sum, i) => sum + (lengths[i] as number), 0))
const lengthsUpTo = (maxLength: number) => fc.array(fc.integer({ min: 1, max: CAPACITY }), { maxLength })

describe('packing', () => {
  // By hand: 6 4 5 5 3 7 into rows of 10.
  it.each<[Packing, number[][]]>([
    [
      'next-fit',
      [
        [0, 1],
        [2, 3],
        [4, 5],
      ],
    ],
    [
      'first-fit',
      [
        [0, 1],
        [2, 3],
        [4, 5],
      ],
    ],
    [
      'first-fit-decreasing',
      [
        [5, 4],
        [0, 1],
        [2, 3],
      ],
    ],
  ])('%s of lengths that fit', (packing, rows) => {
    expect(pack(packing, [6, 4, 5, 5, 3, 7], CAPACITY)).toEqual(rows)
  })

  it('tells next, first and best fit apart', () => {
    const lengths = [5, 7, 4, 3, 1]
    expect(pack('next-fit', lengths, CAPACITY)).toEqual([[0], [1], [2, 3, 4]])
    expect(pack('first-fit', lengths, CAPACITY)).toEqual([
      [0, 2, 4],
      [1, 3],
    ])
    const others = [5, 7, 3, 5]
    expect(pack('first-fit', others, CAPACITY)).toEqual([[0, 2], [1], [3]])
    expect(pack('best-fit', others, CAPACITY)).toEqual([
      [0, 3],
      [1, 2],
    ])
  })

  it('finds what the decreasing ones miss', () => {
    const lengths = [3, 3, 2, 2, 2]
    expect(pack('first-fit-decreasing', lengths, 6)).toHaveLength(2)
    const hard = [4, 4, 3, 3, 3, 3]
    expect(pack('exact', hard, CAPACITY)).toHaveLength(2)
    expect(pack('best-fit-decreasing', hard, CAPACITY)).toHaveLength(3)
  })

  it.each(PACKINGS)('%s puts each sequence into one row, and none over its end', (packing) => {
    fc.assert(
      fc.property(lengthsUpTo(packing === 'exact' ? 9 : 60), (lengths) => {
        const rows = pack(packing, lengths, CAPACITY)
        expect(rows.flat().toSorted((a, b) => a - b)).toEqual(lengths.map((_, i) => i))
        for (const sum of filled(rows, lengths)) expect(sum).toBeLessThanOrEqual(CAPACITY)
        expect(rows.every((row) => row.length > 0)).toBe(true)
        expect(rows.length).toBeGreaterThanOrEqual(fewestRows(lengths, CAPACITY))
      }),
    )
  })

  it('first fit and best fit are those of the plain loops', () => {
    fc.assert(
      fc.property(lengthsUpTo(50), fc.boolean(), (lengths, best) => {
        const rows: number[][] = []
        lengths.forEach((length, i) => {
          const sums = filled(rows, lengths)
          const open = sums.flatMap((sum, row) => (sum + length <= CAPACITY ? [row] : []))
          const fullest = Math.max(...open.map((row) => sums[row] as number))
          const row = best ? open.find((one) => sums[one] === fullest) : open[0]
          if (row === undefined) rows.push([i])
          else rows[row]?.push(i)
        })
        expect(pack(best ? 'best-fit' : 'first-fit', lengths, CAPACITY)).toEqual(rows)
      }),
    )
  })

  it('exact has no more rows than any other, nor than every way of putting them', () => {
    fc.assert(
      fc.property(lengthsUpTo(7), (lengths) => {
        const most = pack('exact', lengths, CAPACITY).length
        for (const packing of PACKINGS) expect(most).toBeLessThanOrEqual(pack(packing, lengths, CAPACITY).length)
        expect(most).toBe(bruteForce(lengths, [], 0))
      }),
    )
  })

  it('does nothing for nothing, and refuses to search for ever', () => {
    for (const packing of PACKINGS) expect(pack(packing, [], CAPACITY)).toEqual([])
    expect(() => pack('exact', new Array(MOST_EXACT + 1).fill(1), CAPACITY)).toThrow('17 sequences')
    expect(pack('exact', new Array(MOST_EXACT).fill(5), CAPACITY)).toHaveLength(8)
  })
})

/** The fewest rows over every way of putting the sequences from `at` on. */
function bruteForce(lengths: readonly number[], rooms: readonly number[], at: number): number {
  const length = lengths[at]
  if (length === undefined) return rooms.length
  const into = rooms.flatMap((room, row) =>
    room >= length ? [bruteForce(lengths, rooms.with(row, room - length), at + 1)] : [],
  )
  return Math.min(...into, bruteForce(lengths, [...rooms, CAPACITY - length], at + 1))
}
