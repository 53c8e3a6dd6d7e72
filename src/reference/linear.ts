import type { Activation } from '../core/ops.ts'
import { ACTIVATIONS } from './activation.ts'
import type { Floats } from './floats.ts'

/** y = activation(x · W + b) + residual. y, residual [rows, O]; x [rows, I]; weight [I, O]; bias [O] */
export function linear<F extends Floats>(
  y: F,
  x: F,
  weight: F,
  bias: F,
  activation: Activation,
  residual: F | null,
  { rows, I, O }: { rows: number; I: number; O: number },
): void {
  const activate = ACTIVATIONS[activation]
  const sums = new Float64Array(O)
  for (let row = 0; row < rows; row++) {
    sums.set(bias)
    // Rows of W are read in order, four at a time so that `sums` is loaded and stored a quarter as often.
    let i = 0
    for (; i + 3 < I; i += 4) addFour(sums, weight, i * O, O, x, row * I + i)
    for (; i < I; i++) {
      const xi = x[row * I + i] as number
      for (let o = 0; o < O; o++) sums[o] = (sums[o] as number) + xi * (weight[i * O + o] as number)
    }
    for (let o = 0; o < O; o++) {
      y[row * O + o] = activate(sums[o] as number) + (residual ? (residual[row * O + o] as number) : 0)
    }
  }
}

/** sums += x[from … from + 3] · four rows of the weight, which start at `start` and are O apart. */
function addFour<F extends Floats>(sums: Float64Array, weight: F, start: number, O: number, x: F, from: number): void {
  const x0 = x[from] as number
  const x1 = x[from + 1] as number
  const x2 = x[from + 2] as number
  const x3 = x[from + 3] as number
  const row1 = start + O
  const row2 = row1 + O
  const row3 = row2 + O
  for (let o = 0; o < O; o++) {
    sums[o] =
      (sums[o] as number) +
      x0 * (weight[start + o] as number) +
      x1 * (weight[row1 + o] as number) +
      x2 * (weight[row2 + o] as number) +
      x3 * (weight[row3 + o] as number)
  }
}
