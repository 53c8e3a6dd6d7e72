/** Keys kept in a window: what a cache that forgets does to the loss (Xiao et al. 2023, "Efficient Streaming Language Models with Attention Sinks"). */

import type { Step } from '../../../../state/job.ts'
import { causalMask, decode, type Runs, type Shown } from './shown.ts'

export interface WindowPlan {
  /** W: the newest tokens that each token reads, itself included. */
  last: number
  /** k: the first tokens, kept beside them. */
  first: number
}

/** −ln p of each token that has one before it, by its row; index 0 is of row 1. */
export interface WindowLosses {
  all: number[]
  window: number[]
  withFirst: number[]
}

/** A token's keys and values stay those it had when it came: they were made of what its own window held, as in a cache. */
export function isKept({ last, first }: WindowPlan, query: number, key: number): boolean {
  return query - key < last || key < first
}

export async function windowLosses(
  engine: Runs,
  shown: Shown,
  { last, first }: WindowPlan,
  step: Step<WindowLosses>,
): Promise<WindowLosses> {
  const plans = { all: null, window: { last, first: 0 }, withFirst: { last, first } }
  const found: WindowLosses = { all: [], window: [], withFirst: [] }
  const T = shown.ids.length
  for (const [i, name] of (['all', 'window', 'withFirst'] as const).entries()) {
    if (!step(i, 3)) break
    const plan = plans[name]
    const mask = plan ? causalMask(T, (query, key) => isKept(plan, query, key)) : undefined
    const { next } = await decode(engine, shown, { next: {} }, { mask })
    found[name] = [...(next?.losses.subarray(0, T - 1) ?? [])]
  }
  return found
}
