import { describe, expect, it } from 'vitest'
import { softmax } from '../core/logits.ts'
import { normal } from '../core/random.ts'
import { rollout, rollouts } from './rollout.ts'

/** [H, T, T] of random attention; `dead` is a query that reads nothing. */
function randomMap(heads: number, tokens: number, seed: number, dead = -1): Float32Array {
  const next = normal(seed)
  const map = new Float32Array(heads * tokens * tokens)
  for (let row = 0; row < heads * tokens; row++) {
    const scores = Float64Array.from({ length: tokens }, () => 2 * next())
    if (row % tokens !== dead) map.set(softmax(scores), row * tokens)
  }
  return map
}

/** The same by summing over every path through the layers: no matrix is ever multiplied. */
function byPaths(maps: Float32Array[], heads: number, tokens: number, query: number, key: number): number {
  const layer = maps.at(-1)
  if (!layer) return query === key ? 1 : 0
  let total = 0
  let mass = 0
  for (let via = 0; via < tokens; via++) {
    let weight = via === query ? 1 : 0
    for (let h = 0; h < heads; h++) weight += (layer[(h * tokens + query) * tokens + via] as number) / heads
    mass += weight
    total += weight * byPaths(maps.slice(0, -1), heads, tokens, via, key)
  }
  return total / mass
}

describe('rollout', () => {
  it('is the sum over all paths through the layers', () => {
    const [heads, tokens] = [3, 5]
    const maps = [randomMap(heads, tokens, 1), randomMap(heads, tokens, 2, 3), randomMap(heads, tokens, 3)]
    const flow = rollout(maps, tokens)
    for (let q = 0; q < tokens; q++) {
      for (let k = 0; k < tokens; k++) {
        expect(flow[q * tokens + k]).toBeCloseTo(byPaths(maps, heads, tokens, q, k), 6)
      }
    }
  })

  it('gives the rollout up to each layer', () => {
    const maps = [randomMap(2, 4, 6), randomMap(2, 4, 7)]
    expect(rollouts(maps, 4)).toEqual([rollout(maps.slice(0, 1), 4), rollout(maps, 4)])
  })

  it('has rows that sum to 1, and is the identity before any layer', () => {
    const flow = rollout([randomMap(2, 7, 4), randomMap(2, 7, 5, 0)], 7)
    for (let q = 0; q < 7; q++) {
      expect(flow.subarray(q * 7, q * 7 + 7).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6)
    }
    expect(Array.from(rollout([], 2))).toEqual([1, 0, 0, 1])
  })
})
