/** Whole models on WGSL. */

import { describe, expect, test } from 'vitest'
import { rehearse } from '../kernels/rehearsal.ts'
import { withBackend } from '../kernels/testing/with_backend.ts'
import { createModel } from './index.ts'
import { GOLDEN, goldenTests, inputOf, load } from './testing/golden.ts'

describe('on WGSL', () => {
  const gpu = withBackend()
  goldenTests(() => gpu.backend)
})

describe('after a rehearsal', () => {
  const gpu = withBackend()

  test.each(GOLDEN.filter((name) => name.startsWith('clsroom-')))('%s finds its pipelines compiled', async (name) => {
    const { backend } = gpu
    const { config, weights, cases, caseNames } = await load(name)
    const model = createModel(config, weights, backend)
    await rehearse(backend, model.info.modality)
    const { pipelines } = backend.stats()
    const session = backend.session()
    const { input, mask } = inputOf(cases, caseNames[0] as string, model)
    const captureHeads = Array.from({ length: model.info.layers }, () => [0])
    await session.run((ops) => Object.values(model.forward(ops, input, { mask, captureHeads, poolings: true }).logits))
    expect(backend.stats().pipelines).toBe(pipelines)
    await session.dispose()
    backend.free(model.tensors)
  })
})
