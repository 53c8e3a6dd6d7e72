/** Which heads a checkpoint brings, and what each of them gives: by name, shape and architecture. */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { WeightArray, Weights } from '../core/model.ts'
import { normal } from '../core/random.ts'
import { runForward } from '../engine/forward.ts'
import { parseSafetensors } from '../loaders/safetensors.ts'
import { createCpuBackend } from '../reference/backend.ts'
import { createModel } from './testing/create_model.ts'

const FOLDER = 'src/models/golden/bert-tanh'
const CONFIG: Record<string, unknown> = JSON.parse(readFileSync(`${FOLDER}/config.json`, 'utf8'))
const WEIGHTS = parseSafetensors(new Uint8Array(readFileSync(`${FOLDER}/model.safetensors`)).buffer)
const D = CONFIG.hidden_size as number
const CPU = { kind: 'cpu', adapter: '', software: true } as const

/** The encoder with a Linear layer [K, D] beside it. */
function withHead(name: string, K: number, pooler = true): Weights {
  const next = normal(K)
  const linear: [string, WeightArray][] = [
    [`${name}.weight`, { shape: [K, D], data: Float32Array.from({ length: K * D }, next) }],
    [`${name}.bias`, { shape: [K], data: Float32Array.from({ length: K }, next) }],
  ]
  return new Map([
    ...[...WEIGHTS].filter(([key]) => /^bert\./.test(key) && (pooler || !key.includes('pooler'))),
    ...linear,
  ])
}

async function run(weights: Weights, change: Record<string, unknown>) {
  const backend = createCpuBackend()
  const model = await createModel({ ...CONFIG, clsroom: undefined, ...change }, weights, backend)
  const request = {
    model: '',
    input: { kind: 'text' as const, ids: [5, 9, 4] },
    capture: { attentions: false, hiddenStates: true },
  }
  return { info: model.info, result: await runForward(model, backend.session(), request, CPU) }
}

const TOKENS = { architectures: ['BertForTokenClassification'], num_labels: 3 }

describe('a classifier', () => {
  it.each([
    ['the architecture says so', true, TOKENS],
    ['there is no pooler', false, { num_labels: 3 }],
  ])('labels every token where %s', async (_, pooler, change) => {
    const weights = withHead('classifier', 3, pooler)
    const { info, result } = await run(weights, change)
    expect(info.tokenLabels).toEqual({ tokens: ['LABEL_0', 'LABEL_1', 'LABEL_2'] })
    expect(info.labels).not.toHaveProperty('classifier')
    expect(result.logits.tokens?.dims).toEqual([3, 3])
    // W · x, row by row.
    const x = result.hiddenStates.at(-1)?.data as Float32Array
    const [w, b] = ['weight', 'bias'].map((part) => weights.get(`classifier.${part}`)?.data) as [
      Float32Array,
      Float32Array,
    ]
    for (let t = 0; t < 3; t++) {
      for (let k = 0; k < 3; k++) {
        let sum = b[k] as number
        for (let d = 0; d < D; d++) sum += (w[k * D + d] as number) * (x[t * D + d] as number)
        expect(result.logits.tokens?.data[t * 3 + k]).toBeCloseTo(sum, 4)
      }
    }
  })

  it('answers once where there is a pooler', async () => {
    const { info, result } = await run(withHead('classifier', 3), { num_labels: 3 })
    expect(info.labels.classifier).toHaveLength(3)
    expect(info.tokenLabels).toEqual({})
    expect(result.logits.classifier?.dims).toEqual([3])
  })

  it('that must answer once, without a pooler, is refused', async () => {
    const change = { architectures: ['BertForSequenceClassification'] }
    await expect(run(withHead('classifier', 2, false), change)).rejects.toThrow(/pooler.dense.weight" is missing/)
  })
})

it('a question answering head gives a start and an end a token', async () => {
  const { info, result } = await run(withHead('qa_outputs', 2), { architectures: ['BertForQuestionAnswering'] })
  expect(info.tokenLabels).toEqual({ span: ['start', 'end'] })
  expect(result.logits.span?.dims).toEqual([3, 2])
})

describe('a head that nothing here runs', () => {
  it('is named', async () => {
    expect((await run(withHead('regression_head', 7), {})).info.otherHeads).toEqual(['regression_head'])
    const choices = await run(withHead('classifier', 1), { architectures: ['BertForMultipleChoice'] })
    expect(choices.info.otherHeads).toEqual(['classifier'])
    expect(choices.info.labels).toEqual({})
  })

  it('is none where everything is read', async () => {
    expect((await createModel(CONFIG, WEIGHTS, createCpuBackend())).info.otherHeads).toEqual([])
  })
})

describe('a run that is not finite', () => {
  const layer = 'bert.encoder.layer.0.output.LayerNorm.weight'
  const huge = new Map(
    [...WEIGHTS].map(([name, array]) => [
      name,
      name === layer ? { ...array, data: array.data.map(() => 3e38) } : array,
    ]),
  )

  it('is an error that says where, whatever was asked for', async () => {
    const backend = createCpuBackend()
    const model = await createModel(CONFIG, huge, backend)
    for (const [hiddenStates, where] of [
      [true, /Infinity in the hidden states after layer 1, row 0|NaN in the hidden states after layer 1, row 0/],
      [false, /in the hidden states after layer 2/],
    ] as const) {
      const request = {
        model: '',
        input: { kind: 'text' as const, ids: [5, 9, 4] },
        capture: { attentions: true, hiddenStates },
      }
      const error = runForward(model, backend.session(), request, CPU)
      await expect(error).rejects.toThrow(/not finite, so it has no answer/)
      await expect(error).rejects.toThrow(where)
    }
  })
})
