import wgsl from '../../shaders/attention.wgsl?raw'
import { ClsroomError } from '../core/errors.ts'
import { attentionSizes } from '../core/opShapes.ts'
import type { Tensor } from '../core/ops.ts'
import { chunkWidth, type Dispatch, defineKernel } from './kernel.ts'

const WORKGROUP = 64

export const attentionKernel = defineKernel({
  name: 'attention',
  wgsl,
  reads: { qkv: 'Chunk', mask: 'u32', ablate: 'u32', capture: 'u32' },
  writes: { context: 'Chunk', log_sum_exp: 'f32', probabilities: 'f32' },
  params: {
    B: 'u32',
    T: 'u32',
    H: 'u32',
    Dh: 'u32',
    captured: 'u32',
    masked: 'u32',
    mask_layer: 'u32',
    ablating: 'u32',
    scale: 'f32',
  },
})

/**
 * Query rows a workgroup and the size of its score array, by the longest sequence each takes. Few rows for long
 * sequences, so that the scores fit WebGPU's default 16,384 bytes of workgroup memory beside the partial sums.
 */
const SHAPES = [
  { ROWS: 8, SCORES: 1024 },
  { ROWS: 8, SCORES: 2048 },
  { ROWS: 8, SCORES: 3840 },
  { ROWS: 4, SCORES: 3840 },
  { ROWS: 2, SCORES: 3840 },
  { ROWS: 1, SCORES: 3840 },
]

/**
 * See `Ops.attention`. Absent operands are empty tensors; `capture` u32 [H] holds slot + 1 of each captured head, else 0.
 * @throws ClsroomError('unsupported') beyond 3840 tokens
 */
export function attention(
  qkv: Tensor,
  operands: { mask: Tensor; ablate: Tensor; capture: Tensor },
  options: { heads: number; mask?: Tensor; maskLayer?: number; ablate?: Tensor; captureHeads: readonly number[] },
  writes: { context: Tensor; logSumExp: Tensor; probabilities: Tensor },
): Dispatch {
  const { B, T, H, Dh } = attentionSizes(qkv, options)
  const shape = SHAPES.find(({ ROWS, SCORES }) => ROWS * T <= SCORES)
  if (!shape) {
    throw new ClsroomError('unsupported', 'The sequence is too long for exact attention', {
      found: `${T} tokens`,
      expected: 'at most 3840',
      advice: 'Shorten the input',
    })
  }
  const WIDTH = chunkWidth(Dh)
  return attentionKernel.dispatch({
    constants: { WORKGROUP, WIDTH, ...shape },
    reads: { qkv, ...operands },
    writes: {
      context: writes.context,
      log_sum_exp: writes.logSumExp,
      probabilities: writes.probabilities,
    },
    params: {
      B,
      T,
      H,
      Dh: Dh / WIDTH,
      captured: options.captureHeads.length,
      masked: options.mask ? 1 : 0,
      mask_layer: options.maskLayer ?? 0,
      ablating: options.ablate ? 1 : 0,
      scale: 1 / Math.sqrt(Dh),
    },
    workgroups: B * H * Math.ceil(T / shape.ROWS),
  })
}
