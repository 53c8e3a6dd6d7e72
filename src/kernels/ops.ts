/** The operations of `core/ops.ts` as kernel dispatches: check, take memory for the result, record. */

import {
  attentionPoolSizes,
  attentionSizes,
  embedPatchesSizes,
  embedTokensSizes,
  expectIndices,
  gatherRowsSizes,
  layerNormSizes,
  linearSizes,
  poolSizes,
} from '../core/op_shapes.ts'
import type { Ops, Tensor, TypedArray } from '../core/ops.ts'
import type { Shape } from '../core/shapes.ts'
import { attention, attentionScratch } from './attention.ts'
import { attentionPool } from './attention_pool.ts'
import { embedPatches } from './embed_patches.ts'
import { embedTokens } from './embed_tokens.ts'
import { gatherRows } from './gather_rows.ts'
import type { Dispatch } from './kernel.ts'
import { layerNorm } from './layer_norm.ts'
import { linear } from './linear.ts'
import { pool } from './pool.ts'
import type { Tuning } from './tuning.ts'

/** What recording needs of a session. */
export interface Recorder {
  input(shape: Shape, data: TypedArray): Tensor
  /** An f32 intermediate with undefined contents. */
  empty(...shape: number[]): Tensor
  release(tensor: Tensor): void
  record(dispatch: Dispatch): void
  /** The numbers of an integer tensor, if the page gave them. */
  host(tensor: Tensor): TypedArray | null
  /** An empty tensor: stands for an absent operand. */
  readonly nothing: Tensor
}

export function createOps(recorder: Recorder, tuning: Tuning): Ops {
  const { nothing } = recorder

  const expectRows = (what: string, tensor: Tensor, from: number, below: number) => {
    const host = recorder.host(tensor)
    if (host) expectIndices(what, host, from, below)
  }

  return {
    input: recorder.input,

    embedTokens(args) {
      const { B, T, D, V, E, M, S } = embedTokensSizes(args)
      expectRows('ids', args.ids, 0, V + E)
      expectRows('positions', args.positions, 0, M)
      expectRows('segments', args.segments, 0, S)
      const out = recorder.empty(B, T, D)
      recorder.record(embedTokens(args, out))
      return out
    },

    embedPatches(args) {
      const { B, T, D, N, S, M } = embedPatchesSizes(args)
      expectRows('sources', args.sources, -S, N)
      expectRows('positions', args.positions, -1, M)
      const out = recorder.empty(B, T, D)
      recorder.record(embedPatches(args, out, tuning))
      return out
    },

    layerNorm(x, weight, bias, eps) {
      layerNormSizes(x, weight, bias, eps)
      const y = recorder.empty(...x.shape)
      recorder.record(layerNorm(x, weight, bias, eps, y, tuning))
      return y
    },

    linear(x, weight, bias, options) {
      const y = recorder.empty(...linearSizes(x, weight, bias, options).shape)
      const { activation = 'none', residual } = options ?? {}
      const epilogue = { activation, residual: residual ?? nothing, hasResidual: residual !== undefined }
      recorder.record(linear(x, weight, bias, epilogue, y, tuning))
      return y
    },

    attention(qkv, options) {
      const { B, T, D, H } = attentionSizes(qkv, options)
      const { captureHeads, mask = nothing, ablate = nothing } = options
      const context = recorder.empty(B, T, D)
      const logSumExp = recorder.empty(B, H, T)
      const probabilities = recorder.empty(B, captureHeads.length, T, T)
      const slots = Uint32Array.from({ length: H }, (_, h) => captureHeads.indexOf(h) + 1)
      const operands = { mask, ablate, capture: recorder.input([H], slots) }
      const scores = recorder.empty(attentionScratch(qkv, options, tuning))
      recorder.record(attention(qkv, operands, options, { context, logSumExp, probabilities, scores }))
      recorder.release(scores)
      if (captureHeads.length > 0) return { context, logSumExp, probabilities }
      recorder.release(probabilities)
      return { context, logSumExp, probabilities: null }
    },

    gatherRows(x, rows) {
      const { B, T, D, M } = gatherRowsSizes(x, rows)
      expectRows('rows', rows, 0, T)
      const out = recorder.empty(B, M, D)
      recorder.record(gatherRows(x, rows, out))
      return out
    },

    pool(x, chosen, mode) {
      const { B, D } = poolSizes(x, chosen)
      const out = recorder.empty(B, D)
      recorder.record(pool(x, chosen, mode, out))
      return out
    },

    attentionPool(x, chosen, query) {
      const { B, T, D } = attentionPoolSizes(x, chosen, query)
      const pooled = recorder.empty(B, D)
      const weights = recorder.empty(B, T)
      recorder.record(attentionPool(x, chosen, query, { pooled, weights }, tuning))
      return { pooled, weights }
    },

    release(...tensors) {
      for (const tensor of tensors) recorder.release(tensor)
    },
  }
}
