import { expect, it } from 'vitest'
import type { LoadedModel, PositionTable } from '../../../engine/protocol.ts'
import { positionSimilarities } from './positions.ts'
import type { VisionRun } from './run.ts'

const D = 4
/** [CLS] and a grid of 2 × 2, width 4. */
const TABLE = Float32Array.from([9, 9, 9, 9, ...[1, 0, 0, 0], ...[0, 1, 0, 0], ...[-2, 0, 0, 0], ...[3, 3, 0, 0]])
const engine = { weights: async () => ({ dims: [5, D], data: TABLE }) }

function similarities(
  positionTable: PositionTable,
  grid = { rows: 2, columns: 2 },
  centred = false,
): Promise<Float32Array> {
  const info = { width: D, image: { size: [4, 4], patch: 2, channels: 3, classTokens: 1, registers: 0 } }
  const model = { id: 'tiny', info } as unknown as LoadedModel
  return positionSimilarities(engine, { model, grid, doc: { positionTable } as VisionRun['doc'] }, centred)
}

it('compares the trained positions with one another, without [CLS]', async () => {
  const half = Math.SQRT1_2
  const expected = [...[1, 0, -1, half], ...[0, 1, 0, half], ...[-1, 0, 1, -half], ...[half, half, -half, 1]]
  const found = await similarities({ type: 'trained', interpolation: 'bicubic' })
  expect(found).toHaveLength(16)
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 6)
})

it('without what all share, half of them are opposed to the other half', async () => {
  // By hand: the mean of the rows is (1/2, 1).
  const found = await similarities({ type: 'trained', interpolation: 'bicubic' }, undefined, true)
  expect(found[3]).toBeCloseTo((0.5 * 2.5 - 1 * 2) / (Math.hypot(0.5, 1) * Math.hypot(2.5, 2)), 6)
  expect(found[5]).toBeCloseTo(1, 6)
})

it('has no cosine where the positions are switched off', async () => {
  expect((await similarities({ type: 'off' })).every(Number.isNaN)).toBe(true)
})

it('follows the table to another grid', async () => {
  const found = await similarities({ type: 'trained', interpolation: 'nearest' }, { rows: 4, columns: 4 })
  expect(found).toHaveLength(256)
  // By nearest interpolation, the four patches of the first quarter have one and the same position.
  for (const other of [1, 4, 5]) expect(found[other]).toBeCloseTo(1, 6)
})

it('shuffled rows are the same rows elsewhere', async () => {
  const sorted = async (table: PositionTable) =>
    [...(await similarities(table))].map((value) => value.toFixed(5)).sort()
  expect(await sorted({ type: 'shuffled', seed: 3 })).toEqual(
    await sorted({ type: 'trained', interpolation: 'bicubic' }),
  )
})
