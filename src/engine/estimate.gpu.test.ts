/** What is said of a model before its download, against what it takes. */

import { describe, expect, test } from 'vitest'
import { withBackend } from '../kernels/testing/with_backend.ts'
import { createModel } from '../models/testing/create_model.ts'
import { GOLDEN, load, requestOf } from '../models/testing/golden.ts'
import { estimate } from './estimate.ts'
import { runForward } from './forward.ts'

/** Share by which what was said may be wrong. */
const TOLERANCE = 0.15
const SHIPPED = ['clsroom-bert', 'clsroom-vit', 'clsroom-vit-large-registers']

// What is read back passes through buffers that all sessions of a backend share: each model has one of its own.
describe.each(SHIPPED)('an estimate of %s', (name) => {
  const gpu = withBackend()

  test('holds', async () => {
    const { backend } = gpu
    const { config, weights, cases, caseNames } = await load(name)
    const said = await estimate(config, 'software', 'webgpu')
    const before = backend.stats().bytes
    const model = await createModel(config, weights, backend)
    const loaded = backend.stats().bytes
    expect((loaded - before) / said.weightBytes).toBeGreaterThan(1 - TOLERANCE)
    expect((loaded - before) / said.weightBytes).toBeLessThan(1 + TOLERANCE)
    expect(model.info.parameters / said.parameters).toBeCloseTo(1, 1)

    const given = requestOf(cases, caseNames[0] as string)
    const ids = { kind: 'text' as const, ids: new Array(said.tokens).fill(5) }
    const session = backend.session()
    const request = {
      model: name,
      input: given.input.kind === 'text' ? ids : given.input,
      capture: { attentions: true, hiddenStates: true, poolings: true },
    }
    const { tokens } = await runForward(model, session, request, { kind: 'webgpu', adapter: '', software: true })
    expect(tokens).toBe(said.tokens)
    const took = backend.stats().bytes - loaded
    expect(took / said.runBytes).toBeGreaterThan(1 - TOLERANCE)
    expect(took / said.runBytes).toBeLessThan(1 + TOLERANCE)
    await session.dispose()
    backend.free(model.tensors)
  })
})

describe('an estimate', () => {
  test.each(GOLDEN.filter((name) => !SHIPPED.includes(name)))('of %s can be made', async (name) => {
    const { config, weights } = await load(name)
    const said = await estimate(config, 'software', 'webgpu')
    const stored = [...weights.values()].reduce((sum, { data }) => sum + data.length, 0)
    expect(said.parameters / stored).toBeGreaterThan(0.8)
    expect(said.parameters / stored).toBeLessThan(1.2)
    expect(said.runBytes).toBeGreaterThan(0)
  })
})
