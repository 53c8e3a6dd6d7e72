import type { Floats } from './floats.ts'

/** Mean or maximum over the chosen tokens; zeros where nothing is chosen. out [B, D]; x [B, T, D]; chosen u32 [B, T] */
export function pool<F extends Floats>(
  out: F,
  x: F,
  chosen: Uint32Array,
  mode: 'mean' | 'max',
  { B, T, D }: { B: number; T: number; D: number },
): void {
  for (let b = 0; b < B; b++) {
    for (let d = 0; d < D; d++) {
      let count = 0
      let sum = 0
      let highest = Number.NEGATIVE_INFINITY
      for (let t = 0; t < T; t++) {
        if (chosen[b * T + t] === 0) continue
        const value = x[(b * T + t) * D + d] as number
        count++
        sum += value
        highest = Math.max(highest, value)
      }
      if (count === 0) out[b * D + d] = 0
      else out[b * D + d] = mode === 'mean' ? sum / count : highest
    }
  }
}
