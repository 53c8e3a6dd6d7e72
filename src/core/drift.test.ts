import { describe, expect, it } from 'vitest'
import { drift } from './drift.ts'

const before = Float32Array.from([3, 4, 1, 0])

describe('drift', () => {
  it('is none where nothing moved', () => {
    expect(drift(before, before, 2, [[0, 0], [1, 1]])).toEqual({ cosine: 1, change: 0 }) // biome-ignore format: one line
  })

  it('tells length from direction', () => {
    const { cosine, change } = drift(before, Float32Array.from([6, 8]), 2, [[0, 0]])
    expect(cosine).toBeCloseTo(1, 6)
    expect(change).toBeCloseTo(1, 6)
  })

  it('averages over the pairs of rows that count', () => {
    // Row 0 to (−4, 3): at right angles, by 5√2 of 5. Row 1 stays.
    const after = Float32Array.from([1, 0, -4, 3])
    const both = drift(before, after, 2, [[0, 1], [1, 0]]) // biome-ignore format: one line
    expect(both.cosine).toBeCloseTo(0.5, 6)
    expect(both.change).toBeCloseTo(Math.SQRT2 / 2, 6)
    expect(drift(before, after, 2, []).cosine).toBeNaN()
  })
})
