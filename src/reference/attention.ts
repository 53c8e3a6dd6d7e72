import { maskWords } from '../core/mask.ts'
import type { attentionSizes } from '../core/op_shapes.ts'
import type { Floats } from './floats.ts'

export type AttentionSizes = ReturnType<typeof attentionSizes>

/** What an attention reads; see `Ops.attention`. */
export interface AttentionOperands<F extends Floats> {
  queries: F
  keysValues: F
  mask: Uint32Array | null
  bias: F | null
  ablate: Uint32Array | null
  captureHeads: readonly number[]
}

/**
 * Multi-head attention (Vaswani et al. 2017, §3.2.2) over the keys that a boolean mask and a window allow.
 * context [B, Tq, H·Dh]; logSumExp [B, H, Tq]; probabilities [B, captureHeads.length, Tq, Tk]
 */
export function attention<F extends Floats>(
  out: { context: F; logSumExp: F; probabilities: F },
  { queries, keysValues, mask, bias, ablate, captureHeads }: AttentionOperands<F>,
  sizes: AttentionSizes,
): void {
  const { B, Tq, Tk, H, Hk, Dh, queryStride, keyStride, keyRows, keyOffset, scale } = sizes
  const readable = readableKeys(mask, sizes)
  const scores = new Float64Array(Tk)
  const sums = new Float64Array(Dh)
  for (let b = 0; b < B; b++) {
    for (let h = 0; h < H; h++) {
      const keys = b * keyRows * keyStride + keyOffset + Math.floor((h * Hk) / H) * Dh
      const values = keys + Hk * Dh
      const slot = captureHeads.indexOf(h)
      for (let q = 0; q < Tq; q++) {
        const query = (b * Tq + q) * queryStride + h * Dh
        let highest = Number.NEGATIVE_INFINITY
        for (let k = 0; k < Tk; k++) {
          if (!readable(b, h, q, k)) continue
          let dot = 0
          for (let d = 0; d < Dh; d++) {
            dot += (queries[query + d] as number) * (keysValues[keys + k * keyStride + d] as number)
          }
          scores[k] = dot * scale + (bias?.[biasIndex(sizes, h, q, k)] ?? 0)
          highest = Math.max(highest, scores[k] as number)
        }

        let total = 0
        for (let k = 0; k < Tk; k++) {
          scores[k] = readable(b, h, q, k) ? Math.exp((scores[k] as number) - highest) : 0
          total += scores[k] as number
        }

        sums.fill(0)
        for (let k = 0; k < Tk; k++) {
          const probability = total > 0 ? (scores[k] as number) / total : 0
          if (slot >= 0) out.probabilities[((b * captureHeads.length + slot) * Tq + q) * Tk + k] = probability
          if (ablate?.[h] === 1 || probability === 0) continue
          const value = values + k * keyStride
          for (let d = 0; d < Dh; d++) {
            sums[d] = (sums[d] as number) + probability * (keysValues[value + d] as number)
          }
        }
        out.context.set(sums, ((b * Tq + q) * H + h) * Dh)
        out.logSumExp[(b * H + h) * Tq + q] = total > 0 ? highest + Math.log(total) : 0
      }
    }
  }
}

/** Whether query q of head h may read key k: the window and the mask must both allow it. */
export function readableKeys(mask: Uint32Array | null, sizes: AttentionSizes) {
  const { B, Tq, Tk, maskHeads, maskLayer, least, most } = sizes
  const words = maskWords(Tk)
  return (b: number, h: number, q: number, k: number): boolean => {
    if (k - q < least || k - q > most) return false
    if (!mask) return true
    const row = ((maskLayer * B + b) * maskHeads + (maskHeads > 1 ? h : 0)) * Tq + q
    return (((mask[row * words + (k >> 5)] as number) >>> (k & 31)) & 1) === 1
  }
}

function biasIndex({ biasFirst, biasHead, biasQuery, biasKey }: AttentionSizes, h: number, q: number, k: number) {
  return biasFirst + h * biasHead + q * biasQuery + k * biasKey
}
