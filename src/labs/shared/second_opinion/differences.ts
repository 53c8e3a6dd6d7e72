/** Two engines' numbers beside each other. */

import type { NDArray } from '../../../core/shapes.ts'

export interface HeadDifference {
  head: string
  ours: NDArray
  /** As many numbers as ours. */
  theirs: NDArray
  /** The largest |ours − theirs|. */
  most: number
}

/** What a graph of one head calls it. */
const ONLY_HEAD = 'logits'

/** Where an answer starts and ends: two outputs of [1, T] in a graph, one of [T, 2] here. */
function withSpan(theirs: Record<string, NDArray>): Record<string, NDArray> {
  const { start_logits: starts, end_logits: ends } = theirs
  if (!starts || !ends || starts.data.length !== ends.data.length) return theirs
  const T = starts.data.length
  const data = new Float32Array(2 * T)
  for (let row = 0; row < T; row++) data.set([starts.data[row] as number, ends.data[row] as number], 2 * row)
  return { ...theirs, span: { dims: [T, 2], data } }
}

/**
 * The heads that both answered: those of one name, or else the graph's `logits` with the one head of ours that has as many numbers.
 * @param ours without a batch axis
 * @param graph what it gave, with one of length 1
 */
export function differences(ours: Record<string, NDArray>, graph: Record<string, NDArray>): HeadDifference[] {
  const theirs = withSpan(graph)
  const sameSize = Object.entries(ours).filter(([, { data }]) => data.length === theirs[ONLY_HEAD]?.data.length)
  return Object.entries(ours).flatMap(([head, own]) => {
    const other = theirs[head] ?? (sameSize.length === 1 && sameSize[0]?.[0] === head ? theirs[ONLY_HEAD] : undefined)
    return other && other.data.length === own.data.length
      ? [{ head, ours: own, theirs: other, most: largest(own.data, other.data) }]
      : []
  })
}

/** NaN on one side is the largest difference there is. */
function largest(a: NDArray['data'], b: NDArray['data']): number {
  return a.reduce((most, value, i) => {
    const apart = Math.abs(value - (b[i] as number))
    return Number.isNaN(apart) ? Number.POSITIVE_INFINITY : Math.max(most, apart)
  }, 0)
}

/** The class with the largest logit in each row. @param classes K, the length of a row */
export function bestOfRows(logits: ArrayLike<number>, classes: number): number[] {
  return Array.from({ length: logits.length / classes }, (_, row) => {
    let best = 0
    for (let k = 1; k < classes; k++) {
      if ((logits[row * classes + k] as number) > (logits[row * classes + best] as number)) best = k
    }
    return best
  })
}
