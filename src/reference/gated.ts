import type { Activation } from '../core/ops.ts'
import { ACTIVATIONS } from './activation.ts'
import type { Floats } from './floats.ts'

/** y = activation(x₁) · x₂ for each row x = [x₁ ; x₂] (Shazeer 2020, "GLU Variants Improve Transformer"). x [rows, 2·F] → y [rows, F] */
export function gated<F extends Floats>(y: F, x: F, activation: Activation, { F: width }: { F: number }): void {
  const activate = ACTIVATIONS[activation]
  for (let i = 0; i < y.length; i++) {
    const gate = Math.floor(i / width) * 2 * width + (i % width)
    y[i] = activate(x[gate] as number) * (x[gate + width] as number)
  }
}
