/** Beams by hand: what a trace tells, and what it answers without the model. */

import { describe, expect, it } from 'vitest'
import { uniform } from '../core/random.ts'
import type { BeamStep } from './protocol.ts'
import { beamSearch, lengthOf, ranked, type SearchPlan } from './search.ts'

const END = 0
const plan: SearchPlan = { maxNewTokens: 6, lengthPenalty: 1, endTokens: new Set([END]) }

/** Seeded log-probabilities of five tokens, by what was written. */
function rowOf(written: readonly number[], seed: number): Float64Array {
  const next = uniform(written.reduce((sum, token) => sum * 7 + token + 1, seed))
  const weights = Array.from({ length: 5 }, () => next() ** 3 + 1e-3)
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  return Float64Array.from(weights, (weight) => Math.log(weight / all))
}

/** A whole search over those. */
function search(
  penalty: number,
  beams: number,
  seed: number,
  options: { trace?: BeamStep[]; endCounts?: boolean } = {},
) {
  const { trace, endCounts } = options
  const searching = beamSearch({ ...plan, lengthPenalty: penalty, endCounts }, beams, trace)
  let running: number[][] = [[]]
  let steps = 0
  while (running.length > 0) {
    steps += 1
    const on = searching.advance(running.map((written) => rowOf(written, seed)))
    running = on.map(({ parent, token }) => [...(running[parent] as number[]), token])
  }
  return { finished: searching.finished(), steps }
}

const seeds = Array.from({ length: 25 }, (_, seed) => seed)
const PENALTIES = [-1, 0, 0.5, 1, 2, 4]

describe('a trace', () => {
  it('changes no answer', () => {
    for (const seed of seeds) {
      for (const beams of [1, 2, 3, 8]) {
        expect(search(1, beams, seed, { trace: [] }).finished).toEqual(search(1, beams, seed).finished)
      }
    }
  })

  it('answers any other penalty as a search of its own would, and knows when that would have ended', () => {
    for (const seed of seeds) {
      for (const beams of [1, 2, 4]) {
        const trace: BeamStep[] = []
        search(1, beams, seed, { trace })
        for (const penalty of PENALTIES) {
          for (const endCounts of [true, false]) {
            const again = ranked(trace, { ...plan, lengthPenalty: penalty, endCounts }, beams)
            expect(again).toEqual(search(penalty, beams, seed, { endCounts }))
          }
        }
      }
    }
    const bests = PENALTIES.map((penalty) => search(penalty, 3, 4).finished[0]?.tokens)
    expect(new Set(bests.map(String)).size, 'penalties that matter').toBeGreaterThan(1)
  })

  it('names what becomes of every candidate', () => {
    const trace: BeamStep[] = []
    const beams = beamSearch({ ...plan, maxNewTokens: 2 }, 2, trace)
    beams.advance([Float64Array.of(-1, -2, -3, -4, Number.NEGATIVE_INFINITY)])
    expect(trace[0]).toEqual([
      { parent: 0, token: 0, score: -1, fate: 'ended' },
      { parent: 0, token: 1, score: -2, fate: 'on' },
      { parent: 0, token: 2, score: -3, fate: 'on' },
      { parent: 0, token: 3, score: -4, fate: 'pruned' },
    ])
    const over = beams.advance([Float64Array.of(-9, -1, -2, -3, -4), Float64Array.of(-9, -1, -5, -6, -7)])
    expect(over).toEqual([])
    expect(trace[1]?.map(({ fate }) => fate)).toEqual(['ended', 'ended', 'dropped', 'dropped'])
  })
})

describe('a model that always ends at once', () => {
  const always = Float64Array.of(0, ...Array<number>(4).fill(Number.NEGATIVE_INFINITY))

  it('leaves eight beams with one sequence', () => {
    const beams = beamSearch(plan, 8)
    expect(beams.advance([always])).toEqual([])
    expect(beams.finished()).toEqual([{ tokens: [END], score: 0 }])
  })

  it('has a length although its end does not count', () => {
    expect(lengthOf([END], { ...plan, endCounts: false })).toBe(1)
    expect(lengthOf([3, END], { ...plan, endCounts: false })).toBe(1)
    expect(lengthOf([3, END], plan)).toBe(2)
    expect(lengthOf([3, 3], { ...plan, endCounts: false })).toBe(2)
  })
})
