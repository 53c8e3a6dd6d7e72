/** What is read off the logits of one row: probabilities, entropies, ranks, and how far two rows are apart. Pure; each row is read once. */

import { rankOf } from '../../../core/logits.ts'

export interface RowFacts {
  /** ln Σ exp: a logit less this is a log-probability. */
  logSum: number
  /** In bits. */
  entropy: number
  /** The most probable token. */
  best: number
}

const known = new WeakMap<Float32Array, RowFacts>()

export function factsOf(logits: Float32Array): RowFacts {
  const found = known.get(logits) ?? read(logits)
  known.set(logits, found)
  return found
}

function read(logits: Float32Array): RowFacts {
  let best = 0
  for (let id = 1; id < logits.length; id++) if ((logits[id] as number) > (logits[best] as number)) best = id
  const most = logits[best] as number
  let sum = 0
  let weighted = 0
  for (let id = 0; id < logits.length; id++) {
    const above = (logits[id] as number) - most
    const share = Math.exp(above)
    sum += share
    weighted += share * above
  }
  // H = ln Σ exp − Σ p · logit, shifted by the maximum.
  return { logSum: most + Math.log(sum), entropy: (Math.log(sum) - weighted / sum) / Math.LN2, best }
}

export function logProbability(logits: Float32Array, id: number): number {
  return (logits[id] ?? Number.NaN) - factsOf(logits).logSum
}

export function probability(logits: Float32Array, id: number): number {
  return Math.exp(logProbability(logits, id))
}

/** 1: the most probable. */
export function rank(logits: Float32Array, id: number): number {
  return rankOf(logits, id)
}

/** Kullback–Leibler divergence Σ p · log₂(p / q) in bits: what it costs to take q for p (Kullback and Leibler 1951). */
export function divergence(p: Float32Array, q: Float32Array): number {
  const [ofP, ofQ] = [factsOf(p).logSum, factsOf(q).logSum]
  let sum = 0
  for (let id = 0; id < p.length; id++) {
    const log = (p[id] as number) - ofP
    const share = Math.exp(log)
    if (share > 0) sum += share * (log - ((q[id] as number) - ofQ))
  }
  return Math.max(0, sum / Math.LN2)
}

/** The tokens whose probability changed most, furthest first. */
export function mostChanged(
  p: Float32Array,
  q: Float32Array,
  count: number,
): { id: number; before: number; after: number }[] {
  const changes = Array.from(p, (_, id) => ({ id, before: probability(p, id), after: probability(q, id) }))
  return changes
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || a.id - b.id)
    .slice(0, count)
}
