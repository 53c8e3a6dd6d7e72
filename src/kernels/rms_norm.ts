import wgsl from '../../shaders/rms_norm.wgsl?raw'
import { rmsNormSizes } from '../core/op_shapes.ts'
import type { Tensor } from '../core/ops.ts'
import { chunkWidth, type Dispatch, defineKernel } from './kernel.ts'
import { type Tuning, teamSize } from './tuning.ts'

export const rmsNormKernel = defineKernel({
  name: 'rms_norm',
  wgsl,
  reads: { x: 'Chunk', weight: 'Chunk' },
  writes: { y: 'Chunk' },
  params: { rows: 'u32', D: 'u32', eps: 'f32' },
})

/** See `Ops.rmsNorm`; y has the shape of x. */
export function rmsNorm(x: Tensor, weight: Tensor, eps: number, y: Tensor, tuning: Tuning): Dispatch {
  const { rows, D } = rmsNormSizes(x, weight, eps)
  const WIDTH = chunkWidth(D)
  return rmsNormKernel.dispatch({
    constants: { WORKGROUP: teamSize(tuning), WIDTH },
    reads: { x, weight },
    writes: { y },
    params: { rows, D: D / WIDTH, eps },
    workgroups: rows,
  })
}
