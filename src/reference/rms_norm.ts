import type { Floats } from './floats.ts'

/** y = x / √(mean(x²) + eps) · weight over the last axis (Zhang and Sennrich 2019). y, x [rows, D]; weight [D] */
export function rmsNorm<F extends Floats>(y: F, x: F, weight: F, eps: number, D: number): void {
  for (let start = 0; start < x.length; start += D) {
    let squares = 0
    for (let d = 0; d < D; d++) squares += (x[start + d] as number) ** 2
    const scale = 1 / Math.sqrt(squares / D + eps)
    for (let d = 0; d < D; d++) y[start + d] = (x[start + d] as number) * scale * (weight[d] as number)
  }
}
