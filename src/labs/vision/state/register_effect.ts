/**
 * What two models of one recipe, trained without and with registers, show of what registers are for: patches whose norm is far above
 * the others' are where a ViT keeps what is of no patch, and registers take that over (Darcet et al. 2024, "Vision Transformers Need
 * Registers").
 */

import { highNorms } from '../../../viz/outliers.ts'

export interface RegisterEffect {
  /** none: no patch of either model has a high norm, so that there is nothing to free. */
  kind: 'none' | 'fewer' | 'no-fewer'
  /** How many patches of high norm. */
  without: number
  with: number
}

/** @param without norms of the patches after the last layer, of the model without registers */
export function registerEffect(without: ArrayLike<number>, withThem: ArrayLike<number>): RegisterEffect {
  const counts = { without: highNorms(without).length, with: highNorms(withThem).length }
  if (counts.without === 0 && counts.with === 0) return { kind: 'none', ...counts }
  return { kind: counts.with < counts.without ? 'fewer' : 'no-fewer', ...counts }
}
