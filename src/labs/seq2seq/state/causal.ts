/** The causal check of cross-attention: what masking a source token does to each output token, and how far attention foretells it. */

import type { NDArray } from '../../../core/shapes.ts'
import { setStatus } from '../../../sequence/edit.ts'
import type { Engine } from '../../../state/engine.ts'
import type { Step } from '../../../state/job.ts'
import { spearman } from '../../../viz/rank.ts'
import type { Seq2SeqModel } from './doc.ts'
import { outputsOf } from './outputs.ts'
import { runTarget, type Seq2SeqRun } from './run.ts'

/** Δ ln p [Td, T] of each output token when nobody may read a source token, in encoder and decoder alike; NaN: not measured. */
export async function sourceEffects(
  engine: Pick<Engine, 'forward'>,
  model: Seq2SeqModel,
  run: Seq2SeqRun,
  step: Step<Float32Array>,
): Promise<Float32Array> {
  const T = run.read.length
  const before = outputsOf(run).map(({ logP }) => logP)
  const effects = new Float32Array(run.rows.length * T).fill(Number.NaN)
  for (const [column, token] of run.read.entries()) {
    if (!step(column, T, effects.slice())) return effects
    const doc = { ...run.doc, source: setStatus(run.doc.source, [token.key], 'masked') }
    const after = outputsOf(await runTarget(engine, model, doc, run.target))
    after.forEach(({ logP }, row) => {
      effects[row * T + column] = logP - (before[row] as number)
    })
  }
  step(T, T, effects)
  return effects
}

/**
 * By head, the mean over the rows that count of the rank correlation (Spearman) between what a row reads and how much of ln p goes
 * with each token when it is masked.
 * @param map [H, Td, T]
 * @param effects as `sourceEffects` gives them
 */
export function effectCorrelations(map: NDArray, effects: Float32Array, rows: Seq2SeqRun['rows']): number[] {
  const [H, Td, T] = map.dims as [number, number, number]
  return Array.from({ length: H }, (_, head) => {
    const found = rows.flatMap(({ counts }, row) => {
      if (!counts) return []
      const reads = map.data.subarray((head * Td + row) * T, (head * Td + row + 1) * T)
      const costs = effects.subarray(row * T, (row + 1) * T).map((change) => -change)
      const correlation = spearman(reads, costs)
      return Number.isNaN(correlation) ? [] : [correlation]
    })
    return found.length === 0 ? Number.NaN : found.reduce((sum, value) => sum + value, 0) / found.length
  })
}
