/** The experiments' arithmetic by hand, and their runs on a small random decoder. */

import { describe, expect, it } from 'vitest'
import { softmax } from '../../../../core/logits.ts'
import { uniform } from '../../../../core/random.ts'
import type { NDArray } from '../../../../core/shapes.ts'
import { runForward } from '../../../../engine/forward.ts'
import { generate } from '../../../../engine/generate.ts'
import type { ForwardRequest, GenerateRequest, OnStep } from '../../../../engine/protocol.ts'
import { createModel } from '../../../../models/testing/create_model.ts'
import { load } from '../../../../models/testing/golden.ts'
import { createCpuBackend } from '../../../../reference/backend.ts'
import { rank, searchBeams } from './beams.ts'
import { cellEffect, cheaters, reach, readsWith } from './causal_cells.ts'
import { NO_PLAN, planRequest, ruledEnds, sentenceEnds, stopping } from './ends.ts'
import { lossTargets } from './loss_mask.ts'
import { drawSamples, sampleFacts } from './samples.ts'
import { decode } from './shown.ts'
import { factsOfWay, START_WAYS, type StartFacts, startFacts, startVariant } from './start_token.ts'
import { isKept, windowLosses } from './windows.ts'

const IDS = [1, 50, 7, 9, 22, 61, 12, 40, 33, 8]
const T = IDS.length
const going = () => true

/** An engine that has only this model. */
async function opened(name = 'gpt2-lm', settings: object = {}) {
  const { config: own, weights } = await load(name)
  const config = { ...(own as object), ...settings }
  const backend = createCpuBackend()
  const model = await createModel(config, weights, backend)
  const session = backend.session()
  const description = { kind: 'cpu' as const, adapter: '', software: true }
  let forwards = 0
  return {
    shown: { model: { id: name, info: model.info }, ids: IDS },
    engine: {
      forward: (request: ForwardRequest) => {
        forwards += 1
        return runForward(model, session, request, description)
      },
      generate: (request: GenerateRequest, signal?: AbortSignal, onStep?: OnStep) =>
        generate(model, { backend, session }, request, signal, onStep),
    },
    forwards: () => forwards,
  }
}

describe('ends', () => {
  const p = [0.1, 0.5, 0.2, 0.4]

  it('stop where they stop', () => {
    const { at, expected, goesOn } = stopping(p)
    expect(at).toEqual([0.1, 0.45, expect.closeTo(0.09), expect.closeTo(0.144)])
    expect(goesOn).toBeCloseTo(0.216)
    expect(expected).toBeCloseTo((0.1 + 2 * 0.45 + 3 * 0.09 + 4 * 0.144) / 0.784)
    expect(stopping([0, 0]).expected).toBeNaN()
    expect(stopping([0, 1, 0.5])).toEqual({ at: [0, 1, 0], expected: 2, goesOn: 0 })
  })

  it('are probable as the rules say', () => {
    expect(ruledEnds(p, NO_PLAN)).toEqual(p.map((value) => expect.closeTo(value)))
    expect(ruledEnds(p, { ...NO_PLAN, suppressUntil: 2, forceAt: 4 })).toEqual([0, 0, expect.closeTo(0.2), 1])
    expect(ruledEnds(p, { ...NO_PLAN, threshold: 0.4 })).toEqual([expect.closeTo(0.1), 1, expect.closeTo(0.2), 1])
    const [favoured] = ruledEnds([0.1], { ...NO_PLAN, bias: 1 })
    const logits = [Math.log(0.1) + 1, Math.log(0.9)]
    expect(favoured).toBeCloseTo(softmax(logits)[0] as number)
    // What may not end yet is not forced to.
    expect(ruledEnds(p, { ...NO_PLAN, suppressUntil: 4, forceAt: 2, threshold: 0.1 })).toEqual([0, 0, 0, 0])
  })

  it('of sentences are one decision, of the text another', () => {
    const rows = sentenceEnds([false, true, true], [0.1, 0.8, 0.6], [0, 0, 0.25, 0.5])
    expect(rows).toEqual([
      { nth: 2, sentence: 0.8, text: 0.25, stops: 0.25 },
      { nth: 3, sentence: 0.6, text: 0.5, stops: 0.375 },
    ])
  })
})

describe('samples', () => {
  it('are counted', () => {
    const of = (tokens: number[], ends: boolean) => ({ tokens, ends, meanLogProbability: -tokens.length })
    const facts = sampleFacts([of([4, 5, 4, 5, 4, 5], true), of([4, 9], false)])
    expect(facts).toEqual({
      count: 2,
      meanLength: 4,
      ends: 0.5,
      distinct1: 3 / 8,
      distinct2: 3 / 6,
      repetition4: (1 - 2 / 3) / 2,
      meanLogProbability: -4,
    })
  })

  it('follow the rules, and are the same for the same seed', async () => {
    const { engine, shown } = await opened()
    const draw = (ends = NO_PLAN) =>
      drawSamples(engine, shown.model, [9, 30], { count: 6, seed: 4, maxNewTokens: 8, temperature: 1, ends }, going)
    const free = await draw()
    expect(await draw()).toEqual(free)
    expect(new Set(free.map(({ tokens }) => tokens.join())).size).toBeGreaterThan(1)
    const forced = await draw({ ...NO_PLAN, bias: -100, forceAt: 5 })
    expect(forced.map(({ tokens, ends }) => [tokens.length, ends])).toEqual(Array(6).fill([5, false]))
    const late = await draw({ ...NO_PLAN, bias: 100, suppressUntil: 3 })
    expect(late.map(({ tokens, ends }) => [tokens.length, ends])).toEqual(Array(6).fill([4, true]))
    const contradicting = await draw({ ...NO_PLAN, suppressUntil: 6, forceAt: 2, threshold: 0.01 })
    expect(contradicting.every(({ tokens }) => tokens.length === 7)).toBe(true)
  })

  it('are as probable as the model says without the rules', async () => {
    const { engine, shown } = await opened()
    const plan = { count: 2, seed: 1, maxNewTokens: 5, temperature: 1, ends: { ...NO_PLAN, bias: 3 } }
    for (const { tokens, meanLogProbability } of await drawSamples(engine, shown.model, [9, 30], plan, going)) {
      const { logits } = await decode(engine, { ...shown, ids: [9, 30, ...tokens] }, {})
      const { data, dims } = logits.lm as NDArray
      const V = dims[1] as number
      const own = tokens.map((token, i) => Math.log(softmax(data, (1 + i) * V, V)[token] as number))
      expect(meanLogProbability).toBeCloseTo(own.reduce((sum, one) => sum + one, 0) / own.length, 5)
    }
  })

  it('stop when told to, with what is drawn', async () => {
    const { engine, shown } = await opened()
    const plan = { count: 9, seed: 1, maxNewTokens: 3, temperature: 1, ends: NO_PLAN }
    expect((await drawSamples(engine, shown.model, [9], plan, (done) => done < 2)).length).toBe(2)
  })
})

it('the loss loses its end where PAD is the end', () => {
  const [pad, end] = [0, 2]
  const own = lossTargets([1, 7, 8, end], pad, 2)
  expect(own.map(({ target, byPosition, byId }) => [target, byPosition, byId])).toEqual([
    [7, true, true],
    [8, true, true],
    [end, true, true],
    [pad, false, false],
    [pad, false, false],
  ])
  const same = lossTargets([1, 7, 8, end], end, 2)
  expect(same.map(({ target, byPosition, byId }) => [target, byPosition, byId])).toEqual([
    [7, true, true],
    [8, true, true],
    [end, true, false],
    [end, false, false],
    [end, false, false],
  ])
})

describe('the start token', () => {
  const plan = { other: 20, seed: 3 }

  async function facts(): Promise<Record<StartWay, StartFacts>> {
    const { engine, shown } = await opened()
    return (await startFacts(engine, shown, plan, going)) as Record<StartWay, StartFacts>
  }
  type StartWay = (typeof START_WAYS)[number]

  it('hidden changes no number, masked gives exactly 0 in its column', async () => {
    const found = await facts()
    expect(Object.keys(found)).toEqual([...START_WAYS])
    expect(found.hidden).toEqual(found.with)
    expect(found.masked.most).toBe(0)
    expect(found.masked.sink.flat().every((share) => share === 0)).toBe(true)
    for (const way of START_WAYS) if (way !== 'masked') expect(found[way].most, way).toBeGreaterThan(0)
    const all = new Set(START_WAYS.map((way) => found[way].perplexity))
    expect(all.size, 'ways that differ, but for hidden').toBe(START_WAYS.length - 1)
  })

  it('has what the text does not read of itself', async () => {
    const found = await facts()
    for (const way of ['without', 'masked'] as const) {
      expect(
        found[way].read.reduce((sum, one) => sum + one, 0),
        way,
      ).toBeCloseTo(1, 5)
    }
    expect(found.with.read.length).toBe(T - 1)
    expect(found.with.read.reduce((sum, one) => sum + one, 0)).toBeLessThan(1)
  })

  it('is noise of exactly its norm', async () => {
    const { engine, shown } = await opened()
    const x0 = async (way: StartWay, norm = 1) => {
      const { ids, extras } = startVariant(shown, way, plan, () => norm)
      return (await decode(engine, { ...shown, ids, extras }, { hiddenStates: true })).hiddenStates[0]?.data.subarray(
        0,
        24,
      )
    }
    const zeros = (await x0('zeros')) as Float32Array
    const norm = async (way: StartWay, wanted?: number) =>
      Math.hypot(...((await x0(way, wanted)) as Float32Array).map((value, d) => value - (zeros[d] as number)))
    const own = await norm('with')
    expect(await norm('noise', own)).toBeCloseTo(own, 4)
  })

  it('is counted by hand', () => {
    // One head, three tokens, the text from row 1 on.
    const map = { dims: [1, 3, 3], data: Float32Array.of(1, 0, 0, 0.6, 0.4, 0, 0.5, 0.3, 0.2) }
    const norms = { dims: [1, 3], data: Float32Array.of(2, 5, 7) }
    const next = { losses: Float32Array.of(9, 1, Number.NaN), watched: { dims: [3, 0], data: new Float32Array() } }
    const found = factsOfWay({ attentions: [map], valueNorms: [norms], next, tokens: 3 }, 1)
    expect(found.sink).toEqual([[expect.closeTo(0.55)]])
    expect(found).toMatchObject({
      valueNorm: [2],
      otherNorms: [6],
      perplexity: expect.closeTo(Math.E),
      read: [expect.closeTo(0.3), expect.closeTo(0.2)],
      itself: expect.closeTo(0.2),
      previous: expect.closeTo(0.3),
      most: expect.closeTo(0.6),
    })
  })
})

describe('a window', () => {
  it('keeps the newest and the first', () => {
    const kept = (query: number) =>
      Array.from({ length: query + 1 }, (_, key) => isKept({ last: 2, first: 1 }, query, key))
    expect(kept(0)).toEqual([true])
    expect(kept(4)).toEqual([true, false, false, true, true])
  })

  it('changes nothing before it is full, and all of it is the text as it is', async () => {
    const { engine, shown } = await opened()
    const { all, window, withFirst } = await windowLosses(engine, shown, { last: 3, first: 2 }, going)
    expect(all.length).toBe(T - 1)
    expect(window.slice(0, 3)).toEqual(all.slice(0, 3).map((value) => expect.closeTo(value, 5)))
    expect(window.slice(3)).not.toEqual(all.slice(3))
    expect(withFirst.slice(0, 5)).toEqual(all.slice(0, 5).map((value) => expect.closeTo(value, 5)))
    expect(withFirst.slice(5)).not.toEqual(window.slice(5))
    const wide = await windowLosses(engine, shown, { last: T, first: 0 }, going)
    expect(wide.window).toEqual(wide.all.map((value) => expect.closeTo(value, 5)))
  })
})

describe('a cell of the causal mask', () => {
  it('lets in front of it nobody see, behind it those who read it', () => {
    expect(cheaters(6, 1, readsWith({ query: 2, key: 1 }))).toEqual([])
    expect(cheaters(6, 1, readsWith({ query: 2, key: 3 }))).toEqual([2])
    // The reader of token 4 tells those behind it, a layer later; row 4 has token 5 still to guess.
    expect(cheaters(6, 1, readsWith({ query: 2, key: 4 }))).toEqual([])
    expect(cheaters(6, 2, readsWith({ query: 2, key: 4 }))).toEqual([2, 3])
  })

  it('reaches what layers of matrices reach', () => {
    const next = uniform(11)
    for (let seed = 0; seed < 40; seed++) {
      const edges = Array.from({ length: 25 }, () => next() < 0.3)
      const reads = (q: number, k: number) => edges[q * 5 + k] as boolean
      // Known after l layers: a path of at most l steps.
      const steps = (from: number, left: number): Set<number> =>
        new Set([
          from,
          ...(left === 0 ? [] : [0, 1, 2, 3, 4].filter((k) => reads(from, k)).flatMap((k) => [...steps(k, left - 1)])),
        ])
      const known = reach(5, 3, reads)
      for (let row = 0; row < 5; row++) {
        for (let token = 0; token < 5; token++) expect(known[row * 5 + token]).toBe(steps(row, 3).has(token))
      }
    }
  })

  it('opened changes the loss of no row in front of its reader, and of those that can know', async () => {
    const { engine, shown } = await opened()
    const cell = { query: 4, key: 6 }
    const { before, after, divergence: moved } = await cellEffect(engine, shown, cell, 4)
    for (let row = 0; row < 4; row++)
      expect(Math.abs((after[row] as number) - (before[row] as number))).toBeLessThan(1e-6)
    const can = cheaters(T, shown.model.info.layers, readsWith(cell))
    expect(can).toEqual([4, 5])
    for (const row of can) expect(Math.abs((after[row] as number) - (before[row] as number))).toBeGreaterThan(1e-4)
    expect(moved).toBeGreaterThan(0)
  })

  it('closed moves the distribution after its reader', async () => {
    const { engine, shown } = await opened()
    const { before, after, moved, divergence: far } = await cellEffect(engine, shown, { query: 5, key: 2 }, 5)
    expect([...after.subarray(0, 5)]).toEqual([...before.subarray(0, 5)].map((value) => expect.closeTo(value, 5)))
    expect(far).toBeGreaterThan(0)
    expect(moved.length).toBe(10)
    const moves = moved.map((one) => Math.abs(one.after - one.before))
    expect(moves).toEqual(moves.toSorted((a, b) => b - a))
  })
})

describe('beams', () => {
  const plan = { beams: 3, maxNewTokens: 6, minNewTokens: 0, suppressEnd: false }

  it('are ranked by any penalty as a search of its own ranks them, and no model is asked', async () => {
    const { engine, shown, forwards } = await opened()
    const run = await searchBeams(engine, shown.model, [9, 30], plan)
    const asked = forwards()
    for (const lengthPenalty of [-1, 0, 1, 2]) {
      const { finished, greedy } = rank(run, { lengthPenalty, endCounts: true })
      const own = await engine.generate({ model: '', inputIds: [9, 30], maxNewTokens: 6, numBeams: 3, lengthPenalty })
      expect(finished.map(({ tokens }) => [9, 30, ...tokens])).toEqual(own.sequences)
      expect(finished.map(({ score }) => score)).toEqual(own.scores)
      const one = await engine.generate({ model: '', inputIds: [9, 30], maxNewTokens: 6, lengthPenalty })
      expect([[9, 30, ...greedy.tokens]]).toEqual(one.sequences)
      expect(greedy.score).toBeCloseTo(one.scores[0] as number, 10)
    }
    expect(forwards()).toBe(asked)
  })

  it('do not end where the end may not be written', async () => {
    const { engine, shown } = await opened()
    const { trace } = await searchBeams(engine, shown.model, [9, 30], { ...plan, suppressEnd: true })
    expect(trace.length).toBe(6)
    expect(
      trace
        .slice(0, -1)
        .flat()
        .every(({ fate }) => fate === 'on' || fate === 'pruned'),
    ).toBe(true)
  })

  it('of a decoder without an end go to the last step', async () => {
    // As transformers' default for GPT-2 is, which this vocabulary does not have.
    const { engine, shown } = await opened('gpt2-lm', { eos_token_id: 50_256 })
    const run = await searchBeams(engine, shown.model, [9, 30], { ...plan, beams: 8 })
    const { finished } = rank(run, { lengthPenalty: 1, endCounts: true })
    expect(finished.length).toBe(8)
    expect(finished.every(({ tokens }) => tokens.length === 6)).toBe(true)
  })

  it('say how far they are', async () => {
    const { engine, shown } = await opened()
    const steps: string[] = []
    const onStep: OnStep = (done, total) => steps.push(`${done}/${total}`)
    await searchBeams(engine, shown.model, [9, 30], { ...plan, suppressEnd: true }, { onStep })
    expect(steps).toEqual(['1/6', '2/6', '3/6', '4/6', '5/6'])
  })

  it('can be stopped', async () => {
    const { engine, shown } = await opened()
    const stopped = searchBeams(
      engine,
      shown.model,
      [9],
      { ...plan, suppressEnd: true },
      { signal: AbortSignal.abort() },
    )
    await expect(stopped).rejects.toThrow('Writing was stopped')
  })

  it('ask of the engine what the plan of the ends says', () => {
    expect(planRequest({ bias: 1, suppressUntil: 9, forceAt: 3, threshold: null }, 5)).toEqual({
      minNewTokens: 5,
      ends: { bias: 1, forceAt: 3 },
    })
  })
})
