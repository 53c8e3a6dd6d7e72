import activationWgsl from '../../shaders/activation.wgsl?raw'
import wgsl from '../../shaders/conv2d.wgsl?raw'
import { conv2dSizes } from '../core/op_shapes.ts'
import { ACTIVATIONS, type Conv2dOptions, type Tensor } from '../core/ops.ts'
import { type Dispatch, defineKernel } from './kernel.ts'

const WORKGROUP = 64

export const conv2dKernel = defineKernel({
  name: 'conv2d',
  wgsl: activationWgsl + wgsl,
  reads: { x: 'f32', weight: 'f32', bias: 'f32', residual: 'f32' },
  writes: { y: 'f32' },
  params: {
    B: 'u32',
    C: 'u32',
    O: 'u32',
    channels: 'u32',
    filters: 'u32',
    Hpx: 'u32',
    Wpx: 'u32',
    Kh: 'u32',
    Kw: 'u32',
    Ho: 'u32',
    Wo: 'u32',
    stride_y: 'u32',
    stride_x: 'u32',
    padding_y: 'u32',
    padding_x: 'u32',
    activation: 'u32',
    has_residual: 'u32',
  },
})

/** See `Ops.conv2d`; an absent residual is an empty tensor. Eight filters share each pixel that is loaded, where there are so many. */
export function conv2d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor,
  options: Conv2dOptions,
  residual: Tensor,
  y: Tensor,
): Dispatch {
  const { B, C, O, channels, filters, Hpx, Wpx, Kh, Kw, Ho, Wo, stride, padding } = conv2dSizes(
    x,
    weight,
    bias,
    options,
  )
  const ROWS = filters >= 8 ? 8 : 1
  return conv2dKernel.dispatch({
    constants: { WORKGROUP, WIDTH: 1, ROWS },
    reads: { x, weight, bias, residual },
    writes: { y },
    params: {
      B,
      C,
      O,
      channels,
      filters,
      Hpx,
      Wpx,
      Kh,
      Kw,
      Ho,
      Wo,
      stride_y: stride[0],
      stride_x: stride[1],
      padding_y: padding[0],
      padding_x: padding[1],
      activation: ACTIVATIONS.indexOf(options.activation ?? 'none'),
      has_residual: options.residual ? 1 : 0,
    },
    workgroups: Math.ceil((B * (O / filters) * Math.ceil(filters / ROWS) * Ho * Wo) / WORKGROUP),
  })
}
