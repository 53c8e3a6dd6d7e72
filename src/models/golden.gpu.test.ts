/** Whole models on WGSL. */

import { describe, expect, test } from 'vitest'
import { runForward } from '../engine/forward.ts'
import { type Opening, rehearse } from '../kernels/rehearsal.ts'
import { withBackend, withDevice } from '../kernels/testing/with_backend.ts'
import type { Model } from './model.ts'
import { createModel } from './testing/create_model.ts'
import { GOLDEN, goldenTests, load, requestOf } from './testing/golden.ts'

const device = withDevice()

describe('on WGSL', () => {
  const gpu = withBackend({}, device)
  goldenTests(() => gpu.backend)
})

/** Tables beyond what a device binds, on models small enough for a test: words, unembeddings and layers lie in several buffers. */
describe('with bindings of 16 KiB', () => {
  const gpu = withBackend({ largest: 2 ** 14 }, device)
  goldenTests(() => gpu.backend, ['bert-tanh', 'gpt2-lm', 't5-relu', 'llama-lm'])
})

/** What a page that opens on this model rehearses: a masked autoencoder has a decoder, too, and opens among the pictures. */
function openingOf({ info }: Model): Opening {
  if (info.modality === 'image') return info.detects ? 'boxes' : 'image'
  return info.decoder ? 'answer' : 'text'
}

describe('after a rehearsal', () => {
  const gpu = withBackend({}, device)

  // No page opens on a portfolio: the lab that has one opens on pictures.
  const opened = GOLDEN.filter((name) => name.startsWith('clsroom-') && name !== 'clsroom-portfolio')

  test.each(opened)('%s finds its pipelines compiled', async (name) => {
    const { backend } = gpu
    const { config, weights, cases, caseNames } = await load(name)
    const model = await createModel(config, weights, backend)
    await rehearse(backend, openingOf(model))
    const { pipelines } = backend.stats()
    const session = backend.session()
    const heads = Array.from({ length: model.info.layers }, (_, layer): [number, number] => [layer, 0])
    const request = {
      model: name,
      ...requestOf(cases, caseNames[0] as string),
      capture: { attentions: heads, hiddenStates: false, poolings: true },
    }
    await runForward(model, session, request, { kind: 'webgpu', adapter: '', software: true })
    expect(backend.stats().pipelines).toBe(pipelines)
    await session.dispose()
    backend.free(model.tensors)
  })
})
