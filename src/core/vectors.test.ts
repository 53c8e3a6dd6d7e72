import { describe, expect, it } from 'vitest'
import { cosine, cosineMatrix, norm, rowNorms, weightedMean } from './vectors.ts'

describe('vectors', () => {
  it('measures lengths and angles', () => {
    expect(norm([3, 4])).toBe(5)
    expect([...rowNorms(Float32Array.from([3, 4, 0, 0, 5, 12]), 2)]).toEqual([5, 0, 13])
    expect(cosine([1, 0], [1, 1])).toBeCloseTo(Math.SQRT1_2, 12)
    expect(cosine([1, 2, 3], [-2, -4, -6])).toBeCloseTo(-1, 12)
    expect(cosine([0, 0], [1, 1])).toBeNaN()
    expect(() => cosine([1], [1, 2])).toThrow('differ in width')
  })

  it('compares every vector with every other', () => {
    const [a, b, c, d] = cosineMatrix([
      [1, 0],
      [0, 2],
    ])
    expect([a, b, c, d]).toEqual([1, 0, 0, 1])
  })

  it('weighs rows, whatever the weights sum to', () => {
    const rows = Float32Array.from([1, 10, 3, 30])
    expect([...weightedMean(rows, 2, [1, 3])]).toEqual([2.5, 25])
    expect([...weightedMean(rows, 2, [0.1, 0.1])]).toEqual([2, 20])
    expect([...weightedMean(rows, 2, [0, 0])]).toEqual([0, 0])
  })
})
