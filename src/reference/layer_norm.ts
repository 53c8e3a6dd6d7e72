import type { Floats } from './floats.ts'

/** y = (x − mean) / √(var + eps) · weight + bias over the last axis (Ba et al. 2016). y, x [rows, D]; weight, bias [D] */
export function layerNorm<F extends Floats>(y: F, x: F, weight: F, bias: F, eps: number, D: number): void {
  for (let row = 0; row < x.length; row += D) {
    let sum = 0
    for (let d = 0; d < D; d++) sum += x[row + d] as number
    const mean = sum / D

    let squares = 0
    for (let d = 0; d < D; d++) squares += ((x[row + d] as number) - mean) ** 2
    const scale = 1 / Math.sqrt(squares / D + eps)

    for (let d = 0; d < D; d++) {
      y[row + d] = ((x[row + d] as number) - mean) * scale * (weight[d] as number) + (bias[d] as number)
    }
  }
}
