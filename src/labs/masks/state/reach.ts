/**
 * Which input can influence which output: reach after layer l + 1 is reach after layer l, of the query itself (the residual stream) and of
 * every key that some head of the layer lets it read. A boolean product, layer by layer, over rows of bits.
 */

import { maskWords, packMask } from '../../../core/mask.ts'
import type { ForwardRequest, ModelInfo } from '../../../engine/protocol.ts'

type PackedMask = NonNullable<ForwardRequest['mask']>

/** Rows of bits [T, ⌈T/32⌉]: bit k of row q is 1 where the input of row k can influence row q. */
export type Reach = Uint32Array<ArrayBuffer>

/**
 * @param layers for each layer its mask [T, ⌈T/32⌉], readable where any of its heads may read
 * @returns L + 1: before the first layer each row is itself alone
 */
export function reachByLayer(layers: readonly Uint32Array[], tokens: number): Reach[] {
  const words = maskWords(tokens)
  const steps = [identity(tokens)]
  for (const mask of layers) {
    const before = steps.at(-1) as Reach
    const after = new Uint32Array(before)
    for (let q = 0; q < tokens; q++) {
      for (let k = 0; k < tokens; k++) {
        if ((((mask[q * words + (k >> 5)] as number) >>> (k & 31)) & 1) === 0) continue
        for (let w = 0; w < words; w++) {
          after[q * words + w] = ((after[q * words + w] as number) | (before[k * words + w] as number)) >>> 0
        }
      }
    }
    steps.push(after)
  }
  return steps
}

function identity(tokens: number): Reach {
  const words = maskWords(tokens)
  const rows = new Uint32Array(tokens * words)
  for (let t = 0; t < tokens; t++) rows[t * words + (t >> 5)] = (1 << (t & 31)) >>> 0
  return rows
}

/** @returns [T, T]: after how many layers the input of a key can influence a query; 0 at once (itself), L + 1 never */
export function firstReach(steps: readonly Reach[], tokens: number): Uint8Array {
  const words = maskWords(tokens)
  const first = new Uint8Array(tokens * tokens)
  for (let q = 0; q < tokens; q++) {
    for (let k = 0; k < tokens; k++) {
      const at = steps.findIndex((rows) => (((rows[q * words + (k >> 5)] as number) >>> (k & 31)) & 1) === 1)
      first[q * tokens + k] = at < 0 ? steps.length : at
    }
  }
  return first
}

/**
 * The masks of the layers: what any of their heads lets a query read.
 * @param mask as a forward takes it; what it has one of holds for all
 * @param windows how far each layer of the model reads, where some do not read everywhere
 * @returns L of [T, ⌈T/32⌉]
 */
export function anyHead(
  { bits, layers, heads = 1 }: PackedMask,
  stack: { layers: number; windows?: ModelInfo['windows'] },
  tokens: number,
): Reach[] {
  const words = maskWords(tokens)
  const size = tokens * words
  return Array.from({ length: stack.layers }, (_, layer) => {
    const open = new Uint32Array(size)
    const own = layers > 1 ? layer : 0
    for (let head = 0; head < heads; head++) {
      const from = (own * heads + head) * size
      for (let i = 0; i < size; i++) open[i] = ((open[i] as number) | (bits[from + i] as number)) >>> 0
    }
    const reach = stack.windows?.[layer] ?? null
    if (reach === null) return open
    const near = packMask(tokens, (q, k) => Math.abs(q - k) <= reach)
    return open.map((word, i) => (word & (near[i] as number)) >>> 0)
  })
}
