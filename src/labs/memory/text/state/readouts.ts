/** What a run answers: each word that is asked for, and every head. */

import { softmax } from '../../../../core/logits.ts'
import { classReadout, type Readout } from '../../../../state/readouts.ts'
import type { MemoryRun } from './run.ts'

/** @param vocabulary the spelling of every word piece */
export function readoutsOf(run: MemoryRun, vocabulary: readonly string[]): Readout[] {
  const { info } = run.model
  const { mlm } = run.result.logits
  const V = mlm?.dims.at(-1) ?? 0
  const words = run.mlmRows.flatMap((row, m): Readout[] => {
    const token = run.tokens[run.slots + row]
    if (!mlm || !token) return []
    const scores = softmax(mlm.data, m * V, V)
    return [{ id: `mask ${token.key}`, head: 'mlm', key: token.key, scoring: 'softmax', scores, names: vocabulary }]
  })
  const heads = Object.entries(info.labels).flatMap(([head, names]): Readout[] => {
    const logits = run.result.logits[head]
    return logits ? [classReadout(head, names, logits.data, info.activations?.[head] ?? 'softmax')] : []
  })
  return [...words, ...heads]
}
