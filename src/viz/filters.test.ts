import { describe, expect, it } from 'vitest'
import { filterPixels, filtersByNorm } from './filters.ts'

describe('filters', () => {
  it('come by their norm', () => {
    const filters = Float32Array.from([1, 0, 0, 3, 2, -2])
    expect(filtersByNorm(filters, 3).map(({ index }) => index)).toEqual([1, 2, 0])
    expect(filtersByNorm(filters, 3)[0]?.norm).toBe(3)
  })

  it('are grey at 0 and full at the largest weight, channel by channel', () => {
    // One pixel: red 2, green −2, blue 0.
    const pixels = filterPixels(Float32Array.from([2, -2, 0]), 3, 1)
    expect([...pixels]).toEqual([255, 0, 128, 255])
  })

  it('show one channel as grey', () => {
    expect([...filterPixels(Float32Array.from([-1]), 1, 1)]).toEqual([0, 0, 0, 255])
    expect([...filterPixels(new Float32Array(1), 1, 1)]).toEqual([128, 128, 128, 255])
  })
})
