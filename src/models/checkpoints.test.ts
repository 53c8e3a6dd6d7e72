/** The same weights as others store them: under other names, tied or not, damaged. */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { WeightArray, Weights } from '../core/model.ts'
import type { Backend, Tensor } from '../core/ops.ts'
import { parseSafetensors } from '../loaders/safetensors.ts'
import { createCpuBackend } from '../reference/backend.ts'
import { createModel } from './testing/create_model.ts'

const FOLDER = 'src/models/golden/bert-tanh'
const CONFIG: Record<string, unknown> = JSON.parse(readFileSync(`${FOLDER}/config.json`, 'utf8'))
const WEIGHTS = parseSafetensors(new Uint8Array(readFileSync(`${FOLDER}/model.safetensors`)).buffer)
const WORDS = 'bert.embeddings.word_embeddings.weight'
const DECODER = 'cls.predictions.decoder.weight'
const BIAS = 'cls.predictions.bias'
const DECODER_BIAS = 'cls.predictions.decoder.bias'

function weight(name: string): WeightArray {
  return WEIGHTS.get(name) as WeightArray
}

/** The weights with some under another name. */
function renamed(rename: (name: string) => string): Weights {
  return new Map([...WEIGHTS].map(([name, array]) => [rename(name), array]))
}

/** Rows turned by one: row i is what row i − 1 was. */
function rolled({ shape, data }: WeightArray): WeightArray {
  const width = shape.length > 1 ? (shape[1] as number) : 1
  return { shape, data: data.map((_, i) => data[(i - width + data.length) % data.length] as number) }
}

/** Vocabulary logits [3, V] of three tokens. */
async function vocabulary(weights: Weights, change: Record<string, unknown> = {}): Promise<Float32Array> {
  const backend = createCpuBackend()
  const model = await createModel({ ...CONFIG, ...change }, weights, backend)
  const [ids, positions, segments] = [
    [5, 9, 4],
    [0, 1, 2],
    [0, 0, 0],
  ].map((row) => Uint32Array.from(row)) as [
    Uint32Array<ArrayBuffer>,
    Uint32Array<ArrayBuffer>,
    Uint32Array<ArrayBuffer>,
  ]
  const input = { kind: 'text', ids, positions, segments, extra: new Float32Array() } as const
  const { arrays } = await backend.session().run((ops) => {
    return [model.forward(ops, input, { captureHeads: [] }).logits.mlm as Tensor]
  })
  return arrays[0]?.data as Float32Array
}

const plain = await vocabulary(WEIGHTS)

describe('the same answers', () => {
  it.each<[string, Weights, Record<string, unknown>?]>([
    ['the decoder’s name for the tied table', renamed((name) => (name === WORDS ? DECODER : name))],
    ['the decoder’s name for its bias', renamed((name) => (name === BIAS ? DECODER_BIAS : name))],
    ['module.', renamed((name) => `module.${name}`)],
    ['model.', renamed((name) => `model.${name}`)],
    ['both', renamed((name) => `module.model.${name}`)],
    ['null for defaults', WEIGHTS, { type_vocab_size: null, id2label: null, clsroom: { heads: null } }],
    ['a decoder that is stored but tied', new Map([...WEIGHTS, [DECODER, rolled(weight(WORDS))]])],
    ['untied, but stored once', WEIGHTS, { tie_word_embeddings: false }],
  ])('%s', async (_, weights, change) => {
    expect(await vocabulary(weights, change)).toEqual(plain)
  })

  it('0.auto_model. of sentence-transformers, a BertModel of its own', async () => {
    const bare = renamed((name) => `0.auto_model.${name.replace(/^bert\./, '')}`)
    expect((await createModel(CONFIG, bare, createCpuBackend())).info.parameters).toBeGreaterThan(0)
  })

  it('an untied decoder is the file’s own', async () => {
    const own = new Map([...WEIGHTS, [DECODER, rolled(weight(WORDS))], [DECODER_BIAS, rolled(weight(BIAS))]])
    const V = weight(BIAS).data.length
    const found = await vocabulary(own, { tie_word_embeddings: false })
    expect(found).toEqual(plain.map((_, i) => plain[i - (i % V) + ((i - 1 + V) % V)] as number))
  })
})

describe('a refused checkpoint', () => {
  /** How many tensors are on the backend. */
  function counted(): { backend: Backend; held: () => number } {
    const inner = createCpuBackend()
    const held = new Set<Tensor>()
    const backend: Backend = {
      ...inner,
      constant: (shape, data) => {
        const tensor = inner.constant(shape, data)
        held.add(tensor)
        return tensor
      },
      free: (tensors) => {
        for (const tensor of tensors) held.delete(tensor)
        inner.free(tensors)
      },
    }
    return { backend, held: () => held.size }
  }
  const last = 'bert.encoder.layer.1.output.LayerNorm.bias'
  const damaged = (value: number): Weights => {
    const { shape, data } = weight(last)
    return new Map([...WEIGHTS, [last, { shape, data: data.map((number, i) => (i === 3 ? value : number)) }]])
  }

  it.each<[string, Weights, RegExp]>([
    ['NaN', damaged(Number.NaN), /LayerNorm.bias" holds a value that is not a number: found NaN at place 3/],
    ['an infinity', damaged(Number.POSITIVE_INFINITY), /found Infinity at place 3/],
    ['a missing weight', renamed((name) => (name === last ? 'gone' : name)), /LayerNorm.bias" is missing/],
  ])('says what is wrong and leaves nothing behind: %s', async (_, weights, message) => {
    const { backend, held } = counted()
    await expect(createModel(CONFIG, weights, backend)).rejects.toThrow(message)
    expect(held()).toBe(0)
    await createModel(CONFIG, WEIGHTS, backend)
    expect(held()).toBeGreaterThan(0)
  })
})
