import { describe, expect, it } from 'vitest'
import { packMask } from '../../../core/mask.ts'
import type { ImageRequest, SoleRequest } from '../../../engine/protocol.ts'
import { keyMask, notFollowed } from './followed.ts'

const T = 40
const masked = (readable: (query: number, key: number) => boolean) => ({ bits: packMask(T, readable), layers: 1 })
const capture = { attentions: false, hiddenStates: false }
const text: SoleRequest = { model: 'm', input: { kind: 'text', ids: Array(T).fill(7) }, capture }
const info = { image: { size: [8, 8] as [number, number], patch: 4, channels: 3, classTokens: 1, registers: 2 } }
const input: ImageRequest = {
  kind: 'image',
  pixels: { dims: [3, 8, 8], data: new Float32Array(192) },
  sources: [-1, -2, -3, 0, 1, 2, 3],
  positions: [0, -1, -1, 1, 2, 3, 4],
  positionTable: { type: 'trained', interpolation: 'bicubic' },
}
const image: SoleRequest = { model: 'm', input, capture }
const edited = (change: Partial<ImageRequest>, tokens = 7) =>
  notFollowed({ ...image, input: { ...input, ...change } }, tokens, info)

describe('the mask over keys', () => {
  it('is one row where all queries have the same', () => {
    const keys = keyMask(
      masked((_, key) => key % 3 !== 0),
      T,
    )
    expect(keys).toEqual(Array.from({ length: T }, (_, key) => Number(key % 3 !== 0)))
  })
  it('is refused where queries or layers differ, and where nothing is readable', () => {
    expect(
      keyMask(
        masked((query, key) => key <= query),
        T,
      ),
    ).toBe('mask.cells')
    expect(
      keyMask(
        masked((query, key) => query !== T - 1 || key !== T - 1),
        T,
      ),
    ).toBe('mask.cells')
    expect(
      keyMask(
        masked(() => false),
        T,
      ),
    ).toBe('mask.nobody')
    expect(keyMask({ ...masked(() => true), layers: 4 }, T)).toBe('mask.layers')
  })
})

describe('what a graph cannot follow', () => {
  it('is nothing in an edited text under one mask for all', () => {
    expect(notFollowed({ ...text, mask: masked((_, key) => key !== 2), pooledRow: 0, ablate: [] }, T, {})).toEqual([])
  })
  it('names each reason', () => {
    const extras = [{ type: 'zeros' as const }]
    expect(notFollowed({ ...text, pooledRow: 3, ablate: [[0, 1]] }, T, {})).toEqual(['ablated', 'pooled'])
    expect(notFollowed({ ...text, input: { kind: 'text', ids: [9], extras } } as SoleRequest, 1, {})).toEqual(['start'])
  })
  it('is every edit of a picture’s tokens', () => {
    expect(notFollowed(image, 7, info)).toEqual([])
    expect(edited({ sources: [-1, -2, -3, 0, 1, 3, 2] })).toEqual(['patches'])
    expect(edited({ positions: [0, -1, -1, 1, 2, 4, 3] })).toEqual(['patches'])
    expect(edited({ sources: [-1, -2, -3, 0, 1, 2], positions: [0, -1, -1, 1, 2, 3] }, 6)).toEqual(['patches'])
    expect(edited({ positionTable: { type: 'off' } })).toEqual(['table'])
    expect(edited({ pixels: { dims: [3, 12, 12], data: new Float32Array(432) } })).toEqual(['side'])
    const bits = packMask(7, (_, key) => key !== 6)
    expect(notFollowed({ ...image, mask: { bits, layers: 1 } }, 7, info)).toEqual(['mask.picture'])
  })
})
