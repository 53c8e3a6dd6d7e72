/** What tokens cost in a vision transformer, counted from its shapes. */

/** The letters are those of core/shapes.ts; `patches` is N. */
export interface CostModel {
  layers: number
  heads: number
  width: number
  feedForward: number
  patch: number
  channels: number
  patches: number
}

export interface Cost {
  /** Trained numbers that the registers add: a row each. */
  parameters: number
  /** Of one forward: two a multiply-add, in all matrix products; norms, softmax and GELU are left out. */
  flops: number
  /** Hidden states (L + 1) and attention maps of one forward, as f32. */
  bytes: number
}

/** A forward over CLS, the registers and the patches. */
export function registerCost(model: CostModel, registers: number): Cost {
  const { layers: L, heads: H, width: D, feedForward: F, patch: P, channels: C, patches: N } = model
  const T = 1 + registers + N
  const projections = 4 * T * D * D // query, key, value, output
  const attention = 2 * T * T * D // scores, and the weighted sum of values
  const feedForward = 2 * T * D * F
  const embedding = N * D * C * P * P
  return {
    parameters: registers * D,
    flops: 2 * (embedding + L * (projections + attention + feedForward)),
    bytes: 4 * ((L + 1) * T * D + L * H * T * T),
  }
}
