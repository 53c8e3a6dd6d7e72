/** Whole models against the official transformers, layer by layer, on any backend (training/golden/export.py). */

import { expect, test } from 'vitest'
import { topK } from '../../core/logits.ts'
import { packMask } from '../../core/mask.ts'
import type { Weights } from '../../core/model.ts'
import type { Backend } from '../../core/ops.ts'
import type { NDArray } from '../../core/shapes.ts'
import { runForward } from '../../engine/forward.ts'
import type { ForwardRequest, ForwardResult } from '../../engine/protocol.ts'
import { parseSafetensors } from '../../loaders/safetensors.ts'
import { createModel } from './create_model.ts'

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

/** A model's own files. */
export async function loadFiles(name: string) {
  const folder = await modelFolder(name)
  const config: unknown = JSON.parse(new TextDecoder().decode(await readFile(`${folder}/config.json`)))
  return { config, weights: parseSafetensors(await readFile(`${folder}/model.safetensors`)) }
}

export async function load(name: string) {
  const { config, weights } = await loadFiles(name)
  const cases = parseSafetensors(await readFile(`src/models/golden/${name}/cases.safetensors`))
  return {
    config,
    weights,
    cases,
    caseNames: [...new Set([...cases.keys()].map((key) => key.split('.')[0] as string))],
  }
}

/** A case as `runForward` takes it: what it leaves out is the model's own choice. */
export function requestOf(cases: Weights, name: string): Omit<ForwardRequest, 'model' | 'capture'> {
  const array = (key: string) => cases.get(`${name}.${key}`)
  const integers = (key: string) => {
    const found = array(key)
    return found && [...found.data]
  }
  const [ids, pixels] = [integers('ids'), array('pixels')]
  const heard = array('spectrogram')
  const image = pixels && {
    kind: 'image' as const,
    pixels: { dims: pixels.shape as [number, number, number], data: pixels.data },
    keptPatches: integers('kept'),
  }
  const mask = (key: string) => {
    const found = array(key)
    if (!found) return undefined
    const [queries, keys] = found.shape as [number, number]
    return { bits: packMask(queries, (q, k) => found.data[q * keys + k] === 1, keys), layers: 1 }
  }
  const text = ids && {
    kind: 'text' as const,
    ids,
    positions: integers('positions'),
    segments: integers('segments'),
    decoderIds: integers('decoder_ids'),
  }
  const sound = heard && {
    kind: 'audio' as const,
    spectrogram: { dims: heard.shape as [number, number], data: heard.data },
  }
  const rowsOf = array('rows')
  const rows = rowsOf && {
    kind: 'rows' as const,
    rows: { dims: rowsOf.shape as [number, number], data: rowsOf.data },
  }
  const input = text && image ? { kind: 'pair' as const, text, image } : (text ?? image ?? sound ?? rows)
  return {
    input: input as ForwardRequest['input'],
    mask: mask('mask'),
    decoderMask: mask('decoder_mask'),
    crossMask: mask('cross_mask'),
    causal: integers('causal')?.[0] !== 0,
  }
}

/** The largest |found − expected| / (1 + |expected|). */
function worst(found: Float32Array, expected: Float32Array): number {
  expect(found.length).toBe(expected.length)
  return found.reduce((max, value, i) => {
    const error = Math.abs(value - (expected[i] as number)) / (1 + Math.abs(expected[i] as number))
    return error > max || Number.isNaN(error) ? error : max
  }, 0)
}

/** A test for every folder of golden vectors, or for these. */
export function goldenTests(backendOf: () => Backend, names: readonly string[] = GOLDEN): void {
  test.each(names)('%s', async (name) => {
    const { config, weights, cases, caseNames } = await load(name)
    const backend = backendOf()
    const model = await createModel(config, weights, backend)
    const session = backend.session()
    expect(caseNames.length).toBeGreaterThan(0)
    for (const caseName of caseNames) {
      const given = requestOf(cases, caseName)
      const each = given.input.kind !== 'pair' // a text and a picture together give no maps
      const request = { model: name, ...given, capture: { attentions: each, hiddenStates: each } }
      const result = await runForward(model, session, request, { kind: backend.kind, adapter: '', software: true })
      expectAnswers(result, cases, caseName)
    }
    await session.dispose()
    backend.free(model.tensors)
  })
}

/** Every layer and every head against transformers. */
function expectAnswers(result: ForwardResult, cases: Weights, caseName: string): void {
  const expected = (key: string) => cases.get(`${caseName}.${key}`)?.data ?? new Float32Array()
  expectLayers(result.hiddenStates, expected('hidden_states'), HIDDEN_AND_LOGITS, `${caseName}: hidden state`)
  const maps = (layers: (NDArray | null)[]) => layers.filter((map) => map !== null)
  expectLayers(maps(result.attentions), expected('attentions'), ATTENTION, `${caseName}: attention of layer`)
  expect(result.decoder !== undefined).toBe(cases.has(`${caseName}.decoder_attentions`))
  if (result.decoder) {
    const { hiddenStates, attentions, crossAttentions } = result.decoder
    expectLayers(hiddenStates, expected('decoder_hidden_states'), HIDDEN_AND_LOGITS, `${caseName}: decoder state`)
    expectLayers(maps(attentions), expected('decoder_attentions'), ATTENTION, `${caseName}: decoder layer`)
    expectLayers(maps(crossAttentions), expected('cross_attentions'), ATTENTION, `${caseName}: cross attention`)
  }
  const heads = [...cases.keys()].flatMap((key) => (key.startsWith(`${caseName}.logits.`) ? [key.split('.')[2]] : []))
  expect(Object.keys(result.logits).sort()).toEqual(heads.sort())
  for (const [head, { dims, data: found }] of Object.entries(result.logits)) {
    const logits = expected(`logits.${head}`)
    expect(worst(found, logits), `${caseName}: ${head}`).toBeLessThan(HIDDEN_AND_LOGITS)
    const best = (values: Float32Array) =>
      topK(values.subarray(0, head === 'mlm' || head === 'lm' ? dims.at(-1) : undefined), 5).map(({ index }) => index)
    expect(best(found), `${caseName}: top 5 of ${head}`).toEqual(best(logits))
  }
}

/** @param expected the layers' arrays one after another */
function expectLayers(layers: NDArray[], expected: Float32Array, most: number, what: string): void {
  let at = 0
  layers.forEach(({ data }, l) => {
    expect(worst(data, expected.subarray(at, at + data.length)), `${what} ${l}`).toBeLessThan(most)
    at += data.length
  })
  expect(at).toBe(expected.length)
}
