import { maskBit } from '../core/mask.ts'
import type { Floats } from './floats.ts'

/**
 * Masked multi-head self-attention (Vaswani et al. 2017, §3.2.2), with a boolean mask and heads that can be silenced.
 * context [B, T, D]; logSumExp [B, H, T]; probabilities [B, captureHeads.length, T, T]; qkv [B, T, 3·D];
 * mask u32 [Lm, B, T, ⌈T/32⌉] or null; ablate u32 [H] or null
 */
export function attention<F extends Floats>(
  out: { context: F; logSumExp: F; probabilities: F },
  qkv: F,
  mask: Uint32Array | null,
  maskLayer: number,
  ablate: Uint32Array | null,
  captureHeads: readonly number[],
  { B, T, D, H, Dh }: { B: number; T: number; D: number; H: number; Dh: number },
): void {
  const scale = 1 / Math.sqrt(Dh)
  const scores = new Float64Array(T)
  const sums = new Float64Array(Dh)
  for (let b = 0; b < B; b++) {
    for (let h = 0; h < H; h++) {
      const silenced = ablate?.[h] === 1
      const slot = captureHeads.indexOf(h)
      for (let q = 0; q < T; q++) {
        const row = (maskLayer * B + b) * T + q
        const query = (b * T + q) * 3 * D + h * Dh
        let highest = Number.NEGATIVE_INFINITY
        for (let k = 0; k < T; k++) {
          if (mask && !maskBit(mask, T, row, k)) continue
          const key = (b * T + k) * 3 * D + D + h * Dh
          let dot = 0
          for (let d = 0; d < Dh; d++) dot += (qkv[query + d] as number) * (qkv[key + d] as number)
          scores[k] = dot * scale
          highest = Math.max(highest, dot * scale)
        }

        let total = 0
        for (let k = 0; k < T; k++) {
          const readable = !mask || maskBit(mask, T, row, k)
          const weight = readable ? Math.exp((scores[k] as number) - highest) : 0
          scores[k] = weight
          total += weight
        }

        sums.fill(0)
        for (let k = 0; k < T; k++) {
          const probability = total > 0 ? (scores[k] as number) / total : 0
          if (slot >= 0) out.probabilities[((b * captureHeads.length + slot) * T + q) * T + k] = probability
          if (silenced || probability === 0) continue
          const value = (b * T + k) * 3 * D + 2 * D + h * Dh
          for (let d = 0; d < Dh; d++) sums[d] = (sums[d] as number) + probability * (qkv[value + d] as number)
        }
        out.context.set(sums, (b * T + q) * D + h * Dh)
        out.logSumExp[(b * H + h) * T + q] = total > 0 ? highest + Math.log(total) : 0
      }
    }
  }
}
