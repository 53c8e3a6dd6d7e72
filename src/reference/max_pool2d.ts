import type { maxPool2dSizes } from '../core/op_shapes.ts'
import type { Window2d } from '../core/ops.ts'
import type { Floats } from './floats.ts'

/**
 * The largest value of each window in two dimensions (torch.nn.MaxPool2d); what lies outside of the picture never wins.
 * y [B, C, Ho, Wo]; x [B, C, Hpx, Wpx]
 */
export function maxPool2d<F extends Floats>(
  y: F,
  x: F,
  { size, stride, padding }: Window2d,
  { Hpx, Wpx, Ho, Wo }: ReturnType<typeof maxPool2dSizes>,
): void {
  for (let i = 0; i < y.length; i++) {
    const plane = Math.floor(i / (Ho * Wo))
    const top = (Math.floor(i / Wo) % Ho) * stride - padding
    const left = (i % Wo) * stride - padding
    let highest = Number.NEGATIVE_INFINITY
    for (let row = Math.max(0, top); row < Math.min(Hpx, top + size); row++) {
      for (let column = Math.max(0, left); column < Math.min(Wpx, left + size); column++) {
        highest = Math.max(highest, x[(plane * Hpx + row) * Wpx + column] as number)
      }
    }
    y[i] = highest
  }
}
