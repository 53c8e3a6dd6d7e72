import wgsl from '../../shaders/embed_tokens.wgsl?raw'
import { embedTokensSizes } from '../core/op_shapes.ts'
import type { Ops, Tensor } from '../core/ops.ts'
import { chunkWidth, type Dispatch, defineKernel } from './kernel.ts'

const WORKGROUP = 64

export const embedTokensKernel = defineKernel({
  name: 'embed_tokens',
  wgsl,
  reads: {
    ids: 'u32',
    positions: 'u32',
    segments: 'u32',
    words: 'Chunk',
    position_table: 'Chunk',
    segment_table: 'Chunk',
    extra: 'Chunk',
  },
  writes: { out: 'Chunk' },
  params: { tokens: 'u32', D: 'u32', V: 'u32' },
})

/** See `Ops.embedTokens`; out [B, T, D]. */
export function embedTokens(args: Parameters<Ops['embedTokens']>[0], out: Tensor): Dispatch {
  const { B, T, D, V } = embedTokensSizes(args)
  const WIDTH = chunkWidth(D)
  const { ids, positions, segments, words, positionTable, segmentTable, extra } = args
  return embedTokensKernel.dispatch({
    constants: { WORKGROUP, WIDTH },
    reads: { ids, positions, segments, words, position_table: positionTable, segment_table: segmentTable, extra },
    writes: { out },
    params: { tokens: B * T, D: D / WIDTH, V },
    workgroups: Math.ceil((B * T * D) / WIDTH / WORKGROUP),
  })
}
