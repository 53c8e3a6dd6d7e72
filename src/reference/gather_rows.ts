import type { Floats } from './floats.ts'

/** out[b, m] = x[b, rows[b, m]]. out [B, M, D]; x [B, T, D]; rows u32 [B, M] */
export function gatherRows<F extends Floats>(
  out: F,
  x: F,
  rows: Uint32Array,
  { B, T, D, M }: { B: number; T: number; D: number; M: number },
): void {
  for (let b = 0; b < B; b++) {
    for (let m = 0; m < M; m++) {
      const from = (b * T + (rows[b * M + m] as number)) * D
      out.set(x.subarray(from, from + D), (b * M + m) * D)
    }
  }
}
