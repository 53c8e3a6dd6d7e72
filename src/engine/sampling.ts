/**
 * From logits to the next token, one visible stage after another, in transformers' order (GenerationMixin._get_logits_processor):
 * repetition penalty → temperature → top-k → top-p → min-p → draw. Pure arithmetic in 64 bits over the whole vocabulary.
 */

import { softmax, topK } from '../core/logits.ts'

export interface Sampling {
  /** Logits of tokens that are there already are divided by it, negative ones multiplied (Keskar et al. 2019, CTRL); 1: off. */
  repetitionPenalty?: number
  /** 0: the most probable token, always. */
  temperature?: number
  /** The k most probable, and what equals the last of them; 0: off. */
  topK?: number
  /** The fewest of the most probable that together reach p (Holtzman et al. 2020); what brings the sum to p is the last one in. */
  topP?: number
  /** At least this share of the most probable one's probability (Nguyen et al. 2024). */
  minP?: number
}

export const STAGES = ['model', 'repetition', 'temperature', 'topK', 'topP', 'minP'] as const
export type StageId = (typeof STAGES)[number]

/** The distribution after one stage. */
export interface Stage {
  id: StageId
  /** [V]; 0 where a token is out. */
  probabilities: Float64Array
  /** How many of V may still be drawn. */
  survivors: number
  /** The share of the stage before that this one took away. */
  cut: number
}

/** @param present ids that the repetition penalty falls on: of the prompt and of what was written */
export function stagesOf(logits: ArrayLike<number>, sampling: Sampling, present: Iterable<number> = []): Stage[] {
  let scores: Float64Array = Float64Array.from(logits)
  const stages: Stage[] = []
  const push = (id: StageId, next: Float64Array) => {
    scores = next
    const probabilities = softmax(scores)
    const before = stages.at(-1)?.probabilities
    let survivors = 0
    let kept = 0
    for (let token = 0; token < scores.length; token++) {
      if (scores[token] === Number.NEGATIVE_INFINITY) continue
      survivors++
      kept += before?.[token] ?? 0
    }
    stages.push({
      id,
      probabilities,
      survivors, // What rounding leaves of 1 is no cut.
      cut: survivors === stages.at(-1)?.survivors || !before ? 0 : 1 - kept,
    })
  }
  push('model', scores)
  push('repetition', penalised(scores, sampling.repetitionPenalty ?? 1, present))
  push('temperature', warmed(scores, sampling.temperature ?? 1))
  push('topK', bestK(scores, sampling.topK ?? scores.length))
  push('topP', nucleus(scores, sampling.topP ?? 1))
  push('minP', floor(scores, sampling.minP ?? 0))
  return stages
}

/** What a token is drawn by. */
export function warped(logits: ArrayLike<number>, sampling: Sampling, present: Iterable<number> = []): Float64Array {
  return (stagesOf(logits, sampling, present).at(-1) as Stage).probabilities
}

/** Entropy in bits (Shannon 1948). */
export function entropyOf(probabilities: ArrayLike<number>): number {
  let bits = 0
  for (let i = 0; i < probabilities.length; i++) {
    const p = probabilities[i] as number
    if (p > 0) bits -= p * Math.log2(p)
  }
  return bits
}

function penalised(scores: Float64Array, penalty: number, present: Iterable<number>): Float64Array {
  if (penalty === 1) return scores
  const out = scores.slice()
  for (const token of new Set(present)) {
    const score = out[token]
    if (score !== undefined) out[token] = score < 0 ? score * penalty : score / penalty
  }
  return out
}

/** At 0, the limit: the most probable token alone, of equals the one of the lowest id. */
function warmed(scores: Float64Array, temperature: number): Float64Array {
  if (temperature > 0) return scores.map((score) => score / temperature)
  const best = likeliest(scores)
  return scores.map((score, token) => (token === best ? score : Number.NEGATIVE_INFINITY))
}

function bestK(scores: Float64Array, k: number): Float64Array {
  if (k <= 0 || k >= scores.length) return scores
  const least = descending(scores)[k - 1] as number
  return scores.map((score) => (score < least ? Number.NEGATIVE_INFINITY : score))
}

/**
 * As transformers' TopPLogitsWarper: from the least probable on, out goes what together stays within 1 − p; the most probable one stays. Of
 * [.5, .3, .1, .1] at .8 two stay: a sum of exactly p is enough (transformers#18976). Of equals the lowest ids stay.
 */
function nucleus(scores: Float64Array, p: number): Float64Array {
  if (p >= 1) return scores
  const probabilities = softmax(scores)
  const sorted = descending(probabilities)
  let count = sorted.length
  let below = 0
  while (count > 1) {
    below += sorted[count - 1] as number
    if (below > 1 - p + SUM_ERROR) break
    count--
  }
  const least = sorted[count - 1] as number
  let equals = count - sorted.indexOf(least)
  return scores.map((score, token) => {
    const probability = probabilities[token] as number
    const stays = probability > least || (probability === least && equals-- > 0)
    return stays ? score : Number.NEGATIVE_INFINITY
  })
}

/** Sums of rounded numbers: .1 + .1 is a little more than 1 − .8. */
const SUM_ERROR = 1e-9

function floor(scores: Float64Array, share: number): Float64Array {
  if (share <= 0) return scores
  const probabilities = softmax(scores)
  const least = share * (probabilities[likeliest(probabilities)] as number)
  return scores.map((score, token) => ((probabilities[token] as number) < least ? Number.NEGATIVE_INFINITY : score))
}

/** The token of the highest score, of equals the one of the lowest id. */
export function likeliest(scores: ArrayLike<number>): number {
  return topK(scores, 1)[0]?.index as number
}

/** A draw: the number u fell into the interval [from, to) of the token, when all stand in their order, the most probable first. */
export interface Draw {
  token: number
  u: number
  from: number
  to: number
}

/**
 * The inverse of the cumulative distribution. Tokens stand by probability, of equals the lower id first: the far end, where sums have
 * gathered the most errors, is the least drawn. Of two backends whose probabilities differ by ε, only a u within about ε of an end of its
 * interval gives another token.
 */
export function drawOf(probabilities: Float64Array, u: number): Draw {
  const sorted = descending(probabilities)
  let rank = 0
  let from = 0
  // A sum of rounded numbers may end a little below 1: the last one that can be drawn has the rest.
  while (u >= from + (sorted[rank] as number) && (sorted[rank + 1] ?? 0) > 0) from += sorted[rank++] as number
  const p = sorted[rank] as number
  return { token: idAt(probabilities, p, rank - sorted.indexOf(p)), u, from, to: from + p }
}

/** The nth of the ids that have a value. */
function idAt(values: Float64Array, value: number, nth: number): number {
  let id = values.indexOf(value)
  for (let i = 0; i < nth; i++) id = values.indexOf(value, id + 1)
  return id
}

/** Sorted as numbers, natively: a vocabulary is large, and this is done for every token. */
function descending(values: Float64Array): Float64Array {
  return values.slice().sort().reverse()
}
