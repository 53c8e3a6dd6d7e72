/** Models that write where there is no GPU; and what their sequences are drawn from. */

import { describe, expect, it } from 'vitest'
import { ClsroomError } from '../core/errors.ts'
import warpedCases from '../models/golden/warped.json'
import { createModel } from '../models/testing/create_model.ts'
import { load } from '../models/testing/golden.ts'
import { createCpuBackend } from '../reference/backend.ts'
import { withSubject } from '../reference/testing/subject.ts'
import { createWasmBackend } from '../wasm/backend.ts'
import { generate, withEndRules } from './generate.ts'
import type { EndRules, GenerateRequest } from './protocol.ts'
import { warped } from './sampling.ts'
import { beamSearch } from './search.ts'
import { writerTests } from './testing/writers.ts'

describe('in WASM', () => {
  const wasm = withSubject(createWasmBackend)
  writerTests(() => wasm.backend)
})

describe('on the CPU twins', () => writerTests(createCpuBackend))

describe('sampling', () => {
  it.each(warpedCases.cases)('draws from the probabilities of transformers: %j', ({ sample, probabilities }) => {
    const found = warped(warpedCases.logits, sample, warpedCases.present)
    for (const [token, probability] of found.entries())
      expect(probability).toBeCloseTo(probabilities[token] as number, 5)
  })

  it('gives the same tokens for the same seed, by the probabilities', async () => {
    const run = await opened('gpt2-lm')
    const drawn = async (seed: number, more: object = {}) =>
      (await run({ inputIds: [9, 30], maxNewTokens: 8, sample: { seed, ...more } })).sequences[0]
    expect(await drawn(7)).toEqual(await drawn(7))
    const firsts = await Promise.all(Array.from({ length: 60 }, async (_, seed) => (await drawn(seed))?.[2]))
    expect(new Set(firsts).size).toBeGreaterThan(3)
    const greedy = (await run({ inputIds: [9, 30], maxNewTokens: 8 })).sequences[0]
    expect(await drawn(3, { topK: 1 })).toEqual(greedy)
    expect(await drawn(3, { topP: 0 })).toEqual(greedy)
    expect(await drawn(3, { temperature: 0.001 })).toEqual(greedy)
  })
})

it('beams stop as soon as none could win at its length now, though a longer one would', () => {
  const plan = { maxNewTokens: 5, lengthPenalty: 3, endTokens: new Set([0, 1]) }
  const search = beamSearch(plan, 2)
  expect(search.advance([Float64Array.of(-1, -1.2, -1.5, -9)])).toEqual([])
  expect(search.finished().map(({ tokens }) => tokens)).toEqual([[0], [1]])
  const later = beamSearch(plan, 2)
  expect(later.advance([Float64Array.of(-1, -1.5, -1.2, -9)])[0]).toEqual({ parent: 0, token: 2 })
})

describe('rules about the end', () => {
  const ENDS = [5, 11, 23, 29, 35, 41, 47, 60]
  const asked = { inputIds: [9, 30], maxNewTokens: 12 }
  const isEnd = (token: number | undefined) => ENDS.includes(token as number)
  const newOf = (sequences: number[][]) => sequences[0]?.slice(asked.inputIds.length) ?? []

  it('force, favour, forbid or cut', async () => {
    const run = await opened('gpt2-lm')
    const written = async (ends: EndRules) => newOf((await run({ ...asked, ends })).sequences)
    const forced = await written({ bias: -100, forceAt: 4 })
    expect(forced.map(isEnd)).toEqual([false, false, false, true])
    expect((await written({ bias: 100 })).map(isEnd)).toEqual([true])
    expect((await written({ threshold: 0 })).map(isEnd)).toEqual([true])
    expect((await written({ bias: -100 })).map(isEnd)).toEqual(Array(12).fill(false))
    expect(await written({})).toEqual(newOf((await run(asked)).sequences))
  })

  it.each<[string, EndRules, number, boolean]>([
    ['above the threshold', { threshold: 0.19 }, 1, true],
    ['below the threshold', { threshold: 0.21 }, 1, false],
    ['below it by the bias', { threshold: 0.19, bias: -0.1 }, 1, false],
    ['at the step that ends', { forceAt: 3 }, 3, true],
    ['before it', { forceAt: 3 }, 2, false],
  ])('leave only the ends %s', (_, rules, nth, isCut) => {
    const logits = Float32Array.from([0.5, 0.125, 0.075, 0.3], Math.log)
    const ruled = [...withEndRules(logits, rules, [1, 2], nth)]
    expect(ruled.map((value) => value === Number.NEGATIVE_INFINITY)).toEqual([isCut, false, false, isCut])
    expect(ruled[1]).toBeCloseTo(Math.log(0.125) + (rules.bias ?? 0), 5)
  })
})

/** `generate` of a golden model on the CPU twins. */
async function opened(name: string) {
  const { config, weights } = await load(name)
  const backend = createCpuBackend()
  const model = await createModel(config, weights, backend)
  const session = backend.session()
  return (request: Omit<GenerateRequest, 'model'>, stopped?: AbortSignal) =>
    generate(model, { backend, session }, { model: name, ...request }, stopped)
}

describe('what cannot be written', () => {
  const all = Array.from({ length: 67 }, (_, id) => id)
  it.each<[string, string, Partial<GenerateRequest>, RegExp]>([
    ['by an encoder', 'bert-erf', {}, /does not write: found bert/],
    ['beyond the positions', 'gpt2-lm', { maxNewTokens: 48 }, /no room .* found 50 tokens; expected 1 to 48/],
    ['from nothing', 'gpt2-lm', { inputIds: [] }, /found 0 tokens/],
    ['from nothing, by a decoder', 't5-relu', { decoderInputIds: [] }, /found 0 tokens/],
    [
      'from a token that is not there',
      'llama-lm',
      { inputIds: [67] },
      /A token id is out of range: found 67; .* 0 to 66/,
    ],
    ['by a decoder that is not there', 'gpt2-lm', { decoderInputIds: [1] }, /no decoder beside an encoder/],
    ['with every token suppressed', 'gpt2-lm', { suppressTokens: all }, /No token may be written/],
    ['with half a beam', 'gpt2-lm', { numBeams: 1.5 }, /numBeams is out of range: found 1.5/],
    ['by chance and in beams', 'gpt2-lm', { numBeams: 2, sample: { seed: 1 } }, /Beams are not drawn by chance/],
    ['too cold', 'gpt2-lm', { sample: { seed: 1, temperature: 0 } }, /temperature is out of range: found 0/],
    ['by an unheard-of threshold', 'gpt2-lm', { ends: { threshold: 2 } }, /ends.threshold is out of range: found 2/],
    ['in less than it must', 'gpt2-lm', { minNewTokens: 9 }, /minNewTokens is out of range: found 9; .* 0 to 3/],
  ])('%s', async (_, name, change, message) => {
    const run = await opened(name)
    const refused = await run({ inputIds: [4, 5, 6], maxNewTokens: 3, ...change }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ClsroomError)
    expect(refused).toMatchObject({ code: 'input', message: expect.stringMatching(message) })
  })

  it('is said when it is stopped', async () => {
    const run = await opened('gpt2-lm')
    const stopping = run({ inputIds: [4], maxNewTokens: 30, minNewTokens: 30 }, AbortSignal.abort())
    await expect(stopping).rejects.toThrow('Writing was stopped')
  })
})
