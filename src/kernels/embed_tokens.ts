import wgsl from '../../shaders/embed_tokens.wgsl?raw'
import { embedTokensSizes } from '../core/op_shapes.ts'
import type { Ops, Tensor } from '../core/ops.ts'
import { chunkWidth, type Dispatch, defineKernel } from './kernel.ts'
import type { Columns } from './tensors.ts'

const WORKGROUP = 64

export const embedTokensKernel = defineKernel({
  name: 'embed_tokens',
  wgsl,
  reads: {
    ids: 'u32',
    positions: 'u32',
    segments: 'u32',
    words: 'Stored',
    position_table: 'Chunk',
    segment_table: 'Chunk',
    extra: 'Chunk',
  },
  writes: { out: 'Chunk' },
  params: { tokens: 'u32', D: 'u32', V: 'u32', first: 'u32', width: 'u32' },
})

/** See `Ops.embedTokens`; the same columns of out [B, T, D] as of the words. */
export function embedTokens(
  args: Parameters<Ops['embedTokens']>[0],
  { tensor: words, first }: Columns,
  out: Tensor,
): Dispatch {
  const { B, T, D, V } = embedTokensSizes(args)
  const width = words.shape.at(-1) as number
  const WIDTH = chunkWidth(D)
  const { ids, positions, segments, positionTable, segmentTable, extra } = args
  return embedTokensKernel.dispatch({
    constants: { WORKGROUP, WIDTH },
    reads: { ids, positions, segments, words, position_table: positionTable, segment_table: segmentTable, extra },
    writes: { out },
    params: { tokens: B * T, D: D / WIDTH, V, first: first / WIDTH, width: width / WIDTH },
    workgroups: Math.ceil((B * T * width) / WIDTH / WORKGROUP),
  })
}
