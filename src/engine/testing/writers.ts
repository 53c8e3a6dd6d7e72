/** Models that write against the official transformers, and step by step against whole, on any backend. For tests. */

import { expect, test } from 'vitest'
import type { Backend } from '../../core/ops.ts'
import { isWriter, type Writer } from '../../models/model.ts'
import { createModel } from '../../models/testing/create_model.ts'
import { GOLDEN, load } from '../../models/testing/golden.ts'
import { runForward } from '../forward.ts'
import { generate } from '../generate.ts'
import type { Generated, GenerateRequest } from '../protocol.ts'

const WRITERS = GOLDEN.filter((name) => /^(gpt2|llama|t5)-/.test(name) && !name.endsWith('-classes'))
/** What `generate` of transformers answers (training/golden/export.py). */
const GENERATED = import.meta.glob<(Omit<GenerateRequest, 'model'> & Generated)[]>(
  '../../models/golden/*/generate.json',
  {
    eager: true,
    import: 'default',
  },
)
const SCORES = 1e-4
const LOGITS = 1e-4

async function open(name: string, backend: Backend): Promise<Writer> {
  const { config, weights } = await load(name)
  const model = await createModel(config, weights, backend)
  if (!isWriter(model)) throw new Error(`${name} does not write`)
  return model
}

export function writerTests(backendOf: () => Backend): void {
  test.each(WRITERS)('%s: step by step gives the logits of the whole', async (name) => {
    const backend = backendOf()
    const model = await open(name, backend)
    const session = backend.session()
    const sources = [9, 4, 31, 17, 8]
    const ids = [3, 50, 7, 7, 22, 61, 12, 40, 5, 33]
    const read = model.info.decoder ? { ids: sources, decoderIds: ids } : { ids }
    const request = {
      model: name,
      input: { kind: 'text' as const, ...read },
      capture: { attentions: false, hiddenStates: false },
    }
    const whole = await runForward(model, session, request, { kind: backend.kind, adapter: '', software: true })
    const { data: expected, dims } = whole.logits.lm as { data: Float32Array; dims: number[] }
    const V = dims[1] as number

    const past = model.remember(backend, ids.length, model.info.decoder ? sources.length : 0)
    for (const size of [3, 1, 1, 2, 1, 1, 1]) {
      const next = Uint32Array.from(ids.slice(past.length, past.length + size))
      const { arrays } = await session.run((ops) => {
        if (past.length === 0) model.read?.(ops, past, Uint32Array.from(sources))
        return [model.step(ops, past, next)]
      })
      past.length += size
      const found = arrays[0]?.data as Float32Array
      const row = expected.subarray((past.length - 1) * V, past.length * V)
      const off = row.map((value, v) => Math.abs(value - (found[v] as number)) / (1 + Math.abs(value)))
      expect(Math.max(...off), `after ${past.length} tokens`).toBeLessThan(LOGITS)
    }
    expect(past.length).toBe(ids.length)
    await session.dispose()
    backend.free([...model.tensors, ...past.layers, ...past.cross])
  })

  test.each(Object.entries(GENERATED))('%s', async (path, cases) => {
    const backend = backendOf()
    const name = path.split('/').at(-2) as string
    const model = await open(name, backend)
    const session = backend.session()
    const { bytes } = backend.stats()
    for (const { sequences, scores, ...request } of cases) {
      const found = await generate(model, { backend, session }, { model: name, ...request })
      const what = JSON.stringify(request)
      expect(found.sequences, what).toEqual(sequences)
      found.scores.forEach((score, i) => {
        expect(Math.abs(score - (scores[i] as number)), `score ${i} of ${what}`).toBeLessThan(SCORES)
      })
    }
    await session.dispose()
    expect(backend.stats().bytes, 'memory that stays').toBeLessThanOrEqual(bytes)
    backend.free(model.tensors)
  })
}
