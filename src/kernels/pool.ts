import wgsl from '../../shaders/pool.wgsl?raw'
import { poolSizes } from '../core/op_shapes.ts'
import type { Tensor } from '../core/ops.ts'
import { chunkWidth, type Dispatch, defineKernel } from './kernel.ts'

const WORKGROUP = 64

export const poolKernel = defineKernel({
  name: 'pool',
  wgsl,
  reads: { x: 'Chunk', chosen: 'u32' },
  writes: { out: 'Chunk' },
  params: { B: 'u32', T: 'u32', D: 'u32', take_max: 'u32' },
})

/** See `Ops.pool`; out [B, D]. */
export function pool(x: Tensor, chosen: Tensor, mode: 'mean' | 'max', out: Tensor): Dispatch {
  const { B, T, D } = poolSizes(x, chosen)
  const WIDTH = chunkWidth(D)
  return poolKernel.dispatch({
    constants: { WORKGROUP, WIDTH },
    reads: { x, chosen },
    writes: { out },
    params: { B, T, D: D / WIDTH, take_max: mode === 'max' ? 1 : 0 },
    workgroups: Math.ceil((B * D) / WIDTH / WORKGROUP),
  })
}
