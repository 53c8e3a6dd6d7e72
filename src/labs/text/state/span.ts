/** Question answering: the stretch of text that a head with a start and an end for each token points at. */

import { softmax } from '../../../core/logits.ts'
import { isContent } from '../../../sequence/token.ts'
import type { TextRun } from './run.ts'

/** As transformers' pipeline: no answer is longer. */
export const MAX_SPAN_TOKENS = 15

export interface Span {
  /** Rows, both inside. */
  from: number
  to: number
  /** The probability that it starts there times the probability that it ends there. */
  probability: number
  /** By row: the probability that the answer starts, and ends, there; 0 where it may not. */
  starts: Float64Array
  ends: Float64Array
}

/**
 * The best span in the last segment's content, where there are several segments: the text that the question is about (the question-answering
 * pipeline of transformers, without its "no answer").
 * @returns null where the model has no such head, or there is no text to answer from
 */
export function bestSpan(run: TextRun): Span | null {
  const logits = run.result.logits.span
  const rows = spanRows(run)
  if (!logits || rows.length === 0) return null
  const [starts, ends] = [0, 1].map((which) => {
    const within = softmax(rows.map((row) => logits.data[row * 2 + which] as number))
    const all = new Float64Array(run.tokens.length)
    rows.forEach((row, i) => {
      all[row] = within[i] as number
    })
    return all
  }) as [Float64Array, Float64Array]
  let best: Span = { from: rows[0] as number, to: rows[0] as number, probability: -1, starts, ends }
  for (const from of rows) {
    for (const to of rows) {
      if (to < from || to - from >= MAX_SPAN_TOKENS) continue
      const probability = (starts[from] as number) * (ends[to] as number)
      if (probability > best.probability) best = { from, to, probability, starts, ends }
    }
  }
  return best
}

/** The rows that an answer may stand in. */
export function spanRows(run: TextRun): number[] {
  const content = run.tokens.flatMap((token, row) => (isContent(token) && token.status === 'read' ? [row] : []))
  const context = Math.max(...content.map((row) => run.segments[row] ?? 0))
  return content.filter((row) => (run.segments[row] ?? 0) === context)
}

/** The tokens of a span as text: what WordPiece split is put together. */
export function spanText(run: TextRun, { from, to }: Pick<Span, 'from' | 'to'>): string {
  const labels = run.tokens.slice(from, to + 1).map(({ label }) => label)
  return labels.join(' ').replaceAll(' ##', '')
}
