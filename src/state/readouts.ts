/** What a run answers, as distributions that can be compared between runs. */

/** One question to the model and its answer: a [MASK], the next sentence, a classifier. */
export interface Readout {
  /** `nsp`, `sentiment`, …, or `mask <key>`: the same question in every run. */
  id: string
  /** Of a [MASK]: the key of its token. */
  key?: number
  /** The probability of each class or word. */
  probabilities: Float64Array
  /** The name of each class or word. */
  names: readonly string[]
}

/** How an answer changed from one run to another. */
export interface ReadoutChange {
  /** The first run's best answer, and its probability in both runs. */
  best: string
  before: number
  after: number
  /** The second run's best answer. */
  bestAfter: string
  bestAfterProbability: number
  /** Total variation distance of the two distributions, ½ Σ|p − q|: 0 the same, 1 nothing in common. */
  distance: number
}

/** @param after of the same question: as many classes */
export function changeOf(before: Readout, after: Readout): ReadoutChange {
  const best = indexOfLargest(before.probabilities)
  const bestAfter = indexOfLargest(after.probabilities)
  const name = (index: number) => before.names[index] ?? `#${index}`
  return {
    best: name(best),
    before: before.probabilities[best] as number,
    after: after.probabilities[best] as number,
    bestAfter: name(bestAfter),
    bestAfterProbability: after.probabilities[bestAfter] as number,
    distance: totalVariation(before.probabilities, after.probabilities),
  }
}

/** @param p, q distributions over the same classes */
export function totalVariation(p: ArrayLike<number>, q: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < p.length; i++) sum += Math.abs((p[i] as number) - (q[i] as number))
  return sum / 2
}

function indexOfLargest(values: Float64Array): number {
  return values.reduce((best, value, i) => (value > (values[best] as number) ? i : best), 0)
}
