/** Which tokens are written: the best one, the best few sequences, or one by chance. Pure arithmetic on log-probabilities. */

import { topK } from '../core/logits.ts'
import { uniform } from '../core/random.ts'
import type { BeamCandidate, BeamStep, GenerateRequest } from './protocol.ts'
import { drawOf, warped } from './sampling.ts'

/** What a search needs to know beside the log-probabilities. */
export interface SearchPlan {
  maxNewTokens: number
  lengthPenalty: number
  endTokens: ReadonlySet<number>
  /** False: an end token is no part of the length that scores are divided by. As in transformers it is, when absent. */
  endCounts?: boolean
}

/** What was written so far, and the sum of its log-probabilities. */
export interface Hypothesis {
  tokens: number[]
  score: number
}

/** How a hypothesis that goes on came about: the running one before it, by its number, and a token. */
export interface Continuation {
  parent: number
  token: number
}

export interface Search {
  /**
   * @param rows log-probabilities [V] of what follows each running hypothesis; −∞: may not be written
   * @returns the hypotheses that run from now on; none: the search is over
   */
  advance(rows: readonly Float64Array[]): Continuation[]
  /** Finished hypotheses, best first; scores are divided by their length to the power of the penalty. */
  finished(): Hypothesis[]
}

/** One sequence, whose tokens are chosen one after another. @param choose a token by its log-probabilities */
export function singleSearch(plan: SearchPlan, choose: (row: Float64Array) => number): Search {
  let written: Hypothesis = { tokens: [], score: 0 }
  return {
    advance([row]) {
      const token = choose(row as Float64Array)
      written = continued(written, token, row?.[token] as number)
      return isOver(written, plan) ? [] : [{ parent: 0, token }]
    },
    finished: () => [penalised(written, plan)],
  }
}

/**
 * Beam search as transformers runs it with `early_stopping=False` (GenerationMixin._beam_search): finished hypotheses leave their
 * beam to the next best, and the search ends when the best running one could not enter the finished ones at its length now. One
 * beam is its greedy search: the best token each time, until one ends.
 * @param trace gets every step, also those after the end: what runs does not depend on the penalty, so another penalty's answer is in there
 */
export function beamSearch(plan: SearchPlan, beams: number, trace?: BeamStep[]): Search {
  let running: Hypothesis[] = [{ tokens: [], score: 0 }]
  const finishing = finishedBeams(plan, beams)
  return {
    advance(rows) {
      const step = beamStep(running, rows, plan, beams)
      trace?.push(step)
      const goesOn = finishing.take(running, step)
      const on = step.filter(({ fate }) => fate === 'on')
      running = on.map((candidate) => reached(running, candidate))
      return goesOn || trace ? on.map(({ parent, token }) => ({ parent, token })) : []
    },
    finished: finishing.best,
  }
}

/** What a traced search answers with another penalty, without the model. */
export function ranked(
  trace: readonly BeamStep[],
  plan: SearchPlan,
  beams: number,
): {
  finished: Hypothesis[]
  /** After so many steps it would have ended. */
  steps: number
} {
  const finishing = finishedBeams(plan, beams)
  let running: Hypothesis[] = [{ tokens: [], score: 0 }]
  let steps = 0
  for (const step of trace) {
    steps += 1
    if (!finishing.take(running, step)) break
    running = step.filter(({ fate }) => fate === 'on').map((candidate) => reached(running, candidate))
  }
  return { finished: finishing.best(), steps }
}

/** The best continuations of all running hypotheses together, and what becomes of each. */
function beamStep(
  running: readonly Hypothesis[],
  rows: readonly Float64Array[],
  plan: SearchPlan,
  beams: number,
): BeamStep {
  // As many that beams of them go on even where each of the others ends.
  const candidates = Math.max(2, 1 + plan.endTokens.size) * beams
  let on = 0
  return bestContinuations(running, rows, candidates).map((candidate, place) => {
    if (isOver(reached(running, candidate), plan)) return { ...candidate, fate: place < beams ? 'ended' : 'dropped' }
    return { ...candidate, fate: ++on <= beams ? 'on' : 'pruned' }
  })
}

/** The finished hypotheses of a search, at most one a beam. */
function finishedBeams(plan: SearchPlan, beams: number) {
  let finished: Hypothesis[] = []
  let over = false
  return {
    /** Takes what ended in a step, unless the search is over. @returns whether a running one could still enter */
    take(running: readonly Hypothesis[], step: BeamStep): boolean {
      if (over) return false
      const ended = step.filter(({ fate }) => fate === 'ended')
      finished = [...finished, ...ended.map((candidate) => penalised(reached(running, candidate), plan))]
        .sort((a, b) => b.score - a.score)
        .slice(0, beams)
      const first = step.find(({ fate }) => fate === 'on')
      const full = finished.length === beams
      const mayEnter = first && (!full || penalised(reached(running, first), plan).score > worst(finished))
      over = !mayEnter || (beams === 1 && full)
      return !over
    },
    best: () => finished,
  }
}

function reached(running: readonly Hypothesis[], { parent, token, score }: Omit<BeamCandidate, 'fate'>): Hypothesis {
  return { tokens: [...(running[parent] as Hypothesis).tokens, token], score }
}

function bestContinuations(running: readonly Hypothesis[], rows: readonly Float64Array[], count: number) {
  const scores = rows.flatMap((row, parent) =>
    topK(row, count).map(({ index: token, value }) => ({
      parent,
      token,
      score: (running[parent] as Hypothesis).score + value,
    })),
  )
  return scores
    .filter(({ score }) => score > Number.NEGATIVE_INFINITY)
    .sort((a, b) => b.score - a.score)
    .slice(0, count)
}

function continued({ tokens, score }: Hypothesis, token: number, logProbability: number): Hypothesis {
  return { tokens: [...tokens, token], score: score + logProbability }
}

function isOver({ tokens }: Hypothesis, { endTokens, maxNewTokens }: SearchPlan): boolean {
  return tokens.length === maxNewTokens || endTokens.has(tokens.at(-1) as number)
}

/** Longer ones have lower sums: with a penalty of 1 their mean is compared, with more the longer ones are preferred. */
function penalised({ tokens, score }: Hypothesis, plan: SearchPlan): Hypothesis {
  return { tokens, score: score / lengthOf(tokens, plan) ** plan.lengthPenalty }
}

/** What a score is divided by; one that ends at once still has a length. */
export function lengthOf(tokens: readonly number[], { endTokens, endCounts = true }: SearchPlan): number {
  const ends = endTokens.has(tokens.at(-1) as number)
  return Math.max(1, tokens.length - (ends && !endCounts ? 1 : 0))
}

function worst(finished: readonly Hypothesis[]): number {
  return Math.min(...finished.map(({ score }) => score))
}

/** Tokens by chance, the same ones for the same seed. */
export function drawn({ seed, ...sampling }: NonNullable<GenerateRequest['sample']>): (row: Float64Array) => number {
  const next = uniform(seed)
  return (row) => drawOf(warped(row, sampling), next()).token
}
