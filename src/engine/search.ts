/** Which tokens are written: the best one, the best few sequences, or one by chance. Pure arithmetic on log-probabilities. */

import { topK } from '../core/logits.ts'
import { uniform } from '../core/random.ts'
import type { GenerateRequest } from './protocol.ts'
import { drawOf, warped } from './sampling.ts'

/** What a search needs to know beside the log-probabilities. */
export interface SearchPlan {
  maxNewTokens: number
  lengthPenalty: number
  endTokens: ReadonlySet<number>
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
 * beam to the next best, and the search ends when the best running one could not enter the finished ones at its length now.
 */
export function beamSearch(plan: SearchPlan, beams: number): Search {
  const candidates = Math.max(2, 1 + plan.endTokens.size) * beams
  let running: Hypothesis[] = [{ tokens: [], score: 0 }]
  let finished: Hypothesis[] = []

  return {
    advance(rows) {
      const best = bestContinuations(running, rows, candidates).map(({ parent, token, score }) => ({
        parent,
        token,
        hypothesis: { tokens: [...(running[parent] as Hypothesis).tokens, token], score },
      }))
      // What ends below the first few is dropped: the rest is there to keep every beam running.
      const ended = best.slice(0, beams).filter(({ hypothesis }) => isOver(hypothesis, plan))
      finished = [...finished, ...ended.map(({ hypothesis }) => penalised(hypothesis, plan))]
        .sort((a, b) => b.score - a.score)
        .slice(0, beams)
      const on = best.filter(({ hypothesis }) => !isOver(hypothesis, plan)).slice(0, beams)
      running = on.map(({ hypothesis }) => hypothesis)
      const [first] = running
      const mayImprove = first && (finished.length < beams || penalised(first, plan).score > worst(finished))
      return mayImprove ? on.map(({ parent, token }) => ({ parent, token })) : []
    },
    finished: () => finished,
  }
}

/** The best continuations of all running hypotheses together. */
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
function penalised({ tokens, score }: Hypothesis, { lengthPenalty }: SearchPlan): Hypothesis {
  return { tokens, score: score / tokens.length ** lengthPenalty }
}

function worst(finished: readonly Hypothesis[]): number {
  return Math.min(...finished.map(({ score }) => score))
}

/** Tokens by chance, the same ones for the same seed. */
export function drawn({ seed, ...sampling }: NonNullable<GenerateRequest['sample']>): (row: Float64Array) => number {
  const next = uniform(seed)
  return (row) => drawOf(warped(row, sampling), next()).token
}
