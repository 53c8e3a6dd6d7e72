import { describe, expect, it } from 'vitest'
import type { ForwardRequest, ForwardResult, LoadedModel } from '../../../engine/protocol.ts'
import { createSentences } from './sentences.ts'

const tokenizer = { specials: { cls: { id: 0, label: '[CLS]' }, sep: { id: 1, label: '[SEP]' } }, labels: [] }
const model: LoadedModel = {
  id: 'm',
  name: 'm',
  source: 'embedded',
  info: {
    modelType: 'bert',
    modality: 'text',
    layers: 1,
    heads: 2,
    width: 2,
    feedForward: 4,
    maxTokens: 8,
    vocabulary: 10,
    labels: {},
    parameters: 0,
  },
}

/** One word a letter. The last states are [t, 10 t]; [CLS] reads token t with 0.1 t in head 0 and nothing in head 1. */
function fakeEngine() {
  const ran: ForwardRequest[] = []
  return {
    ran,
    pieces: async (_: string, texts: string[]) =>
      texts.map((text) => [...text].map((label, i) => ({ id: 2, label, text: label, start: i, end: i + 1 }))),
    async forward(request: ForwardRequest): Promise<ForwardResult> {
      ran.push(request)
      const T = request.input.kind === 'text' ? request.input.ids.length : 0
      const map = new Float32Array(2 * T * T)
      for (let t = 0; t < T; t++) map[t] = 0.1 * t
      const vector = (value: number) => ({ dims: [2], data: Float32Array.from([value, value]) })
      return {
        logits: {},
        attentions: [{ dims: [2, T, T], data: map }],
        hiddenStates: [
          { dims: [T, 2], data: Float32Array.from({ length: 2 * T }, (_, i) => (i >> 1) * (i % 2 ? 10 : 1)) },
        ],
        poolings: { cls: vector(1), mean: vector(2), max: vector(3) },
        tokens: T,
        ms: 0,
        dispatches: 0,
        backend: { kind: 'cpu', adapter: '', software: true },
      }
    },
  }
}

describe('sentences', () => {
  it('pools each sentence in four ways', async () => {
    const engine = fakeEngine()
    const sentences = createSentences(engine)
    sentences.request(model, tokenizer, ['ab'])
    await sentences.idle()
    const [embedding] = sentences.store.getState().embeddings
    // [CLS] a b [SEP]: content rows 1 and 2, weights 0.1 : 0.2, so (1 · 1 + 2 · 2) / 3.
    expect(embedding?.attention[0]).toBeCloseTo(5 / 3, 6)
    expect(embedding?.attention[1]).toBeCloseTo(50 / 3, 5)
    expect([embedding?.cls[0], embedding?.mean[0], embedding?.max[0]]).toEqual([1, 2, 3])
    expect(engine.ran[0]?.contentRows).toEqual([0, 1, 1, 0])
  })

  it('runs a sentence once, and has nothing for an empty one', async () => {
    const engine = fakeEngine()
    const sentences = createSentences(engine)
    sentences.request(model, tokenizer, ['ab', '', 'ab'])
    await sentences.idle()
    sentences.request(model, tokenizer, ['ab', 'c'])
    await sentences.idle()
    expect(engine.ran).toHaveLength(2)
    const { sentences: of, embeddings, busy } = sentences.store.getState()
    expect(of).toEqual(['ab', 'c'])
    expect(embeddings.every((embedding) => embedding !== null)).toBe(true)
    expect(busy).toBe(false)
  })
})
