import type { Floats } from './floats.ts'

/**
 * One learned query over the chosen tokens: weights = softmax(x · query / √D), pooled = Σ weights · x.
 * pooled [B, D]; weights [B, T], 0 where not chosen; x [B, T, D]; chosen u32 [B, T]; query [D]
 */
export function attentionPool<F extends Floats>(
  out: { pooled: F; weights: F },
  x: F,
  chosen: Uint32Array,
  query: F,
  { B, T, D }: { B: number; T: number; D: number },
): void {
  const scale = 1 / Math.sqrt(D)
  const scores = new Float64Array(T)
  const sums = new Float64Array(D)
  for (let b = 0; b < B; b++) {
    let highest = Number.NEGATIVE_INFINITY
    for (let t = 0; t < T; t++) {
      if (chosen[b * T + t] === 0) continue
      let dot = 0
      for (let d = 0; d < D; d++) dot += (x[(b * T + t) * D + d] as number) * (query[d] as number)
      scores[t] = dot * scale
      highest = Math.max(highest, dot * scale)
    }

    let total = 0
    for (let t = 0; t < T; t++) {
      scores[t] = chosen[b * T + t] === 0 ? 0 : Math.exp((scores[t] as number) - highest)
      total += scores[t] as number
    }

    sums.fill(0)
    for (let t = 0; t < T; t++) {
      const weight = total > 0 ? (scores[t] as number) / total : 0
      out.weights[b * T + t] = weight
      for (let d = 0; d < D; d++) sums[d] = (sums[d] as number) + weight * (x[(b * T + t) * D + d] as number)
    }
    out.pooled.set(sums, b * D)
  }
}
