/** A silenced head of a decoder gives what a decoder does whose output projection does not read that head. */

import { describe, expect, test } from 'vitest'
import type { Weights } from '../core/model.ts'
import { runForward } from '../engine/forward.ts'
import type { ForwardRequest, ForwardResult } from '../engine/protocol.ts'
import { createCpuBackend } from '../reference/backend.ts'
import { createModel } from './testing/create_model.ts'
import { load, requestOf } from './testing/golden.ts'

const LAYER = 1

/** Where the decoder of a golden model projects the heads of its attention, and of that to the encoder. */
const PROJECTIONS = [
  ['t5-relu', 'decoderAblate', `decoder.block.${LAYER}.layer.0.SelfAttention.o.weight`],
  ['t5-relu', 'crossAblate', `decoder.block.${LAYER}.layer.1.EncDecAttention.o.weight`],
  ['detr', 'decoderAblate', `model.decoder.layers.${LAYER}.self_attn.out_proj.weight`],
  ['detr', 'crossAblate', `model.decoder.layers.${LAYER}.encoder_attn.out_proj.weight`],
  ['vit-mae', 'decoderAblate', `decoder.decoder_encoder.layer.${LAYER}.attention.output.dense.weight`],
] as const

/** A projection [D, H · Dh] that does not read head h. */
function deaf(weights: Weights, name: string, head: number, heads: number): Weights {
  const { shape, data } = weights.get(name) as NonNullable<ReturnType<Weights['get']>>
  const [, inner] = shape as [number, number]
  const muted = data.map((value, i) => (Math.floor(((i % inner) * heads) / inner) === head ? 0 : value))
  return new Map([...weights, [name, { shape, data: muted }]])
}

async function run(name: string, change: (weights: Weights, heads: number) => Weights, more: Partial<ForwardRequest>) {
  const { config, weights, cases, caseNames } = await load(name)
  const backend = createCpuBackend()
  const heads = (await createModel(config, weights, backend)).info.decoder?.heads as number
  const model = await createModel(config, change(weights, heads), backend)
  const given = requestOf(cases, caseNames[0] as string)
  const request = { model: name, ...given, ...more, capture: { attentions: true, hiddenStates: true } }
  return runForward(model, backend.session(), request, { kind: 'cpu', adapter: '', software: true })
}

const numbers = ({ logits, decoder }: ForwardResult) => [
  ...Object.values(logits).map(({ data }) => data),
  ...(decoder?.hiddenStates ?? []).map(({ data }) => data),
]

describe.each(PROJECTIONS)('%s, %s', (name, option, projection) => {
  test('is the same as not reading the head, and not the same as reading it', async () => {
    const silenced = await run(name, (weights) => weights, { [option]: [[LAYER, 1]] })
    const unread = await run(name, (weights, heads) => deaf(weights, projection, 1, heads), {})
    const whole = await run(name, (weights) => weights, {})
    expect(numbers(silenced)).toEqual(numbers(unread))
    expect(numbers(silenced)).not.toEqual(numbers(whole))
    // Its map is still given.
    const maps = option === 'crossAblate' ? 'crossAttentions' : 'attentions'
    expect(silenced.decoder?.[maps][LAYER]).toEqual(whole.decoder?.[maps][LAYER])
  })
})

test('a head that is not there, or a decoder that is not, is said', async () => {
  const beyond = run('t5-relu', (weights) => weights, { decoderAblate: [[9, 0]] })
  await expect(beyond).rejects.toMatchObject({ code: 'input', found: 'layer 9, head 0' })
  const encoder = run('bert-tanh', (weights) => weights, { crossAblate: [[0, 0]] })
  await expect(encoder).rejects.toMatchObject({ code: 'input', found: 'bert' })
})
