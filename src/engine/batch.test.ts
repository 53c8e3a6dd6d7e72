/** Several texts in one forward, where there is no GPU. */

import { describe, expect, it } from 'vitest'
import { softmax } from '../core/logits.ts'
import { createModel } from '../models/testing/create_model.ts'
import { load } from '../models/testing/golden.ts'
import { createCpuBackend } from '../reference/backend.ts'
import { createWasmBackend } from '../wasm/backend.ts'
import { runBatch } from './batch.ts'
import type { BatchRequest } from './protocol.ts'
import { batchTests } from './testing/batches.ts'

describe('in WASM', () => batchTests(createWasmBackend))
describe('on the CPU twins', () => batchTests(createCpuBackend))

const PAIR: BatchRequest = {
  model: '',
  sequences: 2,
  ids: [3, 4, 5, 6],
  positions: [0, 1, 0, 1],
  pooledRows: [0, 0],
  vocabularyRows: [],
  attentions: false,
}

async function run(name: string, change: Partial<BatchRequest>) {
  const { config, weights } = await load(name)
  const backend = createCpuBackend()
  const model = await createModel(config, weights, backend)
  return runBatch(model, backend.session(), { ...PAIR, ...change }, { kind: 'cpu', adapter: '', software: true })
}

describe('a batch', () => {
  it.each([
    ['a model of pictures', 'vit-registers', {}, /does not read several texts in one forward/],
    ['an encoder–decoder', 't5-relu', {}, /does not read several texts in one forward/],
    ['rows of different lengths', 'bert-erf', { ids: [3, 4, 5] }, /found 3 tokens in 2 sequences/],
    ['none', 'bert-erf', { sequences: 0, ids: [] }, /does not fill a batch/],
    [
      'a mask of one sequence',
      'bert-erf',
      { mask: { bits: new Uint32Array(2), layers: 1 } },
      /expected 1 layer, 4 words/,
    ],
    ['positions of one sequence', 'bert-erf', { positions: [0, 1] }, /positionIds does not fit/],
    ['rows that some lack', 'bert-erf', { pooledRows: [0, 1, 0] }, /as many of each of the 2 sequences/],
    ['a row that is not there', 'bert-erf', { pooledRows: [0, 2] }, /expected a number from 0 to 1/],
  ] as const)('refuses %s', async (_, name, change, message) => {
    await expect(run(name, change as Partial<BatchRequest>)).rejects.toThrow(message)
  })

  it('scores tokens in the place of the logits', async () => {
    const rows = { vocabularyRows: [0, 1, 1, 0] }
    const { logits } = await run('bert-erf', rows)
    const { data, dims } = logits.mlm as { data: Float32Array; dims: number[] }
    const V = dims.at(-1) as number
    const scored = [5, 6, 7, 8, 9, 10, 11, 12]
    const { losses, logits: others } = await run('bert-erf', { ...rows, scored })
    expect(others.mlm).toBeUndefined()
    expect(losses?.dims).toEqual([2, 2, 2])
    scored.forEach((token, s) => {
      const row = Math.floor(s / 2) * V
      expect(losses?.data[s]).toBeCloseTo(-Math.log(softmax(data, row, V)[token] as number), 5)
    })
    await expect(run('bert-erf', { ...rows, scored: [1, 2, 3] })).rejects.toThrow('as many for each of the 4')
    await expect(run('bert-erf', { ...rows, scored: [1, 2, 3, V] })).rejects.toThrow(`tokens from 0 to ${V - 1}`)
  })

  it('asked for no vocabulary gives none', async () => {
    const { logits, pooled } = await run('bert-erf', {})
    expect(logits.mlm).toBeUndefined()
    expect(pooled.dims.slice(0, 2)).toEqual([2, 1])
  })
})
