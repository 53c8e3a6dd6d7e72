import { describe, expect, it } from 'vitest'
import { bucketRanges, distanceBucket } from './distance_bucket.ts'

const T5 = { buckets: 32, furthest: 128 }

describe('distanceBucket', () => {
  it('gives what T5Attention._relative_position_bucket of transformers gives', () => {
    const of = (bothSides: boolean) =>
      [-200, -128, -50, -20, -9, -8, -7, -1, 0, 1, 7, 8, 9, 20, 50, 128].map((distance) =>
        distanceBucket(distance, bothSides, T5),
      )
    expect(of(true)).toEqual([15, 15, 13, 10, 8, 8, 7, 1, 0, 17, 23, 24, 24, 26, 29, 31])
    expect(of(false)).toEqual([31, 31, 24, 17, 9, 8, 7, 1, 0, 0, 0, 0, 0, 0, 0, 0])
  })
})

describe('bucketRanges', () => {
  it('covers every distance once, and names no bucket that none falls into', () => {
    const ranges = bucketRanges(true, T5)
    expect(ranges[16]).toBeNull() // 0 counts as "before"
    expect(ranges[3]).toEqual([-3, -3])
    const covered = ranges
      .flatMap((range) => (range ? [range[1] - range[0] + 1] : []))
      .reduce((sum, count) => sum + count, 0)
    expect(covered).toBe(2 * T5.furthest + 1)
    expect(bucketRanges(false, T5).every((range) => range !== null)).toBe(true)
  })
})
