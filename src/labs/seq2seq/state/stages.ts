/** The three places where attention happens in an encoder–decoder. */

import type { MaskSpec } from '../../../sequence/mask.ts'

export const STAGES = ['encoder', 'cross', 'decoder'] as const
export type Stage = (typeof STAGES)[number]

/** One mask a stage. */
export type Masks = Readonly<Record<Stage, MaskSpec>>

/** Nobody reads the source's PAD, and the decoder reads nothing that comes after it (Vaswani et al. 2017, §3.2.3). */
export const DEFAULT_MASKS: Masks = {
  encoder: { rules: [{ type: 'padding' }], inverted: false, paint: [] },
  cross: { rules: [{ type: 'padding' }], inverted: false, paint: [] },
  decoder: { rules: [{ type: 'causal' }], inverted: false, paint: [] },
}
