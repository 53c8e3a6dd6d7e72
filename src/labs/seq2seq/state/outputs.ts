/** What a run says of each token that its decoder has to write. */

import { softmax, topK } from '../../../core/logits.ts'
import type { Seq2SeqRun } from './run.ts'

/** Of one decoder row. */
export interface Output {
  /** Probabilities over the vocabulary, [V]. */
  probabilities: Float64Array
  /** ln p of the token that is to be written; NaN where there is none. */
  logP: number
  /** The token that the model would write. */
  best: number
}

const known = new WeakMap<Seq2SeqRun['result'], Output[]>()

/** By decoder row. */
export function outputsOf({ rows, result }: Pick<Seq2SeqRun, 'rows' | 'result'>): Output[] {
  const cached = known.get(result)
  if (cached) return cached
  const { lm } = result.logits
  const V = lm?.dims.at(-1) ?? 0
  const outputs = rows.map(({ writes }, row): Output => {
    const probabilities = lm ? softmax(lm.data, row * V, V) : new Float64Array()
    const id = writes?.id ?? null
    const best = topK(probabilities, 1)[0]?.index ?? 0
    return { probabilities, logP: id === null ? Number.NaN : Math.log(probabilities[id] ?? Number.NaN), best }
  })
  known.set(result, outputs)
  return outputs
}

/** Σ ln p over what counts, NaN where a token is none that the model can write; over how many tokens, and how many are such. */
export function totalLogP(run: Pick<Seq2SeqRun, 'rows' | 'result'>): { sum: number; tokens: number; outside: number } {
  const outputs = outputsOf(run)
  const counted = run.rows.flatMap(({ counts }, row) => (counts ? [outputs[row]?.logP ?? Number.NaN] : []))
  const outside = counted.filter((value) => Number.isNaN(value)).length
  return { sum: counted.reduce((sum, value) => sum + value, 0), tokens: counted.length, outside }
}

/** max |a − b| over the logits of rows that both runs have. */
export function logitDifference(a: Seq2SeqRun, b: Seq2SeqRun): number {
  const [one, other] = [a.result.logits.lm?.data ?? [], b.result.logits.lm?.data ?? []]
  let most = 0
  for (let i = 0; i < Math.min(one.length, other.length); i++) {
    most = Math.max(most, Math.abs((one[i] as number) - (other[i] as number)))
  }
  return most
}
