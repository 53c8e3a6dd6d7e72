/** The word that is asked for: what checks of cause follow. */

import { softmax } from '../../../../core/logits.ts'
import type { MemoryRun } from './run.ts'

export interface Asked {
  /** Among the rows of the text. */
  row: number
  /** The best word, and its probability. */
  best: number
  probability: number
  /** Of every word. */
  scores: Float64Array
}

/** Of the first row that is asked for; null where none is. */
export function askedOf({ mlmRows, result: { logits } }: Pick<MemoryRun, 'mlmRows' | 'result'>): Asked | null {
  const [row] = mlmRows
  const { mlm } = logits
  if (row === undefined || !mlm) return null
  const scores = softmax(mlm.data, 0, mlm.dims.at(-1) as number)
  const best = scores.reduce((top, score, word) => (score > (scores[top] as number) ? word : top), 0)
  return { row, best, probability: scores[best] as number, scores }
}
