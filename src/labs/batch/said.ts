/** What a plan's numbers are in words. */

import { formatPercent } from '../../viz/format.ts'
import { decimal, whole } from '../../words/numbers.ts'
import { type PlanNumbers, type Strategy, workOf } from './state/plan.ts'
import type { BatchRun } from './state/run.ts'
import { t } from './words/words.ts'

export function numbersNow({ numbers, plan }: Pick<BatchRun, 'numbers' | 'plan'>): PlanNumbers | undefined {
  return numbers.find(({ strategy }) => strategy === plan.strategy)
}

export function nameOf(strategy: Strategy): string {
  return t(`strategy.${strategy}`)
}

/** Share of the positions that hold a token. */
export function usefulShare({ useful, positions }: Pick<PlanNumbers, 'useful' | 'positions'>): number {
  return useful / positions
}

/** 1,234 × 10⁶ as people say it: "1.2 GFLOP". */
export function flops(count: number): string {
  const units = ['FLOP', 'kFLOP', 'MFLOP', 'GFLOP', 'TFLOP', 'PFLOP'] as const
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, count)) / 3)))
  const value = count / 1000 ** power
  return `${decimal(value, value < 10 ? 1 : 0)} ${units[power]}`
}

/** "0.42 ×", the first being 1. */
export function times(value: number): string {
  return Number.isFinite(value) ? `${decimal(value, 2)} ×` : '–'
}

/** All FLOPs of a strategy over those of padding to the maximum. */
export function predicted(numbers: PlanNumbers, baseline: PlanNumbers, info: BatchRun['info']): number {
  const all = (of: PlanNumbers) => {
    const { linear, attention } = workOf(of, info)
    return linear + attention
  }
  return all(numbers) / all(baseline)
}

/** What the last edit changed of the plan; null where there is nothing to compare with. */
export function changed(before: BatchRun | null, run: BatchRun): string | null {
  const [then, now] = [before && numbersNow(before), numbersNow(run)]
  if (!then || !now) return null
  const same = then.positions === now.positions && then.batches === now.batches && then.useful === now.useful
  if (same) return t('change.same')
  return t('change.plan', {
    before: whole(then.positions),
    now: whole(now.positions),
    usefulBefore: formatPercent(usefulShare(then)),
    useful: formatPercent(usefulShare(now)),
    batchesBefore: whole(then.batches),
    batches: whole(now.batches),
  })
}
