import { describe, expect, it } from 'vitest'
import { maskBit } from '../../../core/mask.ts'
import { askingQueries, masksOf, type Query, startVectors, trainedQueries } from './queries.ts'

const yolos = {}
const detr = { decoder: { layers: 2, heads: 2, width: 4, feedForward: 8 } }
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
  const asking = askingQueries(trainedQueries(2))
  const readable = (mask: { bits: Uint32Array } | undefined, keys: number, q: number, k: number) =>
    mask !== undefined && maskBit(mask.bits, keys, q, k)

  it('are none while everything is open', () => {
    expect(masksOf(yolos, asking, [], 3)).toEqual({})
  })

  it('close one quadrant of the one sequence', () => {
    const { mask } = masksOf(yolos, asking, ['patch-det'], 3)
    expect(readable(mask, 5, 0, 3)).toBe(false)
    expect(readable(mask, 5, 0, 2)).toBe(true)
    expect(readable(mask, 5, 3, 0)).toBe(true)
    expect(readable(mask, 5, 3, 4)).toBe(true)
  })

  it('leave every token itself', () => {
    const { mask } = masksOf(yolos, asking, ['patch-patch', 'det-det'], 3)
    expect([0, 1, 2, 3, 4].every((token) => readable(mask, 5, token, token))).toBe(true)
    expect(readable(mask, 5, 0, 1)).toBe(false)
    expect(readable(mask, 5, 3, 4)).toBe(false)
  })

  it('keep a masked query from everyone else', () => {
    const masked = askingQueries([query({ status: 'masked' }), query({ of: 1 })])
    const { mask } = masksOf(yolos, masked, [], 3)
    expect(readable(mask, 5, 4, 3)).toBe(false)
    expect(readable(mask, 5, 0, 3)).toBe(false)
    expect(readable(mask, 5, 3, 3)).toBe(true)
    expect(readable(mask, 5, 3, 4)).toBe(true)
  })

  it('of a decoder lie in its three attentions', () => {
    const masks = masksOf(detr, asking, ['det-det', 'det-patch'], 3)
    expect(masks.mask).toBeUndefined()
    expect(readable(masks.decoderMask, 2, 0, 1)).toBe(false)
    expect(readable(masks.decoderMask, 2, 1, 1)).toBe(true)
    expect([...(masks.crossMask?.bits ?? [1])]).toEqual([0, 0])
    expect(masksOf(detr, [], ['det-det'], 3)).toEqual({})
  })
})
