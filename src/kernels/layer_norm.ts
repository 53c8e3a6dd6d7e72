import wgsl from '../../shaders/layer_norm.wgsl?raw'
import { layerNormSizes } from '../core/op_shapes.ts'
import type { Tensor } from '../core/ops.ts'
import { chunkWidth, type Dispatch, defineKernel } from './kernel.ts'
import { type Tuning, teamSize } from './tuning.ts'

export const layerNormKernel = defineKernel({
  name: 'layer_norm',
  wgsl,
  reads: { x: 'Chunk', weight: 'Chunk', bias: 'Chunk' },
  writes: { y: 'Chunk' },
  params: { rows: 'u32', D: 'u32', eps: 'f32' },
})

/** See `Ops.layerNorm`; y has the shape of x. */
export function layerNorm(x: Tensor, weight: Tensor, bias: Tensor, eps: number, y: Tensor, tuning: Tuning): Dispatch {
  const { rows, D } = layerNormSizes(x, weight, bias, eps)
  const WIDTH = chunkWidth(D)
  return layerNormKernel.dispatch({
    constants: { WORKGROUP: teamSize(tuning), WIDTH },
    reads: { x, weight, bias },
    writes: { y },
    params: { rows, D: D / WIDTH, eps },
    workgroups: rows,
  })
}
