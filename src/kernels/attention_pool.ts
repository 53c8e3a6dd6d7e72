import wgsl from '../../shaders/attention_pool.wgsl?raw'
import { attentionPoolSizes } from '../core/op_shapes.ts'
import type { Tensor } from '../core/ops.ts'
import { chunkWidth, type Dispatch, defineKernel } from './kernel.ts'
import { type Tuning, teamSize } from './tuning.ts'

export const attentionPoolKernel = defineKernel({
  name: 'attention_pool',
  wgsl,
  reads: { x: 'Chunk', chosen: 'u32', query: 'Chunk' },
  writes: { pooled: 'Chunk', weights: 'f32' },
  params: { B: 'u32', T: 'u32', D: 'u32', scale: 'f32' },
})

/** See `Ops.attentionPool`; pooled [B, D], weights [B, T]. */
export function attentionPool(
  x: Tensor,
  chosen: Tensor,
  query: Tensor,
  writes: { pooled: Tensor; weights: Tensor },
  tuning: Tuning,
): Dispatch {
  const { B, T, D } = attentionPoolSizes(x, chosen, query)
  const WIDTH = chunkWidth(D)
  return attentionPoolKernel.dispatch({
    constants: { WORKGROUP: teamSize(tuning), WIDTH },
    reads: { x, chosen, query },
    writes,
    params: { B, T, D: D / WIDTH, scale: 1 / Math.sqrt(D) },
    workgroups: B,
  })
}
