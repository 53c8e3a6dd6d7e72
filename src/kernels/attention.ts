import maskWgsl from '../../shaders/attention_mask.wgsl?raw'
import registerWgsl from '../../shaders/attention_register.wgsl?raw'
import workgroupWgsl from '../../shaders/attention_workgroup.wgsl?raw'
import { ClsroomError } from '../core/errors.ts'
import { attentionSizes } from '../core/op_shapes.ts'
import type { Ops, Tensor } from '../core/ops.ts'
import { chunkWidth, type Dispatch, defineKernel } from './kernel.ts'
import type { Tuning } from './tuning.ts'

type Options = Parameters<Ops['attention']>[1]

const shared = {
  reads: { qkv: 'Chunk', mask: 'u32', ablate: 'u32', capture: 'u32' },
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
} as const

const writes = { context: 'Chunk', log_sum_exp: 'f32', probabilities: 'f32' } as const

export const attentionWorkgroupKernel = defineKernel({
  ...shared,
  name: 'attention_workgroup',
  wgsl: maskWgsl + workgroupWgsl,
  writes,
})

export const attentionRegisterKernel = defineKernel({
  ...shared,
  name: 'attention_register',
  wgsl: maskWgsl + registerWgsl,
  writes: { ...writes, scores: 'f32' },
})

/**
 * Workgroup variant: query rows a workgroup and the size of its score array, by the longest sequence each takes. Few
 * rows for long sequences, so that the scores fit WebGPU's default 16,384 bytes beside the partial sums.
 */
const SHAPES = [
  { ROWS: 8, SCORES: 1024 },
  { ROWS: 8, SCORES: 2048 },
  { ROWS: 8, SCORES: 3840 },
  { ROWS: 4, SCORES: 3840 },
  { ROWS: 2, SCORES: 3840 },
  { ROWS: 1, SCORES: 3840 },
]

/** Register variant: query rows an invocation. */
const ROWS = 4

/** WebGPU's default limit of a storage binding, in f32. */
const SCRATCH_LIMIT = 2 ** 27 / 4

/** Elements of the `scores` scratch; 0 where the workgroup variant is used, which needs none. */
export function attentionScratch(qkv: Tensor, options: Options, tuning: Tuning): number {
  const { B, T, H } = attentionSizes(qkv, options)
  const elements = B * H * Math.ceil(T / ROWS) * ROWS * T
  return tuning === 'software' && elements <= SCRATCH_LIMIT ? elements : 0
}

/**
 * See `Ops.attention`. Absent operands are empty tensors; `capture` u32 [H] holds slot + 1 of each captured head, else 0;
 * `scores` has `attentionScratch` elements.
 * @throws ClsroomError('unsupported') where the workgroup variant gets more than 3840 tokens
 */
export function attention(
  qkv: Tensor,
  operands: { mask: Tensor; ablate: Tensor; capture: Tensor },
  options: Options,
  out: { context: Tensor; logSumExp: Tensor; probabilities: Tensor; scores: Tensor },
): Dispatch {
  const { B, T, H, Dh } = attentionSizes(qkv, options)
  const WIDTH = chunkWidth(Dh)
  const { context, logSumExp, probabilities, scores } = out
  const call = {
    reads: { qkv, ...operands },
    writes: { context, log_sum_exp: logSumExp, probabilities, scores },
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
  }
  if (scores.shape[0] !== 0) {
    const WORKGROUP = 16
    const invocations = B * H * Math.ceil(T / ROWS)
    const constants = { WORKGROUP, WIDTH, ROWS }
    return attentionRegisterKernel.dispatch({ ...call, constants, workgroups: Math.ceil(invocations / WORKGROUP) })
  }
  const shape = SHAPES.find(({ ROWS, SCORES }) => ROWS * T <= SCORES)
  if (!shape) {
    throw new ClsroomError('unsupported', 'The sequence is too long for exact attention', {
      found: `${T} tokens`,
      expected: 'at most 3840',
      advice: 'Shorten the input',
    })
  }
  const constants = { WORKGROUP: 64, WIDTH, ...shape }
  return attentionWorkgroupKernel.dispatch({ ...call, constants, workgroups: B * H * Math.ceil(T / shape.ROWS) })
}
