/** A traced beam search over the text on screen, and what its leaves say under any length penalty. */

import type { BeamStep, LoadedModel, OnStep } from '../../../../engine/protocol.ts'
import { type Hypothesis, lengthOf, ranked } from '../../../../engine/search.ts'
import type { Engine } from '../../../../state/engine.ts'

/** What needs the model: a change of it is another search. */
export interface BeamPlan {
  beams: number
  maxNewTokens: number
  minNewTokens: number
  suppressEnd: boolean
}

/** What only orders what was found. */
export interface Ranking {
  lengthPenalty: number
  endCounts: boolean
}

export interface BeamRun {
  prompt: number[]
  plan: BeamPlan
  endTokens: number[]
  trace: BeamStep[]
  greedy: Hypothesis
}

export interface Ranked {
  finished: Hypothesis[]
  steps: number
  /** The greedy sequence under the same ranking. */
  greedy: Hypothesis
}

export async function searchBeams(
  engine: Pick<Engine, 'generate'>,
  { id, info }: Pick<LoadedModel, 'id' | 'info'>,
  prompt: readonly number[],
  plan: BeamPlan,
  { signal, onStep }: { signal?: AbortSignal; onStep?: OnStep } = {},
): Promise<BeamRun> {
  const { beams, maxNewTokens, minNewTokens, suppressEnd } = plan
  const endTokens = info.generates?.endTokens ?? []
  const request = {
    model: id,
    inputIds: [...prompt],
    maxNewTokens,
    minNewTokens,
    suppressTokens: suppressEnd ? endTokens : [],
  }
  const { trace = [] } = await engine.generate({ ...request, numBeams: beams, trace: true }, signal, onStep)
  // Sums, not means: a penalty of 0 divides by 1.
  const { sequences, scores } = await engine.generate({ ...request, lengthPenalty: 0 }, signal)
  const greedy = { tokens: sequences[0]?.slice(prompt.length) ?? [], score: scores[0] as number }
  return { prompt: [...prompt], plan, endTokens, trace, greedy }
}

export function rank({ trace, plan, endTokens, greedy }: BeamRun, ranking: Ranking): Ranked {
  const search = searchPlan(plan, endTokens, ranking)
  return { ...ranked(trace, search, plan.beams), greedy: normalised(greedy, search) }
}

/** The score of a hypothesis as it is ranked. */
export function normalised({ tokens, score }: Hypothesis, plan: ReturnType<typeof searchPlan>): Hypothesis {
  return { tokens, score: score / lengthOf(tokens, plan) ** plan.lengthPenalty }
}

export function searchPlan({ maxNewTokens }: BeamPlan, endTokens: readonly number[], ranking: Ranking) {
  return { maxNewTokens, endTokens: new Set(endTokens), ...ranking }
}
