import wgsl from '../../shaders/keep.wgsl?raw'
import { keepSizes } from '../core/op_shapes.ts'
import type { Tensor } from '../core/ops.ts'
import { chunkWidth, type Dispatch, defineKernel } from './kernel.ts'

const WORKGROUP = 64

export const keepKernel = defineKernel({
  name: 'keep',
  wgsl,
  reads: { x: 'Chunk' },
  writes: { cache: 'Chunk' },
  params: { B: 'u32', T: 'u32', Tmax: 'u32', W: 'u32', width: 'u32', row: 'u32' },
})

/** See `Ops.keep`. */
export function keep(cache: Tensor, x: Tensor, row: number): Dispatch {
  const { B, T, Tmax, W, from } = keepSizes(cache, x, row)
  const WIDTH = chunkWidth(W, from)
  return keepKernel.dispatch({
    constants: { WORKGROUP, WIDTH },
    reads: { x },
    writes: { cache },
    params: { B, T, Tmax, W: W / WIDTH, width: from / WIDTH, row },
    workgroups: Math.ceil((B * T * W) / WIDTH / WORKGROUP),
  })
}
