/** Whole models against the official transformers, layer by layer, on any backend (training/golden/export.py). */

import { expect, test } from 'vitest'
import { topK } from '../../core/logits.ts'
import { packMask } from '../../core/mask.ts'
import type { Weights } from '../../core/model.ts'
import type { Backend, Tensor } from '../../core/ops.ts'
import { parseSafetensors } from '../../loaders/safetensors.ts'
import { createModel } from '../index.ts'
import type { ForwardOptions, ImageInput, Model, ModelInput, TextInput } from '../model.ts'

export const GOLDEN = Object.keys(import.meta.glob('../golden/*/cases.safetensors', { query: '?url' })).map((path) =>
  path.replace('../golden/', '').replace('/cases.safetensors', ''),
)
const HIDDEN_AND_LOGITS = 1e-3
const ATTENTION = 1e-4

/** A file of the repository, from disk in Node and from the test server in a browser. */
async function readFile(path: string): Promise<ArrayBuffer> {
  if (typeof window !== 'undefined') {
    const response = await fetch(`/${path}`)
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return response.arrayBuffer()
  }
  const { readFile: read } = await import('node:fs/promises')
  const bytes = await read(path)
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
}

/** A shipped model's answers stand without a model directory of their own. */
async function modelFolder(name: string): Promise<string> {
  return name.startsWith('clsroom-') ? `public/models/${name}` : `src/models/golden/${name}`
}

export async function load(name: string) {
  const folder = await modelFolder(name)
  const config: unknown = JSON.parse(new TextDecoder().decode(await readFile(`${folder}/config.json`)))
  const weights = parseSafetensors(await readFile(`${folder}/model.safetensors`))
  const cases = parseSafetensors(await readFile(`src/models/golden/${name}/cases.safetensors`))
  return {
    config,
    weights,
    cases,
    caseNames: [...new Set([...cases.keys()].map((key) => key.split('.')[0] as string))],
  }
}

export function inputOf(
  cases: Weights,
  name: string,
  model: Model,
): { input: ModelInput; tokens: number; mask?: ForwardOptions['mask'] } {
  const array = (key: string) => cases.get(`${name}.${key}`)
  const pixels = array('pixels')
  if (pixels && model.info.image) {
    const [C, H, W] = pixels.shape as [number, number, number]
    const { patch, registers } = model.info.image
    const patches = Math.floor(H / patch) * Math.floor(W / patch)
    const specials = Array.from({ length: 1 + registers }, (_, s) => -1 - s)
    const sources = Int32Array.from([...specials, ...Array.from({ length: patches }, (_, p) => p)])
    const positions = sources.map((source) => (source >= 0 ? 1 + source : source === -1 ? 0 : -1))
    const input: ImageInput = {
      kind: 'image',
      pixels: pixels.data,
      dims: [C, H, W],
      sources,
      positions,
      extra: new Float32Array(),
    }
    return { input, tokens: sources.length }
  }
  const integers = (key: string) => Uint32Array.from(array(key)?.data ?? [])
  const ids = integers('ids')
  const input: TextInput = {
    kind: 'text',
    ids,
    positions: integers('positions'),
    segments: integers('segments'),
    extra: new Float32Array(),
  }
  const readable = array('mask')?.data as Float32Array
  const bits = packMask(ids.length, (q, k) => readable[q * ids.length + k] === 1)
  return { input, tokens: ids.length, mask: { bits, layers: 1 } }
}

/** The largest |found − expected| / (1 + |expected|). */
function worst(found: Float32Array, expected: Float32Array): number {
  expect(found.length).toBe(expected.length)
  return found.reduce((max, value, i) => {
    const error = Math.abs(value - (expected[i] as number)) / (1 + Math.abs(expected[i] as number))
    return error > max || Number.isNaN(error) ? error : max
  }, 0)
}

/** A test for every folder of golden vectors. */
export function goldenTests(backendOf: () => Backend): void {
  test.each(GOLDEN)('%s', async (name) => {
    const { config, weights, cases, caseNames } = await load(name)
    const backend = backendOf()
    const model = createModel(config, weights, backend)
    const session = backend.session()
    expect(caseNames.length).toBeGreaterThan(0)

    for (const caseName of caseNames) {
      const { input, tokens: T, mask } = inputOf(cases, caseName, model)
      const { layers: L, heads: H, width: D } = model.info
      const captureHeads = Array.from({ length: L }, () => Array.from({ length: H }, (_, head) => head))
      const names: string[] = []
      const { arrays } = await session.run((ops) => {
        const out = model.forward(ops, input, { mask, captureHeads })
        names.splice(0, names.length, ...Object.keys(out.logits))
        return [...out.hiddenStates, ...(out.attentions as Tensor[]), ...Object.values(out.logits)]
      })
      const expected = (key: string) => cases.get(`${caseName}.${key}`)?.data as Float32Array
      const hidden = expected('hidden_states')
      for (let l = 0; l <= L; l++) {
        const error = worst(arrays[l]?.data as Float32Array, hidden.subarray(l * T * D, (l + 1) * T * D))
        expect(error, `${caseName}: hidden state ${l}`).toBeLessThan(HIDDEN_AND_LOGITS)
      }
      const attentions = expected('attentions')
      for (let l = 0; l < L; l++) {
        const error = worst(
          arrays[L + 1 + l]?.data as Float32Array,
          attentions.subarray(l * H * T * T, (l + 1) * H * T * T),
        )
        expect(error, `${caseName}: attention of layer ${l}`).toBeLessThan(ATTENTION)
      }
      expect(names.length, 'heads').toBe(
        [...cases.keys()].filter((key) => key.startsWith(`${caseName}.logits.`)).length,
      )
      names.forEach((head, i) => {
        const found = arrays[2 * L + 1 + i]?.data as Float32Array
        const logits = expected(`logits.${head}`)
        expect(worst(found, logits), `${caseName}: ${head}`).toBeLessThan(HIDDEN_AND_LOGITS)
        const best = (values: Float32Array) =>
          topK(values.subarray(0, logits.length / (head === 'mlm' ? T : 1)), 5).map(({ index }) => index)
        expect(best(found), `${caseName}: top 5 of ${head}`).toEqual(best(logits))
      })
    }
    await session.dispose()
    backend.free(model.tensors)
  })
}
