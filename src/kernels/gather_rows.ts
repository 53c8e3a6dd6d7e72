import wgsl from '../../shaders/gather_rows.wgsl?raw'
import { gatherRowsSizes } from '../core/op_shapes.ts'
import type { Tensor } from '../core/ops.ts'
import { chunkWidth, type Dispatch, defineKernel } from './kernel.ts'

const WORKGROUP = 64

export const gatherRowsKernel = defineKernel({
  name: 'gather_rows',
  wgsl,
  reads: { x: 'Chunk', rows: 'u32' },
  writes: { out: 'Chunk' },
  params: { B: 'u32', T: 'u32', D: 'u32', M: 'u32' },
})

/** See `Ops.gatherRows`; out [B, M, D]. */
export function gatherRows(x: Tensor, rows: Tensor, out: Tensor): Dispatch {
  const { B, T, D, M } = gatherRowsSizes(x, rows)
  const WIDTH = chunkWidth(D)
  return gatherRowsKernel.dispatch({
    constants: { WORKGROUP, WIDTH },
    reads: { x, rows },
    writes: { out },
    params: { B, T, D: D / WIDTH, M },
    workgroups: Math.ceil((B * M * D) / WIDTH / WORKGROUP),
  })
}
