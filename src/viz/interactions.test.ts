import { describe, expect, it } from 'vitest'
import { softmax } from '../core/logits.ts'
import { normal } from '../core/random.ts'
import type { Group } from './groups.ts'
import { interactions, shareOf } from './interactions.ts'

const GROUPS: Group[] = ['cls', 'register', 'register', 'patch', 'patch', 'patch']
const T = GROUPS.length
const H = 3

/** [H, T, T]; query `dead` reads nothing in any head. */
function randomMap(dead = -1): Float32Array {
  const next = normal(5)
  const map = new Float32Array(H * T * T)
  for (let row = 0; row < H * T; row++) {
    const scores = Float64Array.from({ length: T }, () => 2 * next())
    if (row % T !== dead) map.set(softmax(scores), row * T)
  }
  return map
}

/** The same as U · mean(A) · V, with U averaging over the queries that read and V summing over keys. */
function byMatrices(map: Float32Array, from: Group, to: Group): number {
  const mean = Array.from({ length: T }, (_, q) =>
    Array.from({ length: T }, (_, k) => {
      const cells = Array.from({ length: H }, (_, h) => map[(h * T + q) * T + k] as number)
      return cells.reduce((a, b) => a + b, 0) / H
    }),
  )
  const queries = mean.filter((row, q) => GROUPS[q] === from && row.some((p) => p > 0))
  const sums = queries.map((row) => row.filter((_, k) => GROUPS[k] === to).reduce((a, b) => a + b, 0))
  return sums.reduce((a, b) => a + b, 0) / sums.length
}

describe('interactions', () => {
  it.each([-1, 2, 4])(
    'is the mean over queries and heads of what they give to each group (query %i reads nothing)',
    (dead) => {
      const map = randomMap(dead)
      const table = interactions(map, GROUPS)
      expect(table.groups).toEqual(['cls', 'register', 'patch'])
      for (const from of table.groups) {
        let sum = 0
        for (const to of table.groups) {
          expect(shareOf(table, from, to)).toBeCloseTo(byMatrices(map, from, to), 6)
          sum += shareOf(table, from, to)
        }
        expect(sum).toBeCloseTo(1, 6)
      }
    },
  )

  it('has no share for a group that is not there, and zeros for one that reads nothing', () => {
    expect(shareOf(interactions(randomMap(), GROUPS), 'cls', 'sep')).toBeNaN()
    expect(shareOf(interactions(randomMap(0), GROUPS), 'cls', 'patch')).toBe(0)
  })
})
