import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  columnOf,
  headMap,
  holdsMass,
  maxMap,
  meanEntropy,
  peak,
  rowOf,
  shrink,
  submatrix,
  sumOfColumns,
  sumOfRows,
} from './matrix.ts'

/** [2 heads, 2, 2] */
const MAP = Float32Array.from([1, 0, 0.5, 0.5, 0, 1, 0.25, 0.75])

describe('heads', () => {
  it('takes one head or their mean', () => {
    expect([...headMap(MAP, 2, 1)]).toEqual([0, 1, 0.25, 0.75])
    expect([...headMap(MAP, 2, 'mean')]).toEqual([0.5, 0.5, 0.375, 0.625])
  })

  it('takes the largest of all heads, and leaves the map alone', () => {
    expect([...maxMap(MAP, 2)]).toEqual([1, 1, 0.5, 0.75])
    expect([...MAP.subarray(0, 4)]).toEqual([1, 0, 0.5, 0.5])
  })

  it('reads rows and columns', () => {
    const matrix = headMap(MAP, 2, 1)
    expect([...rowOf(matrix, 2, 1)]).toEqual([0.25, 0.75])
    expect([...columnOf(matrix, 2, 1)]).toEqual([1, 0.75])
  })
})

describe('submatrix', () => {
  it('leaves out rows and columns and renormalises nothing', () => {
    const matrix = Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect([...submatrix(matrix, 3, [0, 2])]).toEqual([1, 3, 7, 9])
    expect([...submatrix(matrix, 3, [1], [0, 2])]).toEqual([4, 6])
  })
})

describe('shrink', () => {
  const length = (max: number) => fc.integer({ min: 1, max })

  it('keeps the largest magnitude, wherever it is', () => {
    fc.assert(
      fc.property(length(40), length(40), length(20), length(20), fc.nat(), (rows, columns, tall, wide, spot) => {
        const matrix = new Float32Array(rows * columns)
        matrix[spot % matrix.length] = -0.5
        const small = shrink(matrix, { rows, columns }, { rows: tall, columns: wide })
        expect([small.rows, small.columns]).toEqual([Math.min(rows, tall), Math.min(columns, wide)])
        expect(small.data.length).toBe(small.rows * small.columns)
        expect(peak(small.data)).toBe(0.5)
      }),
    )
  })
})

describe('meanEntropy', () => {
  it('is log2 T for a uniform map, 0 for a sharp one, and leaves out rows that read nothing', () => {
    expect(meanEntropy(new Float32Array(16).fill(0.25), 4)).toBeCloseTo(2)
    expect(meanEntropy(Float32Array.from([1, 0, 0, 1]), 2)).toBe(0)
    expect(meanEntropy(Float32Array.from([0.5, 0.5, 0, 0]), 2)).toBeCloseTo(1)
  })
})

describe('holdsMass', () => {
  it('takes the fewest places that hold the share', () => {
    expect([...holdsMass([0.1, 0.5, 0.1, 0.3], 0.6)]).toEqual([0, 1, 0, 1])
    expect([...holdsMass([0, 0], 0.6)]).toEqual([0, 0])
  })

  it('holds at least the share, and not without its smallest member', () => {
    const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 50 })
    fc.assert(
      fc.property(values, fc.double({ min: 0.05, max: 1, noNaN: true }), (all, share) => {
        const total = all.reduce((a, b) => a + b, 0)
        if (total < 1e-3) return
        const flags = holdsMass(all, share)
        const held = all.filter((_, i) => flags[i])
        const sum = held.reduce((a, b) => a + b, 0)
        expect(sum).toBeGreaterThanOrEqual(share * total - 1e-6)
        expect(sum - Math.min(...held)).toBeLessThan(share * total + 1e-6)
      }),
    )
  })
})

it('the sum over several tokens is the sum of their rows and of their columns', () => {
  const matrix = Float32Array.from([0.5, 0.25, 0.25, 0, 1, 0, 0.125, 0.375, 0.5])
  expect([...sumOfRows(matrix, 3, [0, 2])]).toEqual([0.625, 0.625, 0.75])
  expect([...sumOfColumns(matrix, 3, [0, 1])]).toEqual([0.75, 1, 0.5])
})
