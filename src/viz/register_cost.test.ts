import { describe, expect, it } from 'vitest'
import { registerCost } from './register_cost.ts'

describe('registerCost', () => {
  it('agrees with the published count of ViT-B/16 at 224: about 17.5 billion multiply-adds', () => {
    const base = { layers: 12, heads: 12, width: 768, feedForward: 3072, patch: 16, channels: 3, patches: 196 }
    expect(registerCost(base, 0).flops / 2 / 1e9).toBeCloseTo(17.5, 0)
  })

  it('counts a tiny model by hand', () => {
    const tiny = { layers: 1, heads: 1, width: 2, feedForward: 4, patch: 1, channels: 1, patches: 1 }
    // T = 3: projections 4·3·4 = 48, attention 2·9·2 = 36, feed-forward 2·3·2·4 = 48, embedding 2.
    expect(registerCost(tiny, 1)).toEqual({ parameters: 2, flops: 2 * 134, bytes: 4 * (2 * 3 * 2 + 9) })
  })
})
