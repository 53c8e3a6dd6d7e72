/** What a run answers, as scores that can be compared between runs. */

import { softmax } from '../core/logits.ts'

/**
 * How a head's logits become scores: a distribution over its classes, a probability for each class by itself (several may hold,
 * or there is only one), or the numbers as they are (regression).
 */
export type Scoring = 'softmax' | 'sigmoid' | 'none'

/** One question to the model and its answer: a [MASK], the next sentence, a classifier, the label of a token, where an answer stands. */
export interface Readout {
  /** `nsp`, `sentiment`, …, or `mask <key>`, `tokens <key>`: the same question in every run. */
  id: string
  /** The head that answers, as `logits` calls it. */
  head: string
  /** The key of the token that the answer is about; absent: it is about the whole input. */
  key?: number
  scoring: Scoring
  /** One a class or word; what they are says `scoring`. */
  scores: Float64Array
  /** The name of each class or word. */
  names: readonly string[]
  /** What each class is in any run, where every run has classes of its own: the tokens that an answer may start at. */
  classes?: readonly string[]
}

/** The answer of a head over classes, out of its logits [K]. */
export function classReadout(head: string, names: readonly string[], logits: ArrayLike<number>, scoring: Scoring) {
  return { id: head, head, scoring, scores: scoresOf(logits, scoring), names } satisfies Readout
}

function scoresOf(logits: ArrayLike<number>, scoring: Scoring): Float64Array {
  switch (scoring) {
    case 'softmax':
      return softmax(logits)
    case 'sigmoid':
      return Float64Array.from(logits, (logit) => 1 / (1 + Math.exp(-logit)))
    case 'none':
      return Float64Array.from(logits)
  }
}

/** How an answer changed from one run to another. */
export interface ReadoutChange {
  /** The first run's best answer, and its score in both runs. */
  best: string
  before: number
  after: number
  /** The second run's best answer. */
  bestAfter: string
  bestAfterScore: number
  distance: number
}

/** @param after of the same question: the same classes, or named by `classes` */
export function changeOf(before: Readout, after: Readout): ReadoutChange {
  const best = bestOf(before)
  const bestAfter = bestOf(after)
  const [, scoresAfter] = paired(before, after)
  const name = ({ names }: Readout, index: number) => names[index] ?? `#${index}`
  return {
    best: name(before, best),
    before: before.scores[best] as number,
    after: scoresAfter[best] as number,
    bestAfter: name(after, bestAfter),
    bestAfterScore: after.scores[bestAfter] as number,
    distance: distanceOf(before, after),
  }
}

/** As many answers as somebody would look through. */
const MOST_NAMED = 20

/** The classes with the highest scores by their names, the best first. */
export function bestNames({ scores, names }: Pick<Readout, 'scores' | 'names'>): string[] {
  const best = [...names.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number))
  return best.slice(0, MOST_NAMED).map((index) => names[index] as string)
}

/** The class with the highest score. */
export function bestOf({ scores }: Pick<Readout, 'scores'>): number {
  return scores.reduce((best, value, i) => (value > (scores[best] as number) ? i : best), 0)
}

/**
 * How far two answers to one question lie apart. Of distributions the total variation distance, ½ Σ|p − q|: 0 the same, 1 nothing in
 * common. Of classes by themselves the furthest of them: each is a distribution of two outcomes, whose distance is |p − q|. Of numbers
 * the furthest, in their own unit.
 */
export function distanceOf(a: Readout, b: Readout): number {
  const [p, q] = paired(a, b)
  if (a.scoring === 'softmax') return totalVariation(p, q)
  return p.reduce((furthest, score, i) => Math.max(furthest, Math.abs(score - (q[i] as number))), 0)
}

/** The scores of both answers, class by class: those of `a` in their order, then what only `b` has. A class that is not there has 0. */
function paired(a: Readout, b: Readout): [Float64Array, Float64Array] {
  if (!a.classes || !b.classes) return [a.scores, b.scores]
  const classes = [...new Set([...a.classes, ...b.classes])]
  const scoresIn = ({ classes: own = [], scores }: Readout) => {
    const places = new Map(own.map((name, i) => [name, i]))
    return Float64Array.from(classes, (name) => scores[places.get(name) ?? -1] ?? 0)
  }
  return [scoresIn(a), scoresIn(b)]
}

/** @param p, q distributions over the same classes */
export function totalVariation(p: ArrayLike<number>, q: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < p.length; i++) sum += Math.abs((p[i] as number) - (q[i] as number))
  return sum / 2
}
