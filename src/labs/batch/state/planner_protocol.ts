/** What the page asks of the worker that plans, and what it answers. */

import {
  numbersOf,
  type Plan,
  type PlanNumbers,
  type PlanSettings,
  planOf,
  type Strategy,
  strategiesFor,
} from './plan.ts'

export interface PlanRequest {
  lengths: number[]
  settings: PlanSettings
  /** Whose batches are wanted; numbers come of every strategy. */
  strategy: Strategy
}

export interface PlanReply {
  plan: Plan
  numbers: PlanNumbers[]
  /** How long packing took, all strategies together. */
  ms: number
}

export function answerPlan({ lengths, settings, strategy }: PlanRequest): PlanReply {
  const began = performance.now()
  const plans = strategiesFor(lengths.length).map((one) => planOf(one, lengths, settings))
  const ms = performance.now() - began
  return {
    plan: plans.find((one) => one.strategy === strategy) ?? planOf(strategy, lengths, settings),
    numbers: plans.map((plan) => numbersOf(plan, lengths)),
    ms,
  }
}
