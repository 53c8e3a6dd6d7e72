/** What the masks of all layers and heads cost by tiles. */

import type { MasksLook } from './look.ts'
import { cellsOf, type MasksRun, mayRead } from './run.ts'
import { bytesOf, flopsOf, type Tiles, tilesOf } from './tiles.ts'

export interface Cost {
  side: number
  /** Of the layer and head on screen. */
  here: Tiles
  /** Of all layers and heads: operations, and bytes of keys and values in f32. */
  flops: number
  bytes: number
  /** The same with every tile computed. */
  dense: { flops: number; bytes: number }
}

export function costOf(run: MasksRun, { layer, head }: Pick<MasksLook, 'layer' | 'head'>, side: number): Cost {
  const { tokens, info, request } = run
  const T = tokens.length
  const read = mayRead(run.doc.sequence, run.doc.mask, info)
  const headWidth = info.width / info.heads
  const tiles = (l: number, h: number | 'mean') => tilesOf(cellsOf(read, T, l, h), T, side)
  const { layers: ownLayers, heads: ownHeads = 1 } = request.mask
  // Layers, and heads, that have one mask cost the same.
  const layers = ownLayers > 1 || info.windows ? info.layers : 1
  const times = (info.layers / layers) * (info.heads / ownHeads)
  let [flops, bytes] = [0, 0]
  for (let l = 0; l < layers; l++) {
    for (let h = 0; h < ownHeads; h++) {
      const one = tiles(l, h)
      flops += times * flopsOf(one.computed, headWidth)
      bytes += times * bytesOf(one, T, headWidth)
    }
  }
  const whole = tilesOf(new Uint8Array(T * T).fill(1), T, side)
  const all = info.layers * info.heads
  return {
    side,
    here: tiles(layer, head),
    flops,
    bytes,
    dense: { flops: all * flopsOf(T * T, headWidth), bytes: all * bytesOf(whole, T, headWidth) },
  }
}

/** The band of keys that the run's kernel was given beside the mask: a decoder's that reads nothing ahead, or a layer's own window. */
export function ownBand({ info, request, tokens }: MasksRun, layer: number): { back: number; ahead: number } | null {
  const T = tokens.length
  const window = info.windows?.[layer] ?? T
  const causal = info.causal && request.causal !== false
  if (!causal && window >= T) return null
  return { back: window, ahead: causal ? 0 : window }
}
