import type { conv2dSizes } from '../core/op_shapes.ts'
import type { Activation } from '../core/ops.ts'
import { ACTIVATIONS } from './activation.ts'
import type { Floats } from './floats.ts'

/**
 * Cross-correlation in two dimensions (torch.nn.Conv2d): y = activation(x ⋆ weight + bias + residual).
 * y, residual [B, O, Ho, Wo]; x [B, C, Hpx, Wpx]; weight [O, channels, Kh, Kw]; bias [O]
 */
export function conv2d<F extends Floats>(
  y: F,
  x: F,
  weight: F,
  bias: F,
  residual: F | null,
  activation: Activation,
  sizes: ReturnType<typeof conv2dSizes>,
): void {
  const { C, O, Hpx, Wpx, Kh, Kw, Ho, Wo, stride, padding, channels, filters } = sizes
  const activate = ACTIVATIONS[activation]
  for (let i = 0; i < y.length; i++) {
    const [o, b] = [Math.floor(i / (Ho * Wo)) % O, Math.floor(i / (O * Ho * Wo))]
    const top = (Math.floor(i / Wo) % Ho) * stride[0] - padding[0]
    const left = (i % Wo) * stride[1] - padding[1]
    let sum = bias[o] as number
    for (let c = 0; c < channels; c++) {
      const plane = (b * C + Math.floor(o / filters) * channels + c) * Hpx
      for (let ky = Math.max(0, -top); ky < Math.min(Kh, Hpx - top); ky++) {
        for (let kx = Math.max(0, -left); kx < Math.min(Kw, Wpx - left); kx++) {
          const pixel = x[(plane + top + ky) * Wpx + left + kx] as number
          sum += pixel * (weight[((o * channels + c) * Kh + ky) * Kw + kx] as number)
        }
      }
    }
    y[i] = activate(sum + (residual ? (residual[i] as number) : 0))
  }
}
