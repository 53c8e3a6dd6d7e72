import wgsl from '../../shaders/max_pool2d.wgsl?raw'
import { maxPool2dSizes } from '../core/op_shapes.ts'
import type { Tensor, Window2d } from '../core/ops.ts'
import { type Dispatch, defineKernel } from './kernel.ts'

const WORKGROUP = 64

export const maxPool2dKernel = defineKernel({
  name: 'max_pool2d',
  wgsl,
  reads: { x: 'f32' },
  writes: { y: 'f32' },
  params: { planes: 'u32', Hpx: 'u32', Wpx: 'u32', Ho: 'u32', Wo: 'u32', size: 'u32', stride: 'u32', padding: 'u32' },
})

/** See `Ops.maxPool2d`. */
export function maxPool2d(x: Tensor, window: Window2d, y: Tensor): Dispatch {
  const { B, C, Hpx, Wpx, Ho, Wo } = maxPool2dSizes(x, window)
  const { size, stride, padding } = window
  return maxPool2dKernel.dispatch({
    constants: { WORKGROUP, WIDTH: 1 },
    reads: { x },
    writes: { y },
    params: { planes: B * C, Hpx, Wpx, Ho, Wo, size, stride, padding },
    workgroups: Math.ceil((B * C * Ho * Wo) / WORKGROUP),
  })
}
