/** What one forward is asked to do to a stack of layers: a mask, silenced heads, maps to write. */

import { maskBit, maskWords } from '../core/mask.ts'
import type { Ops, Tensor } from '../core/ops.ts'
import type { ForwardOptions, StackOptions } from './model.ts'

/** Uploaded once, read in every layer. */
export interface Interventions {
  mask?: Tensor
  maskLayers: number
  /** For each layer u32 [H], or undefined when no head is silenced. */
  ablate: (Tensor | undefined)[]
  captureHeads: readonly (readonly number[])[]
}

/**
 * @param keys how many tokens are read, where they are not the `tokens` that read
 * @param sequences of a batch, each with a mask of its own
 */
export function uploadInterventions(
  ops: Ops,
  tokens: number,
  { layers, heads }: { layers: number; heads: number },
  { mask, ablate, captureHeads }: StackOptions = { captureHeads: [] },
  keys = tokens,
  sequences = 1,
): Interventions {
  return {
    mask: mask && ops.input([mask.layers, sequences, mask.heads ?? 1, tokens, maskWords(keys)], mask.bits),
    maskLayers: mask?.layers ?? 0,
    ablate: Array.from({ length: layers }, (_, layer) => {
      const silenced = ablate?.slice(layer * heads, (layer + 1) * heads)
      return silenced?.some((on) => on === 1) ? ops.input([heads], silenced) : undefined
    }),
    captureHeads,
  }
}

/** The options of `Ops.attention` that belong to one layer. */
export function ofLayer({ mask, maskLayers, ablate, captureHeads }: Interventions, layer: number) {
  return {
    mask,
    maskLayer: maskLayers > 1 ? layer : 0,
    ablate: ablate[layer],
    captureHeads: captureHeads[layer] ?? [],
  }
}

/** The tokens that some query of the first layer may read in some head, u32 [1, T]: padding is what none reads. */
export function attendedRows(ops: Ops, tokens: number, { mask }: ForwardOptions): Tensor {
  const rows = tokens * (mask?.heads ?? 1)
  const attended = Uint32Array.from({ length: tokens }, (_, key) =>
    !mask || Array.from({ length: rows }, (_, row) => maskBit(mask.bits, tokens, row, key)).some(Boolean) ? 1 : 0,
  )
  return ops.input([1, tokens], attended)
}
