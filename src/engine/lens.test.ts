/** The logit lens, value norms and what is read off the logits, on small random decoders. */

import { describe, expect, it } from 'vitest'
import { softmax } from '../core/logits.ts'
import { packMask } from '../core/mask.ts'
import type { Weights } from '../core/model.ts'
import { createModel } from '../models/testing/create_model.ts'
import { load } from '../models/testing/golden.ts'
import { createCpuBackend } from '../reference/backend.ts'
import { createWasmBackend } from '../wasm/backend.ts'
import { runForward } from './forward.ts'
import { lens } from './lens.ts'
import type { ForwardRequest } from './protocol.ts'
import { lensTests } from './testing/lens_ends.ts'

const IDS = [3, 50, 7, 7, 22, 61, 12, 40]
const T = IDS.length
const V = 67
const TOP = 4

async function opened(name: string, backend = createCpuBackend(), change: (weights: Weights) => Weights = (w) => w) {
  const { config, weights } = await load(name)
  const model = await createModel(config, change(weights), backend)
  const input = { kind: 'text' as const, ids: IDS }
  const run = (more: Partial<ForwardRequest>, capture: Partial<ForwardRequest['capture']> = {}) =>
    runForward(
      model,
      backend.session(),
      { model: name, input, ...more, capture: { attentions: false, hiddenStates: false, ...capture } },
      { kind: backend.kind, adapter: '', software: true },
    )
  return { weights, model, backend, input, run }
}

describe('the lens', () => {
  describe('in WASM', () => lensTests(createWasmBackend))
  describe('on the CPU twins', () => lensTests(createCpuBackend))

  it('follows every token that is first at some point of the row', async () => {
    const { model, backend, input } = await opened('gpt2-lm')
    const { points, ids, followed } = await lens(model, backend, { model: '', input, top: 1, row: 2 })
    const firsts = Array.from({ length: points }, (_, p) => ids[p * T + 2] as number)
    expect(followed.tokens).toEqual([...new Set(firsts)])
    firsts.forEach((token, p) => {
      expect(followed.ranks[p * followed.tokens.length + followed.tokens.indexOf(token)]).toBe(1)
    })
  })

  it.each([
    ['mlp', 1, 2, 0],
    ['attn', 0, 1, 2],
  ])('sees no step where the %s of a layer writes nothing', async (part, before, after, another) => {
    const silenced = (weights: Weights): Weights =>
      new Map(
        [...weights].map(([key, array]) =>
          key.includes(`h.0.${part}.c_proj`) ? [key, { ...array, data: array.data.map(() => 0) }] : [key, array],
        ),
      )
    const { model, backend, input } = await opened('gpt2-lm', createCpuBackend(), silenced)
    const { probabilities } = await lens(model, backend, { model: '', input, top: TOP, row: 0 })
    const at = (p: number) => [...probabilities.subarray(p * T * TOP, (p + 1) * T * TOP)]
    expect(at(after)).toEqual(at(before))
    expect(at(another)).not.toEqual(at(before))
  })

  it.each([
    ['an encoder', 'bert-erf', {}, /needs a causal decoder/],
    ['a row that is not there', 'gpt2-lm', { row: T }, /found 8; expected 0 to 7/],
    ['nothing wanted', 'gpt2-lm', { top: 0 }, /top is out of range/],
  ])('refuses %s', async (_, name, change, message) => {
    const { model, backend, input } = await opened(name)
    await expect(lens(model, backend, { model: '', input, top: 1, row: 0, ...change })).rejects.toThrow(message)
  })

  it('can be stopped', async () => {
    const { model, backend, input } = await opened('gpt2-lm')
    const stopped = lens(model, backend, { model: '', input, top: 1, row: 0 }, AbortSignal.abort())
    await expect(stopped).rejects.toThrow('The lens was stopped')
  })
})

describe('what is read off in the worker', () => {
  it('is the loss of each next token, and the probabilities of those that are watched', async () => {
    const { run } = await opened('gpt2-lm')
    const { lm } = (await run({})).logits
    const { logits, next } = await run({}, { next: { watched: [5, 11] } })
    expect(logits.lm).toBeUndefined()
    for (let t = 0; t < T; t++) {
      const row = softmax(lm?.data as Float32Array, t * V, V)
      if (t < T - 1) expect(next?.losses[t]).toBeCloseTo(-Math.log(row[IDS[t + 1] as number] as number), 5)
      expect(next?.watched.data[2 * t + 1]).toBeCloseTo(row[11] as number, 6)
    }
    expect(next?.losses[T - 1]).toBeNaN()
    const some = await run({ input: { kind: 'text', ids: IDS, mlmRows: [2, 4] } }, { next: {} })
    expect([...(some.next?.losses ?? [])]).toEqual([next?.losses[2], next?.losses[4]])
  })

  it('is the length of every value: gpt2, layer 0, by hand', async () => {
    const { weights, run } = await opened('gpt2-lm')
    const { valueNorms, hiddenStates } = await run({}, { valueNorms: true, hiddenStates: true })
    const [H, D] = [3, 24]
    const array = (name: string) => [...weights].find(([key]) => key.endsWith(name))?.[1].data as Float32Array
    const [gain, shift] = [array('h.0.ln_1.weight'), array('h.0.ln_1.bias')]
    const [W, b] = [array('h.0.attn.c_attn.weight'), array('h.0.attn.c_attn.bias')]
    for (let t = 0; t < T; t++) {
      const x = [...(hiddenStates[0]?.data.subarray(t * D, (t + 1) * D) ?? [])]
      const mean = x.reduce((sum, value) => sum + value, 0) / D
      const deviation = Math.sqrt(x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / D + 1e-5)
      const normed = x.map((value, d) => ((value - mean) / deviation) * (gain[d] as number) + (shift[d] as number))
      const v = Array.from({ length: D }, (_, d) =>
        normed.reduce((sum, value, i) => sum + value * (W[i * 3 * D + 2 * D + d] as number), b[2 * D + d] as number),
      )
      for (let h = 0; h < H; h++) {
        expect(valueNorms?.[0]?.data[h * T + t]).toBeCloseTo(Math.hypot(...v.slice((h * D) / H, ((h + 1) * D) / H)), 4)
      }
    }
  })

  it('is the length of every value by the heads that keep them, where several queries share one', async () => {
    const { run } = await opened('llama-lm')
    const { valueNorms } = await run({}, { valueNorms: true })
    expect(valueNorms?.map(({ dims }) => dims)).toEqual([
      [2, T],
      [2, T],
    ])
    const later = await run(
      { mask: { bits: packMask(T, (q, k) => k <= q && k !== 0), layers: 1 } },
      { valueNorms: true },
    )
    // The first layer's values are of the tokens alone; what the second reads has changed.
    expect(later.valueNorms?.[0]?.data).toEqual(valueNorms?.[0]?.data)
    expect(later.valueNorms?.[1]?.data).not.toEqual(valueNorms?.[1]?.data)
  })
})
