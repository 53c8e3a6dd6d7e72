import registerWgsl from '../../shaders/attention_register.wgsl?raw'
import scoresWgsl from '../../shaders/attention_scores.wgsl?raw'
import tiledWgsl from '../../shaders/attention_tiled.wgsl?raw'
import { attentionSizes } from '../core/op_shapes.ts'
import type { AttentionOptions, Tensor } from '../core/ops.ts'
import { chunkWidth, type Dispatch, defineKernel } from './kernel.ts'
import { attentionVariant, type Tuning } from './tuning.ts'

const shared = {
  reads: { queries: 'Chunk', keys_values: 'Chunk', mask: 'u32', bias: 'f32', heads: 'u32' },
  writes: { context: 'Chunk', log_sum_exp: 'f32', maps: 'f32' },
  params: {
    B: 'u32',
    Tq: 'u32',
    Tk: 'u32',
    H: 'u32',
    Dh: 'u32',
    group: 'u32',
    query_stride: 'u32',
    key_stride: 'u32',
    key_rows: 'u32',
    key_offset: 'u32',
    value_offset: 'u32',
    captured: 'u32',
    mask_heads: 'u32',
    mask_layer: 'u32',
    least: 'i32',
    most: 'i32',
    biased: 'u32',
    bias_first: 'i32',
    bias_head: 'i32',
    bias_query: 'i32',
    bias_key: 'i32',
    scale: 'f32',
  },
} as const

export const attentionTiledKernel = defineKernel({
  ...shared,
  name: 'attention_tiled',
  wgsl: scoresWgsl + tiledWgsl,
})

export const attentionRegisterKernel = defineKernel({
  ...shared,
  name: 'attention_register',
  wgsl: scoresWgsl + registerWgsl,
})

/** f32 behind the maps for the scores of the heads that are not captured; 0 where the tiled kernel runs, which needs none. */
export function attentionScratch(queries: Tensor, options: AttentionOptions, tuning: Tuning): number {
  const sizes = attentionSizes(queries, options)
  const { B, H, Tq, Tk } = sizes
  if (attentionVariant(sizes, tuning).kernel === 'tiled') return 0
  return B * (H - options.captureHeads.length) * Tq * Tk
}

/**
 * What the kernels know of each head, [H, 2]: the place of its map (captured heads first, in their order), and whether it is silenced.
 */
export function headPlaces(H: number, captureHeads: readonly number[], ablate: ArrayLike<number> | null): Uint32Array {
  const others = Array.from({ length: H }, (_, h) => h).filter((h) => !captureHeads.includes(h))
  const places = new Uint32Array(2 * H)
  for (const [place, h] of [...captureHeads, ...others].entries()) places.set([place, ablate?.[h] ?? 0], 2 * h)
  return places
}

/** See `Ops.attention`. Absent operands are empty tensors; `heads` holds `headPlaces`; maps have `attentionScratch` f32 behind them. */
export function attention(
  queries: Tensor,
  operands: { keysValues: Tensor; mask: Tensor; bias: Tensor; heads: Tensor },
  options: AttentionOptions,
  out: { context: Tensor; logSumExp: Tensor; maps: Tensor },
  tuning: Tuning,
): Dispatch {
  const sizes = attentionSizes(queries, options)
  const { B, Tq, Tk, H, Hk, Dh, queryStride, keyStride, keyRows, keyOffset } = sizes
  const { mask, bias, heads, keysValues } = operands
  const variant = attentionVariant(sizes, tuning)
  const WIDTH = variant.kernel === 'tiled' ? 4 : chunkWidth(Dh, queryStride, keyStride)
  const call = {
    reads: { queries, keys_values: keysValues, mask, bias, heads },
    writes: { context: out.context, log_sum_exp: out.logSumExp, maps: out.maps },
    params: {
      B,
      Tq,
      Tk,
      H,
      Dh: Dh / WIDTH,
      group: H / Hk,
      query_stride: queryStride / WIDTH,
      key_stride: keyStride / WIDTH,
      key_rows: keyRows,
      key_offset: keyOffset / WIDTH,
      value_offset: (Hk * Dh) / WIDTH,
      captured: options.captureHeads.length,
      mask_heads: sizes.maskHeads,
      mask_layer: sizes.maskLayer,
      least: sizes.least,
      most: sizes.most,
      biased: options.bias ? 1 : 0,
      bias_first: sizes.biasFirst,
      bias_head: sizes.biasHead,
      bias_query: sizes.biasQuery,
      bias_key: sizes.biasKey,
      scale: sizes.scale,
    },
  }
  if (variant.kernel === 'tiled') {
    const { TX, TY, ROWS, KEPT } = variant
    const workgroups = B * H * Math.ceil(Tq / (ROWS * TY))
    return attentionTiledKernel.dispatch({ ...call, constants: { WIDTH: 4, TX, TY, ROWS, KEPT }, workgroups })
  }
  const WORKGROUP = 16
  const invocations = B * H * Math.ceil(Tq / variant.ROWS)
  const constants = { WORKGROUP, WIDTH, ROWS: variant.ROWS }
  return attentionRegisterKernel.dispatch({ ...call, constants, workgroups: Math.ceil(invocations / WORKGROUP) })
}
