/** Models that reconstruct, detect, match and listen: other names for their weights, and what they refuse. */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { WeightArray, Weights } from '../core/model.ts'
import { runForward } from '../engine/forward.ts'
import type { ForwardRequest, ForwardResult, MaskToken } from '../engine/protocol.ts'
import { parseSafetensors } from '../loaders/safetensors.ts'
import { createCpuBackend } from '../reference/backend.ts'
import { modelBuilder } from './index.ts'
import { createModel } from './testing/create_model.ts'
import { requestOf } from './testing/golden.ts'

const CPU = { kind: 'cpu', adapter: '', software: true } as const

function golden(name: string): { config: Record<string, unknown>; weights: Weights; cases: Weights } {
  const file = (path: string) => new Uint8Array(readFileSync(`src/models/golden/${name}/${path}`))
  return {
    config: JSON.parse(new TextDecoder().decode(file('config.json'))),
    weights: parseSafetensors(file('model.safetensors').buffer),
    cases: parseSafetensors(file('cases.safetensors').buffer),
  }
}

async function run(
  config: unknown,
  weights: Weights,
  input: ForwardRequest['input'],
  capture = { attentions: false, hiddenStates: false },
): Promise<ForwardResult> {
  const backend = createCpuBackend()
  const model = await createModel(config, weights, backend)
  return runForward(model, backend.session(), { model: '', input, capture }, CPU)
}

function renamed(weights: Weights, ...renames: [RegExp, string][]): Weights {
  const name = (old: string) => renames.reduce((text, [from, to]) => text.replace(from, to), old)
  return new Map([...weights].map(([old, array]) => [name(old), array]))
}

/** transformers' names of a ResNet as timm has them. */
const TO_TIMM: [RegExp, string][] = [
  [/embedder\.embedder\.convolution/, 'conv1'],
  [/embedder\.embedder\.normalization/, 'bn1'],
  [/encoder\.stages\.(\d)\.layers\.(\d)\.shortcut\.convolution/, 'layer#$1.$2.downsample.0'],
  [/encoder\.stages\.(\d)\.layers\.(\d)\.shortcut\.normalization/, 'layer#$1.$2.downsample.1'],
  [/encoder\.stages\.(\d)\.layers\.(\d)\.layer\.(\d)\.convolution/, 'layer#$1.$2.conv#$3'],
  [/encoder\.stages\.(\d)\.layers\.(\d)\.layer\.(\d)\.normalization/, 'layer#$1.$2.bn#$3'],
]
const fromOne = (weights: Weights): Weights =>
  new Map([...weights].map(([name, array]) => [name.replace(/#(\d)/g, (_, n) => String(Number(n) + 1)), array]))

describe('the same answers', () => {
  it.each<[string, string, (weights: Weights) => Weights, string]>([
    ['timm’s names of a basic backbone', 'detr', (weights) => fromOne(renamed(weights, ...TO_TIMM)), 'boxes'],
    ['timm’s names of one with bottlenecks', 'detr-bottleneck', (w) => fromOne(renamed(w, ...TO_TIMM)), 'classes'],
    [
      'the published names of a decoder of ViTMAE',
      'vit-mae',
      (weights) => renamed(weights, [/decoder_encoder\.layer/, 'decoder_layers']),
      'reconstruction',
    ],
  ])('%s', async (_, name, rename, head) => {
    const { config, weights, cases } = golden(name)
    const others = rename(weights)
    expect([...others.keys()]).not.toEqual([...weights.keys()])
    const { input } = requestOf(cases, [...cases.keys()][0]?.split('.')[0] as string)
    const [own, found] = [await run(config, weights, input), await run(config, others, input)]
    expect(own.logits[head]?.data.length).toBeGreaterThan(0)
    expect(found.logits[head]).toEqual(own.logits[head])
  })
})

describe('a masked autoencoder', () => {
  const { config, weights, cases } = golden('vit-mae')
  const { input } = requestOf(cases, 'quarter')
  const kept = (patches: number[]) =>
    run(config, weights, { ...input, keptPatches: patches } as ForwardRequest['input'])
  const TOKEN = 'decoder.mask_token'
  const trained = weights.get(TOKEN) as WeightArray
  const withToken = (maskToken: MaskToken) => run(config, weights, { ...input, maskToken } as ForwardRequest['input'])
  const taught = (change: (value: number) => number) =>
    run(config, new Map([...weights, [TOKEN, { ...trained, data: trained.data.map(change) }]]), input)

  it.each<[MaskToken, (value: number) => number]>([
    [{ type: 'trained' }, (value) => value],
    [{ type: 'zeros' }, () => 0],
    [{ type: 'negated' }, (value) => -value],
  ])('draws with another mask token as if it had been trained: %o', async (choice, change) => {
    const [found, right] = [await withToken(choice), await taught(change)]
    expect(found.logits.reconstruction).toEqual(right.logits.reconstruction)
  })

  it('draws otherwise with a direction by lot, the same for the same seed, and with the mean of what it reads', async () => {
    const drawn = async (choice: MaskToken) => (await withToken(choice)).logits.reconstruction?.data
    expect(await drawn({ type: 'noise', seed: 3 })).toEqual(await drawn({ type: 'noise', seed: 3 }))
    expect(await drawn({ type: 'noise', seed: 3 })).not.toEqual(await drawn({ type: 'noise', seed: 4 }))
    expect(await drawn({ type: 'mean' })).not.toEqual(await drawn({ type: 'zeros' }))
  })

  it('a model without a mask token says so', async () => {
    const other = golden('dinov2')
    const picture = requestOf(other.cases, [...other.cases.keys()][0]?.split('.')[0] as string).input
    const asked = { ...picture, maskToken: { type: 'zeros' } } as ForwardRequest['input']
    await expect(run(other.config, other.weights, asked)).rejects.toThrow('no mask token to replace')
  })

  it('draws the same whatever the order of the patches that are kept', async () => {
    const [one, other] = [await kept([4, 9, 2]), await kept([9, 2, 4])]
    expect(one.tokens).toBe(4)
    one.logits.reconstruction?.data.forEach((value, i) => {
      expect(other.logits.reconstruction?.data[i]).toBeCloseTo(value, 4)
    })
  })

  it.each([
    [[], 'no patch'],
    [[3, 16], '16 at place 1'],
    [[3, 3], '3 at place 1'],
    [[0.5], '0.5 at place 0'],
  ])('refuses to keep %j', async (patches, found) => {
    await expect(kept(patches)).rejects.toMatchObject({
      code: 'input',
      found,
      expected: expect.stringMatching(/from 0 to 15/),
    })
  })

  it('draws without its CLS, too', async () => {
    const pictures = input as Extract<ForwardRequest['input'], { kind: 'image' }>
    const { logits, tokens } = await run(config, weights, { ...pictures, keptPatches: undefined, sources: [0, 5] })
    expect(tokens).toBe(2)
    expect(logits.reconstruction?.dims).toEqual([16, 27])
  })
})

describe('a text and a picture', () => {
  const { config, weights, cases } = golden('clip')
  const { input } = requestOf(cases, 'pair')

  it('give no maps together', async () => {
    await expect(run(config, weights, input, { attentions: true, hiddenStates: false })).rejects.toMatchObject({
      code: 'input',
      advice: expect.stringMatching(/one after the other/),
    })
  })

  it('are refused by a model of pictures alone', async () => {
    const { config: other, weights: own } = golden('yolos')
    await expect(run(other, own, input)).rejects.toMatchObject({ code: 'input', found: 'a text and a picture' })
  })
})

it('a spectrogram of another length is refused', async () => {
  const { config, weights } = golden('audio-spectrogram-transformer')
  const spectrogram = { dims: [14, 11] as [number, number], data: new Float32Array(14 * 11) }
  await expect(run(config, weights, { kind: 'audio', spectrogram })).rejects.toMatchObject({
    code: 'input',
    found: '14 frames of 11 bins',
    expected: '15 frames of 11 bins',
  })
})

describe('config.json alone refuses a DETR', () => {
  const { config } = golden('detr')
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['with learned positions', { position_embedding_type: 'learned' }, /position_embedding_type: found "learned"/],
    ['with a dilated backbone', { dilation: true }, /dilation: found true/],
    ['on another backbone', { backbone_config: { model_type: 'swin' } }, /backbone_config.model_type: found "swin"/],
    ['on an unknown ResNet', { backbone_config: null, backbone: 'resnet51' }, /backbone: found "resnet51"/],
    ['with stages that are no ResNet’s', { backbone_config: { model_type: 'resnet', depths: [1] } }, /depths/],
  ])('%s', async (_, change, message) => {
    await expect(modelBuilder({ ...config, ...change })).rejects.toThrow(message)
  })

  it('and not one on a backbone that timm names', async () => {
    const published = { ...config, backbone_config: null, backbone: 'resnet50', use_timm_backbone: true }
    await expect(modelBuilder(published)).resolves.toBeTypeOf('function')
  })
})
