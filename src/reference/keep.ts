import type { Floats } from './floats.ts'

/** cache[b, row + t] = the last W columns of x[b, t]. cache [B, Tmax, W]; x [B, T, from] */
export function keep<F extends Floats>(
  cache: F,
  x: F,
  row: number,
  { B, T, Tmax, W, from }: { B: number; T: number; Tmax: number; W: number; from: number },
): void {
  for (let b = 0; b < B; b++) {
    for (let t = 0; t < T; t++) {
      const end = (b * T + t + 1) * from
      cache.set(x.subarray(end - W, end), (b * Tmax + row + t) * W)
    }
  }
}
