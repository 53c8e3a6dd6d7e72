import { describe, expect, it } from 'vitest'
import { groupShares, layerStats } from './attention_stats.ts'

// Two heads over three tokens. Head 0: everybody reads token 2. Head 1: rows by hand, the last reads nothing.
const MAP = Float32Array.from([
  ...[0, 0, 1],
  ...[0, 0, 1],
  ...[0, 0, 1],
  ...[0.5, 0.25, 0.25],
  ...[0, 0.5, 0.5],
  ...[0, 0, 0],
])

describe('layerStats', () => {
  const [sink, mixed] = layerStats(MAP, 3, 3)

  it('finds a pure sink: all attention on one token, no entropy', () => {
    expect(sink).toMatchObject({ layer: 3, head: 0, entropy: 0, sink: { row: 2, share: 1 } })
  })

  it('leaves out queries that read nothing', () => {
    // By hand: received = ((0.5, 0.25, 0.25) + (0, 0.5, 0.5)) / 2; entropies 1.5 and 1 bits.
    expect([...(mixed?.received ?? [])]).toEqual([0.25, 0.375, 0.375])
    expect(mixed?.entropy).toBeCloseTo(1.25, 12)
    expect(mixed?.sink).toEqual({ row: 1, share: 0.375 })
  })

  it('survives a layer in which nobody reads', () => {
    const [dead] = layerStats(new Float32Array(4), 0, 2)
    expect(dead).toMatchObject({ entropy: 0, sink: { row: 0, share: 0 } })
  })
})

describe('groupShares', () => {
  it('sums what lands on each group over the heads', () => {
    const shares = groupShares(layerStats(MAP, 0, 3), ['cls', 'word', 'sep'])
    expect(shares).toEqual([
      { kind: 'cls', share: 0.125 },
      { kind: 'sep', share: 0.6875 },
      { kind: 'word', share: 0.1875 },
    ])
  })
})
