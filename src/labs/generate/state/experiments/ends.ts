/** When a text ends: the probability of its end at every step, rules about it, and what follows for its length. */

import type { GenerateRequest } from '../../../../engine/protocol.ts'

/** New tokens are counted from 1. */
export interface EndPlan {
  /** Added to the logit of the end. */
  bias: number
  /** No end among so many first tokens. */
  suppressUntil: number
  /** This token ends the text at the latest. */
  forceAt: number | null
  /** The text ends as soon as the end is at least as probable. */
  threshold: number | null
}

export const NO_PLAN: EndPlan = { bias: 0, suppressUntil: 0, forceAt: null, threshold: null }

export function hasRules({ bias, suppressUntil, forceAt, threshold }: EndPlan): boolean {
  return bias !== 0 || suppressUntil > 0 || forceAt !== null || threshold !== null
}

/** A plan as the engine is asked to follow it. */
export function planRequest({ bias, suppressUntil, forceAt, threshold }: EndPlan, maxNewTokens: number) {
  return {
    minNewTokens: Math.min(suppressUntil, maxNewTokens),
    ends: { bias, ...(forceAt !== null && { forceAt }), ...(threshold !== null && { threshold }) },
  } satisfies Partial<GenerateRequest>
}

/** P(end) at each step under a plan: what is known without another run. @param ends P(end) by step, of the model alone */
export function ruledEnds(ends: readonly number[], { bias, suppressUntil, forceAt, threshold }: EndPlan): number[] {
  return ends.map((p, i) => {
    const nth = i + 1
    if (nth <= suppressUntil) return 0
    if (forceAt !== null && nth >= forceAt) return 1
    const favoured = p * Math.exp(bias)
    const ruled = favoured / (favoured + 1 - p)
    return threshold !== null && ruled >= threshold ? 1 : ruled
  })
}

export interface Stopping {
  /** P(the text stops at step t), t from 1. */
  at: number[]
  /** Σ t · P(stop at t), of the texts that stop within the steps; NaN where none does. */
  expected: number
  /** The share that would go on after the last step. */
  goesOn: number
}

/** A text that is followed step by step and may end at each. */
export function stopping(ends: readonly number[]): Stopping {
  let goesOn = 1
  const at = ends.map((p) => {
    const here = goesOn * p
    goesOn -= here
    return here
  })
  const stops = at.reduce((sum, p) => sum + p, 0)
  const expected = stops > 0 ? at.reduce((sum, p, i) => sum + (i + 1) * p, 0) / stops : Number.NaN
  return { at, expected, goesOn: Math.max(0, goesOn) }
}

/** A sentence's end as the first of two decisions; whether the text ends there is the second. */
export interface SentenceEnd {
  /** The new token that ends the sentence, from 1. */
  nth: number
  /** P(this sentence ends here), and P(the text ends | it did). */
  sentence: number
  text: number
  /** P(the text stops after this sentence), of a text that was followed from its start. */
  stops: number
}

/**
 * @param isSentenceEnd by new token, whether it is the sentence's end
 * @param sentenceEnds P(sentence end) by step; @param ends P(text end) by step, one more: after the last token
 */
export function sentenceEnds(
  isSentenceEnd: readonly boolean[],
  sentenceEnds: readonly number[],
  ends: readonly number[],
): SentenceEnd[] {
  let goesOn = 1
  return isSentenceEnd.flatMap((is, i) => {
    if (!is) return []
    const text = ends[i + 1] ?? Number.NaN
    const stops = goesOn * text
    goesOn -= stops
    return [{ nth: i + 1, sentence: sentenceEnds[i] ?? Number.NaN, text, stops }]
  })
}
