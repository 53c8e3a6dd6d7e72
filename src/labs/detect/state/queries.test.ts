import { describe, expect, it } from 'vitest'
import { maskBit } from '../../../core/mask.ts'
import { askingQueries, closableOf, masksOf, presetsOf, type Query, startVectors, trainedQueries } from './queries.ts'

const image = { size: [8, 8] as [number, number], patch: 4, channels: 3, classTokens: 1, registers: 0 }
const yolos = { layers: 3, image: { ...image, detections: 2 } }
const detr = { layers: 1, image, decoder: { layers: 2, heads: 2, width: 4, feedForward: 8 } }
const vidt = { ...detr, image: { ...yolos.image, classTokens: 0, windows: { side: 4, shift: 2 } } }
const table = { dims: [2, 3], data: Float32Array.of(1, 0, 0, 0, 2, 0) }
const positions = { dims: [2, 3], data: Float32Array.of(0, 0, 2, 0, 0, 4) }
const query = (change: Partial<Query>): Query => ({ of: 0, start: 'trained', status: 'read', ...change })
const row = (vectors: { data: Float32Array }, i: number) => [...vectors.data.slice(3 * i, 3 * i + 3)]

describe('start vectors', () => {
  it('are the trained ones with their positions, or stand for both', () => {
    const asking = askingQueries([query({}), query({ start: 'zeros' }), query({ of: 1, start: 'mean' })])
    const vectors = startVectors(asking, table, positions)
    expect(vectors.positions).toEqual([0, -1, -1])
    expect(row(vectors, 0)).toEqual([1, 0, 0])
    expect(row(vectors, 1)).toEqual([0, 0, 0])
    expect(row(vectors, 2)).toEqual([0.5, 1, 3])
  })

  it('of noise are as long as what they stand for, and the same each time', () => {
    const asking = askingQueries([query({ start: 'noise' }), query({ of: 1, start: 'copy' })])
    const vectors = startVectors(asking, table, positions)
    expect(Math.hypot(...row(vectors, 0))).toBeCloseTo(Math.hypot(1, 0, 2), 5)
    const added = row(vectors, 1).map((value, d) => value - (table.data[3 + d] as number))
    expect(Math.hypot(...added)).toBeCloseTo(0.3 * Math.hypot(2, 4), 5)
    expect(vectors.positions).toEqual([-1, 1])
    expect(startVectors(asking, table, positions)).toEqual(vectors)
  })

  it('of object queries have no position, and those removed none at all', () => {
    const asking = askingQueries([query({ status: 'removed' }), query({ of: 1 })])
    const vectors = startVectors(asking, table)
    expect(vectors).toMatchObject({ dims: [1, 3], positions: [-1] })
    expect(row(vectors, 0)).toEqual([0, 2, 0])
    expect(asking[0]?.place).toBe(1)
    expect(startVectors([], table)).toMatchObject({ dims: [0, 3], positions: [] })
  })
})

describe('masks', () => {
  /** A class token and two patches. */
  const patches = { leading: 1, rows: 1, columns: 2 }
  const asking = askingQueries(trainedQueries(2))
  const readable = (mask: { bits: Uint32Array } | undefined, keys: number, q: number, k: number) =>
    mask !== undefined && maskBit(mask.bits, keys, q, k)

  it('are none while everything is open', () => {
    expect(masksOf(yolos, asking, [], patches)).toEqual({})
  })

  it('close one quadrant of the one sequence', () => {
    const { mask } = masksOf(yolos, asking, ['patch-det'], patches)
    expect(readable(mask, 5, 0, 3)).toBe(false)
    expect(readable(mask, 5, 0, 2)).toBe(true)
    expect(readable(mask, 5, 3, 0)).toBe(true)
    expect(readable(mask, 5, 3, 4)).toBe(true)
  })

  it('leave every token itself', () => {
    const { mask } = masksOf(yolos, asking, ['patch-patch', 'det-det'], patches)
    expect([0, 1, 2, 3, 4].every((token) => readable(mask, 5, token, token))).toBe(true)
    expect(readable(mask, 5, 0, 1)).toBe(false)
    expect(readable(mask, 5, 3, 4)).toBe(false)
  })

  it('keep a masked query from everyone else', () => {
    const masked = askingQueries([query({ status: 'masked' }), query({ of: 1 })])
    const { mask } = masksOf(yolos, masked, [], patches)
    expect(readable(mask, 5, 4, 3)).toBe(false)
    expect(readable(mask, 5, 0, 3)).toBe(false)
    expect(readable(mask, 5, 3, 3)).toBe(true)
    expect(readable(mask, 5, 3, 4)).toBe(true)
  })

  it('of a decoder lie in its three attentions', () => {
    const masks = masksOf(detr, asking, ['det-det', 'det-patch'], { leading: 0, rows: 1, columns: 3 })
    expect(masks.mask).toBeUndefined()
    expect(readable(masks.decoderMask, 2, 0, 1)).toBe(false)
    expect(readable(masks.decoderMask, 2, 1, 1)).toBe(true)
    expect([...(masks.crossMask?.bits ?? [1])]).toEqual([0, 0])
    expect(masksOf(detr, [], ['det-det'], patches)).toEqual({})
  })
  it('leave a patch its window, which every second layer shifts', () => {
    const grid = { leading: 1, rows: 8, columns: 8 }
    const { mask } = masksOf(yolos, asking, ['patch-far'], grid)
    const T = 1 + 64 + 2
    const reads = (layer: number, query: number, key: number) =>
      mask !== undefined && maskBit(mask.bits, T, layer * T + 1 + query, 1 + key)
    expect(mask?.layers).toBe(yolos.layers)
    // The third and the fourth patch of a row share a window, the fourth and the fifth do in the second layer.
    expect([reads(0, 2, 3), reads(0, 3, 4)]).toEqual([true, false])
    expect([reads(1, 2, 3), reads(1, 3, 4), reads(1, 1, 2)]).toEqual([true, true, false])
    expect([reads(0, 0, -1), reads(0, 63, -1)]).toEqual([true, true])
    expect([reads(0, 0, 64), reads(0, 64, 0)]).toEqual([true, true])
  })

  it('of tokens that go on into a neck lie in the body and in the neck', () => {
    const masks = masksOf(vidt, asking, ['det-det', 'det-patch'], { leading: 0, rows: 1, columns: 3 })
    expect(readable(masks.mask, 5, 3, 4)).toBe(false)
    expect(readable(masks.mask, 5, 3, 0)).toBe(false)
    expect(readable(masks.decoderMask, 2, 0, 1)).toBe(false)
    expect([...(masks.crossMask?.bits ?? [1])]).toEqual([0, 0])
    expect(closableOf(vidt)).toEqual(['patch-patch', 'det-patch', 'det-det'])
    expect(presetsOf(vidt)).not.toContain('yolos')
  })
})
