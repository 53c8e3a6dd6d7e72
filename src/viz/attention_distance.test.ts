import { describe, expect, it } from 'vitest'
import { attentionDistances } from './attention_distance.ts'

/** A CLS before a grid of 2 × 2. */
const PLACES = [null, { row: 0, column: 0 }, { row: 0, column: 1 }, { row: 1, column: 0 }, { row: 1, column: 1 }]

/** [1, 5, 5] with the same row for every query. */
const everyone = (row: number[]) => Float32Array.from(PLACES.flatMap(() => row))

describe('attentionDistances', () => {
  it('is 0 where patches read themselves, whatever CLS does', () => {
    const map = new Float32Array(25)
    for (let t = 0; t < 5; t++) map[t * 6] = 1
    expect([...attentionDistances(map, PLACES)]).toEqual([0])
  })

  it('is the mean distance of the grid where patches read alike', () => {
    // Each patch of 2 × 2: itself 0, two neighbours 1, one diagonal √2.
    const [distance] = attentionDistances(everyone([0.2, 0.2, 0.2, 0.2, 0.2]), PLACES)
    expect(distance).toBeCloseTo((2 + Math.SQRT2) / 4, 6)
  })

  it('does not depend on how much goes to CLS, and keeps heads apart', () => {
    const map = new Float32Array(50)
    map.set(everyone([0, 0.5, 0, 0, 0.5]), 0)
    map.set(everyone([0.9, 0.05, 0, 0, 0.05]), 25)
    const [first, second] = attentionDistances(map, PLACES)
    // To the corners: from a corner (0 + √2) / 2, from beside them 1.
    expect(first).toBeCloseTo((Math.SQRT2 / 2 + 1) / 2, 6)
    expect(second).toBeCloseTo(first as number, 6)
  })

  it('is NaN where no patch reads a patch', () => {
    expect(attentionDistances(everyone([1, 0, 0, 0, 0]), PLACES)[0]).toBeNaN()
  })
})
