/** What keeping keys and values saves: the next row computed alone, and with all rows before it. */

import type { LoadedModel } from '../../../engine/protocol.ts'
import type { Engine } from '../../../state/engine.ts'
import type { Step } from '../../../state/job.ts'
import { type GenerateRun, requestOf } from './run.ts'

/** The least of several is what the work takes; the rest is the machine's. */
const TIMES = 5

export interface CacheCost {
  /** Milliseconds of the last row alone, and of all rows. */
  row: number
  whole: number
  /** Furthest that the logits of the last row are apart. */
  apart: number
}

export async function cacheCost(
  engine: Pick<Engine, 'forward' | 'extend'>,
  model: LoadedModel,
  run: GenerateRun,
  step: Step<CacheCost>,
): Promise<CacheCost> {
  const { request } = requestOf(model, run.doc, 'answers')
  const T = run.tokens.length
  const cost = { row: Number.POSITIVE_INFINITY, whole: Number.POSITIVE_INFINITY, apart: 0 }
  for (let i = 0; i < TIMES && step(i, TIMES); i++) {
    const whole = await engine.forward(request)
    const row = await engine.extend({ ...request, known: T - 1 })
    const [all, last] = [whole.logits.lm?.data ?? [], row.logits.lm?.data ?? []]
    const V = model.info.vocabulary ?? 0
    cost.row = Math.min(cost.row, row.ms)
    cost.whole = Math.min(cost.whole, whole.ms)
    for (let id = 1; id <= V; id++) {
      cost.apart = Math.max(cost.apart, Math.abs((all[all.length - id] as number) - (last[last.length - id] as number)))
    }
  }
  step(TIMES, TIMES)
  return cost
}
