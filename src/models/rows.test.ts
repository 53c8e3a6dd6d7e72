/** Models of rows of numbers: any choice and order of tokens, and what is no input of theirs. */

import { expect, test } from 'vitest'
import { normal, uniform } from '../core/random.ts'
import { estimate } from '../engine/estimate.ts'
import { runForward } from '../engine/forward.ts'
import type { RowsRequest } from '../engine/protocol.ts'
import { createCpuBackend } from '../reference/backend.ts'
import type { ModelInfo } from './model.ts'
import { createModel } from './testing/create_model.ts'
import { load, loadFiles } from './testing/golden.ts'

const MODEL = 'clsroom-portfolio'
const { config, weights } = await loadFiles(MODEL)
const backend = createCpuBackend()
const model = await createModel(config, weights, backend)
const F = (model.info.rows as NonNullable<ModelInfo['rows']>).features

function run(input: Omit<RowsRequest, 'kind'>) {
  const request = { model: MODEL, input: { kind: 'rows' as const, ...input } }
  return runForward(
    model,
    backend.session(),
    { ...request, capture: { attentions: false, hiddenStates: false, poolings: true } },
    { kind: 'cpu', adapter: '', software: true },
  )
}

function random(count: number, seed: number): RowsRequest['rows'] {
  const next = normal(seed)
  return { dims: [count, F], data: Float32Array.from({ length: count * F }, next) }
}

/** Class tokens, then these rows. */
const tokens = (rows: number[], classes = 4) => [...Array.from({ length: classes }, (_, s) => -1 - s), ...rows]

function shuffled(count: number, seed: number): number[] {
  const next = uniform(seed)
  const order = [...Array(count).keys()]
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1))
    const [a, b] = [order[i] as number, order[j] as number]
    order[i] = b
    order[j] = a
  }
  return order
}

/** The largest difference of two arrays; NaN where one is. */
function apart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length)
  return Array.from(a).reduce((most, value, i) => {
    const difference = Math.abs(value - (b[i] as number))
    return difference > most || Number.isNaN(difference) ? difference : most
  }, 0)
}

test.each([2, 7, 20, 60])('the order of %i assets changes no answer, and the pointer moves along', async (count) => {
  const rows = random(count, count)
  const order = shuffled(count, 5)
  const [one, two] = await Promise.all([run({ rows }), run({ rows, sources: tokens(order) })])
  expect(Object.keys(two.logits)).toEqual(Object.keys(one.logits))
  for (const [name, { data }] of Object.entries(one.logits)) {
    const expected = name === 'pointer' ? order.map((row) => data[row] as number) : data
    expect(apart(two.logits[name]?.data as Float32Array, expected), name).toBeLessThan(1e-5)
  }
})

test('a head whose class token was removed has no answer, the others have', async () => {
  const rows = random(5, 1)
  const { logits } = await run({ rows, sources: [-1, -3, 0, 1, 2, 3, 4] }) // without [CLS_5d] and [CLS_portfolio]
  expect(Object.keys(logits).sort()).toEqual(
    ['volatility_1d', 'volatility_21d', 'return_1d', 'return_21d', 'pooled_mean', 'pooled_attention'].sort(),
  )
})

test('without an asset only the class tokens are left, and nothing points', async () => {
  const { logits, tokens: count } = await run({ rows: random(1, 2), sources: tokens([]) })
  expect(count).toBe(4)
  expect(Object.keys(logits)).toContain('volatility_21d')
  expect(Object.keys(logits).filter((name) => /pointer|pooled/.test(name))).toEqual([])
})

test('a row may stand twice, and start vectors beside the rows', async () => {
  const { logits } = await run({ rows: random(3, 3), sources: tokens([0, 0, 2, -5]), extras: [{ type: 'mean' }] })
  const pointer = logits.pointer?.data as Float32Array
  expect(pointer.length).toBe(3)
  expect(pointer[0]).toBeCloseTo(pointer[1] as number, 5)
})

test('500 assets run', async () => {
  const { logits, tokens: count } = await run({ rows: random(500, 4) })
  expect(count).toBe(504)
  expect(logits.pointer?.dims).toEqual([500])
})

test.each([
  ['no row', { dims: [0, F], data: new Float32Array() }, `0 rows of ${F} numbers`],
  ['other features', { dims: [2, F - 1], data: new Float32Array(2 * (F - 1)) }, `2 rows of ${F - 1} numbers`],
  ['less than they say', { dims: [2, F], data: new Float32Array(F) }, `2 rows of ${F} numbers`],
] satisfies [string, RowsRequest['rows'], string][])('%s is refused', async (_, rows, found) => {
  await expect(run({ rows })).rejects.toMatchObject({ code: 'input', found })
})

test('a value that is no number is found by row and feature', async () => {
  const rows = random(3, 6)
  rows.data[F + 4] = Number.NaN
  await expect(run({ rows })).rejects.toMatchObject({ code: 'input', found: 'NaN in row 2, feature 5' })
})

test('a text is no portfolio', async () => {
  const asked = { model: MODEL, input: { kind: 'text' as const, ids: [1] } }
  const forward = runForward(
    model,
    backend.session(),
    { ...asked, capture: { attentions: false, hiddenStates: false } },
    { kind: 'cpu', adapter: '', software: true },
  )
  await expect(forward).rejects.toMatchObject({ found: 'text', expected: 'rows' })
})

test('config.json of a portfolio is checked', async () => {
  const golden = await load('portfolio')
  const broken = (change: object) => createModel({ ...(golden.config as object), ...change }, golden.weights, backend)
  await expect(broken({ cls_tokens: ['[A]'] })).rejects.toMatchObject({ code: 'config' })
  await expect(broken({ feature_names: ['one'] })).rejects.toMatchObject({ code: 'config' })
  await expect(broken({ regime_thresholds_log_vol: [0, 1] })).rejects.toMatchObject({ code: 'config' })
  const baselines = { ewma: { decay: 0.9, shift: [0] }, har: { spans: [1], coefficients: [[0, 1]], shift: [0] } }
  await expect(broken({ clsroom: { baselines } })).rejects.toMatchObject({ code: 'config' })
})

test('its size is known from config.json', async () => {
  const said = await estimate(config, 'software', 'cpu')
  expect(said.parameters).toBe(model.info.parameters)
})
