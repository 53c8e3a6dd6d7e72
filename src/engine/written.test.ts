/**
 * What clsroom-gpt2 writes in beams, against the official transformers: 20 prompts × 1–8 beams × 4 length penalties. One traced search a
 * prompt and number of beams answers all four, as the beam tree does; searches of their own, with bounds of the length, are held beside.
 */

import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { parseSafetensors } from '../loaders/safetensors.ts'
import { createModel } from '../models/testing/create_model.ts'
import { createWasmBackend } from '../wasm/backend.ts'
import { generate } from './generate.ts'
import type { BeamStep, Generated, GenerateRequest } from './protocol.ts'
import { type Hypothesis, ranked } from './search.ts'

interface Case extends Pick<Generated, 'sequences' | 'scores'>, Omit<GenerateRequest, 'model' | 'inputIds'> {
  prompt: number
  numBeams: number
  lengthPenalty: number
}

const NAME = 'clsroom-gpt2'
/** Of sums of f32 logarithms: relative where a penalty below 0 makes a score of hundreds. */
const SCORES = 1e-4
const { prompts, cases }: { prompts: number[][]; cases: Case[] } = JSON.parse(
  gunzipSync(readFileSync(`src/models/golden/written/${NAME}.json.gz`)).toString(),
)
const isBounded = (one: Case) =>
  one.maxNewTokens !== 24 || one.minNewTokens !== undefined || one.suppressTokens !== undefined

function writer() {
  let opening: ReturnType<typeof opened> | undefined
  return async (request: Omit<GenerateRequest, 'model'>) => {
    opening ??= opened()
    return (await opening)(request)
  }
}

async function opened() {
  const backend = await createWasmBackend()
  const bytes = readFileSync(`public/models/${NAME}/model.safetensors`)
  const weights = parseSafetensors(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer)
  const config: unknown = JSON.parse(readFileSync(`public/models/${NAME}/config.json`, 'utf8'))
  const model = await createModel(config, weights, backend)
  const session = backend.session()
  return (request: Omit<GenerateRequest, 'model'>) => generate(model, { backend, session }, { model: NAME, ...request })
}

function expectSame(found: readonly Hypothesis[], { sequences, scores }: Case, what: string): void {
  expect(
    found.map(({ tokens }) => tokens),
    what,
  ).toEqual(sequences)
  found.forEach(({ score }, i) => {
    const expected = scores[i] as number
    const most = SCORES * Math.max(1, Math.abs(expected))
    expect(Math.abs(score - expected), `score ${i} of ${what}`).toBeLessThan(most)
  })
}

describe('in WASM', () => {
  const write = writer()
  const plan = { maxNewTokens: 24, endTokens: new Set([2]) }

  it('the grid is whole', () => {
    const free = cases.filter((one) => !isBounded(one))
    expect(free.length).toBe(20 * 8 * 4)
    expect(
      new Set(free.map(({ prompt, numBeams, lengthPenalty }) => `${prompt} ${numBeams} ${lengthPenalty}`)).size,
    ).toBe(640)
    const bests = free
      .filter(({ numBeams }) => numBeams === 8)
      .map(({ prompt, sequences }) => `${prompt}: ${sequences[0]}`)
    expect(new Set(bests).size, 'penalties that choose another sequence').toBeGreaterThan(30)
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('%i beams, all length penalties from one search', async (numBeams) => {
    for (const [prompt, inputIds] of prompts.entries()) {
      const { trace } = await write({ inputIds, maxNewTokens: plan.maxNewTokens, numBeams, trace: true })
      const same = cases.filter((one) => !isBounded(one) && one.prompt === prompt && one.numBeams === numBeams)
      expect(same.length).toBe(4)
      for (const one of same) {
        const { finished } = ranked(trace as BeamStep[], { ...plan, lengthPenalty: one.lengthPenalty }, numBeams)
        expectSame(finished, one, `prompt ${prompt}, ${numBeams} beams, penalty ${one.lengthPenalty}`)
      }
    }
  })

  it('searches of their own, with suppressed ends and bounds of the length', async () => {
    const others = cases.filter((one) => isBounded(one) || (one.prompt === 0 && one.numBeams === 3))
    expect(others.length).toBe(44)
    for (const { prompt, sequences, scores, ...request } of others) {
      const inputIds = prompts[prompt] as number[]
      const found = await write({ inputIds, ...request })
      const hypotheses = found.sequences.map((sequence, i) => ({
        tokens: sequence.slice(inputIds.length),
        score: found.scores[i] as number,
      }))
      expectSame(hypotheses, { prompt, sequences, scores, ...request }, JSON.stringify({ prompt, ...request }))
    }
  })
})
