/**
 * All ways to cut a word into pieces, as a lattice of arcs between its letters (Kudo 2018, "Subword Regularization"; lattice.rs of
 * Hugging Face's `tokenizers`, whose order of ties this follows).
 */

import { Heap } from '../core/heap.ts'

/** The id of arcs that are no piece: a letter that no piece covers. */
export const UNKNOWN_ID = 0

/** Scores are natural logarithms of probabilities. */
export interface Arc {
  from: number
  to: number
  id: number
  score: number
}

/** Beyond this difference the smaller of two does not count. */
const NEGLIGIBLE = 50

function logSumExp(a: number, b: number): number {
  const [low, high] = a > b ? [b, a] : [a, b]
  return high > low + NEGLIGIBLE ? high : high + Math.log(Math.exp(low - high) + 1)
}

export class Lattice {
  /** In order of `from`, then of `to`. */
  readonly arcs: readonly Arc[]
  /** Letters of the word. */
  readonly length: number
  /** By place: the arcs that begin and that end there. */
  readonly #begin: number[][]
  readonly #end: number[][]

  constructor(length: number, arcs: readonly Arc[]) {
    this.length = length
    this.arcs = arcs
    this.#begin = Array.from({ length: length + 1 }, () => [])
    this.#end = Array.from({ length: length + 1 }, () => [])
    for (const [i, { from, to }] of arcs.entries()) {
      ;(this.#begin[from] as number[]).push(i)
      ;(this.#end[to] as number[]).push(i)
    }
  }

  /** The best way through, as arcs; empty where there is none. */
  best(): Arc[] {
    const { back } = this.#scores()
    const path: Arc[] = []
    for (let i = back[this.arcs.length] ?? -1; i >= 0; i = back[i] as number) path.push(this.arcs[i] as Arc)
    return path.reverse()
  }

  /** The n best ways, best first: A* from the end, with the best scores from the start as the estimate. */
  nBest(n: number): { arcs: Arc[]; score: number }[] {
    const { scores } = this.#scores()
    interface Hypothesis {
      /** undefined: the word's end, and its start, where a way is complete. */
      arc: number | undefined
      isStart?: boolean
      at: number
      next: Hypothesis | null
      estimate: number
      behind: number
    }
    const agenda = new Heap<Hypothesis>((a, b) => a.estimate < b.estimate)
    const found: { arcs: Arc[]; score: number }[] = []
    agenda.push({ arc: undefined, at: this.length, next: null, estimate: 0, behind: 0 })
    for (let top = agenda.pop(); top && found.length < n; top = agenda.pop()) {
      if (top.isStart) {
        const arcs: Arc[] = []
        for (let one: Hypothesis | null = top; one; one = one.next) {
          if (one.arc !== undefined) arcs.push(this.arcs[one.arc] as Arc)
        }
        found.push({ arcs, score: top.behind })
        continue
      }
      if (top.at === 0) agenda.push({ ...top, arc: undefined, isStart: true, next: top, estimate: top.behind })
      for (const i of this.#end[top.at] as number[]) {
        const { score, from } = this.arcs[i] as Arc
        const estimate = (scores[i] as number) + top.behind
        agenda.push({ arc: i, at: from, next: top, estimate, behind: score + top.behind })
      }
    }
    return found
  }

  /**
   * Forward and backward sums over all ways.
   * @returns z: the logarithm of what all ways are worth; shares: by arc, how much of that goes through it
   */
  marginals(): { z: number; shares: Float64Array } {
    const { forward, backward } = this.#sums(1)
    const z = forward[this.length] as number
    const shares = Float64Array.from(this.arcs, ({ from, to, score }) =>
      Math.exp((forward[from] as number) + score + (backward[to] as number) - z),
    )
    return { z, shares }
  }

  /**
   * A way drawn with probability ∝ exp(α · its score), from the end to the start.
   * @param random numbers in [0, 1)
   */
  sample(alpha: number, random: () => number): Arc[] {
    const { forward } = this.#sums(alpha)
    const path: Arc[] = []
    for (let at = this.length; at > 0; ) {
      const ends = (this.#end[at] as number[]).map((i) => this.arcs[i] as Arc)
      let left = random()
      let chosen = ends.at(-1)
      for (const arc of ends) {
        left -= Math.exp((forward[arc.from] as number) + alpha * arc.score - (forward[at] as number))
        if (left < 0) {
          chosen = arc
          break
        }
      }
      if (!chosen) return []
      path.push(chosen)
      at = chosen.from
    }
    return path.reverse()
  }

  /** Log-sums over all ways up to and from each place, with scores times alpha. */
  #sums(alpha: number): { forward: Float64Array; backward: Float64Array } {
    const over = (arcs: readonly number[], other: (arc: Arc) => number, sums: Float64Array) =>
      arcs.reduce((sum, i, nth) => {
        const arc = this.arcs[i] as Arc
        const value = alpha * arc.score + (sums[other(arc)] as number)
        return nth === 0 ? value : logSumExp(sum, value)
      }, Number.NEGATIVE_INFINITY)
    const [forward, backward] = [new Float64Array(this.length + 1), new Float64Array(this.length + 1)]
    for (let at = 1; at <= this.length; at++) {
      forward[at] = over(this.#end[at] as number[], ({ from }) => from, forward)
      const place = this.length - at
      backward[place] = over(this.#begin[place] as number[], ({ to }) => to, backward)
    }
    return { forward, backward }
  }

  /** Viterbi: by arc, the best score up to its end and the arc before it; of equals the longest. The last entry is the word's end. */
  #scores(): { scores: Float64Array; back: Int32Array } {
    const count = this.arcs.length
    const scores = new Float64Array(count + 1)
    const back = new Int32Array(count + 1).fill(-1)
    const settle = (i: number, from: number, own: number) => {
      if (from === 0) {
        scores[i] = own
        return
      }
      let best = Number.NEGATIVE_INFINITY
      for (const before of this.#end[from] as number[]) {
        const score = (scores[before] as number) + own
        if (score > best) {
          best = score
          back[i] = before
        }
      }
      scores[i] = best
    }
    for (const [i, { from, score }] of this.arcs.entries()) settle(i, from, score)
    settle(count, this.length, 0)
    return { scores, back }
  }
}
