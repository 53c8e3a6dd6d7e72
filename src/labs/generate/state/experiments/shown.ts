/** The text on screen as experiments run it: plain ids, so that a token, the mask or a start vector can be changed for one run. */

import { packMask } from '../../../../core/mask.ts'
import type { StartVector } from '../../../../core/tokens.ts'
import type { ForwardRequest, ForwardResult, LoadedModel } from '../../../../engine/protocol.ts'
import type { Engine } from '../../../../state/engine.ts'

export interface Shown {
  model: Pick<LoadedModel, 'id' | 'info'>
  /** id ≥ V means extras[id − V]. */
  ids: readonly number[]
  extras?: readonly StartVector[]
}

export type Runs = Pick<Engine, 'forward'>
type Mask = NonNullable<ForwardRequest['mask']>

/** One forward beside the shown one. Without a mask every token reads what stands before it. */
export function decode(
  engine: Runs,
  { model, ids, extras = [] }: Shown,
  capture: Partial<ForwardRequest['capture']>,
  { mask, causal, rows }: { mask?: Mask; causal?: boolean; rows?: number[] } = {},
): Promise<ForwardResult> {
  return engine.forward({
    model: model.id,
    input: { kind: 'text', ids: [...ids], extras: [...extras], mlmRows: rows },
    mask,
    causal,
    capture: { attentions: false, hiddenStates: false, ...capture },
  })
}

/** Each token reads what stands before it, and of that what `allows` says. */
export function causalMask(tokens: number, allows: (query: number, key: number) => boolean): Mask {
  return { bits: packMask(tokens, (query, key) => key <= query && allows(query, key)), layers: 1 }
}

/** e to the mean of the losses that are numbers: how many words the model hesitates between. */
export function perplexity(losses: ArrayLike<number>): number {
  return Math.exp(mean(losses))
}

/** Of the values that are numbers; NaN where none is. */
export function mean(values: ArrayLike<number>): number {
  const known = Array.from(values).filter((value) => !Number.isNaN(value))
  return known.reduce((sum, value) => sum + value, 0) / known.length
}
