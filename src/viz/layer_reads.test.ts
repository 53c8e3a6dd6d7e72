import { expect, test } from 'vitest'
import type { Kind } from '../core/tokens.ts'
import { layerReads, meanShares, mostReadKey } from './layer_reads.ts'

const KINDS: Kind[] = ['cls', 'word', 'word', 'sep']

/** Two heads that read differently; row 0 alone matters. */
const map = (first: number[], second: number[]) => {
  const data = new Float32Array(2 * 16)
  data.set(first, 0)
  data.set(second, 16)
  return data
}

test('rows are layers, and the parts sum to what is read', () => {
  const maps = [map([0.1, 0.2, 0.3, 0.4], [0.5, 0, 0.25, 0.25]), null]
  const [one, none] = layerReads(maps, KINDS, 0, 'mean')
  expect(none).toBeNull()
  expect(Array.from(one?.shares ?? [])).toEqual([0.3, 0.1, 0.275, 0.325].map((share) => expect.closeTo(share, 6)))
  expect(one?.parts.own).toBeCloseTo(0.3)
  expect(one?.parts.content).toBeCloseTo(0.375)
  expect(one?.parts.special).toBeCloseTo(0.325)
  const [head] = layerReads(maps, KINDS, 0, 1)
  expect(head?.parts).toEqual({ own: 0.5, content: 0.25, special: 0.25 })
})

test('the mean goes over the layers that were read back', () => {
  const reads = layerReads(
    [map([0, 0.5, 0.5, 0], [0, 0.5, 0.5, 0]), null, map([0, 0, 1, 0], [0, 0, 1, 0])],
    KINDS,
    0,
    0,
  )
  expect(Array.from(meanShares(reads, 4))).toEqual([0, 0.25, 0.75, 0])
})

test('a token is not told that it reads itself most', () => {
  expect(mostReadKey([0.9, 0.02, 0.05, 0.03], 0)).toBe(2)
  expect(mostReadKey([1, 0, 0, 0], 0)).toBeNull()
})
