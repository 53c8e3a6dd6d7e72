/** Question answering: the stretch of text that a head with a start and an end for each token points at. */

import { softmax } from '../../../core/logits.ts'
import { isContent } from '../../../sequence/token.ts'
import type { Readout } from '../../../state/readouts.ts'
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
  return places(rows).reduce<Span>(
    (best, [from, to]) => {
      const probability = (starts[from] as number) * (ends[to] as number)
      return probability > best.probability ? { from, to, probability, starts, ends } : best
    },
    { from: rows[0] as number, to: rows[0] as number, probability: -1, starts, ends },
  )
}

/** Every stretch that may be an answer. */
function places(rows: readonly number[]): [from: number, to: number][] {
  return rows.flatMap((from) =>
    rows.filter((to) => to >= from && to - from < MAX_SPAN_TOKENS).map((to): [number, number] => [from, to]),
  )
}

/**
 * The answer as read-outs that runs of other tokens can be compared by: the stretch (each by itself, with the probability that
 * `bestSpan` gives it), where it starts, where it ends.
 */
export function spanReadouts(run: TextRun): Readout[] {
  const span = bestSpan(run)
  if (!span) return []
  const rows = spanRows(run)
  const stretches = places(rows)
  const { starts, ends } = span
  const key = (row: number) => `${run.tokens[row]?.key}`
  const end = (which: 'start' | 'end', shares: Float64Array): Readout => ({
    id: `span ${which}`,
    head: 'span',
    scoring: 'softmax',
    scores: Float64Array.from(rows, (row) => shares[row] as number),
    names: rows.map((row) => rowName(run, row)),
    classes: rows.map(key),
  })
  const whole: Readout = {
    id: 'span',
    head: 'span',
    scoring: 'sigmoid',
    scores: Float64Array.from(stretches, ([from, to]) => (starts[from] as number) * (ends[to] as number)),
    names: stretches.map(([from, to]) => spanText(run, { from, to })),
    classes: stretches.map(([from, to]) => `${key(from)} ${key(to)}`),
  }
  return [whole, end('start', starts), end('end', ends)]
}

/** "good @4": a token and its row, which tells two of the same label apart. */
export function rowName(run: TextRun, row: number): string {
  return `${run.tokens[row]?.label} @${row}`
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
