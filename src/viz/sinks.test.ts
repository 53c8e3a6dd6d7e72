import { expect, test } from 'vitest'
import type { HeadStats } from './attention_stats.ts'
import { separators, shareOf, sinksOf } from './sinks.ts'

const head = (layer: number, at: number, ...received: number[]): HeadStats => {
  const row = received.indexOf(Math.max(...received))
  return {
    layer,
    head: at,
    received: Float64Array.from(received),
    entropy: 1,
    sink: { row, share: received[row] as number },
  }
}

const LAYERS = [
  [head(0, 0, 0.2, 0.5, 0.3), head(0, 1, 0.1, 0.2, 0.7)],
  [head(1, 0, 0, 0.1, 0.9), head(1, 1, 0.2, 0.1, 0.7)],
]

test('sinks are counted by heads, with their share of all attention', () => {
  expect(sinksOf(LAYERS)).toEqual([
    { row: 2, heads: 3, share: expect.closeTo(0.65) },
    { row: 1, heads: 1, share: expect.closeTo(0.225) },
  ])
  expect(sinksOf([[head(0, 0, 0, 0, 0)]])).toEqual([])
})

test('a separator is a sink where a layer gives it half of its attention', () => {
  expect(shareOf(LAYERS, [0, 1])).toBeCloseTo(0.35)
  expect(separators(LAYERS, [2])).toEqual({
    share: expect.closeTo(0.65),
    least: expect.closeTo(0.5),
    most: expect.closeTo(0.8),
    sinkLayer: 1,
  })
  expect(separators(LAYERS, [0])?.sinkLayer).toBeNull()
  expect(separators(LAYERS, [])).toBeNull()
})
