/** The operations of `core/ops.ts` as kernel dispatches: check, take memory for the result, record. */

import {
  attentionPoolSizes,
  attentionSizes,
  conv2dSizes,
  embedPatchesSizes,
  embedTokensSizes,
  expectIndices,
  gatedSizes,
  gatherRowsSizes,
  layerNormSizes,
  linearSizes,
  maxPool2dSizes,
  poolSizes,
  rmsNormSizes,
  rotarySizes,
} from '../core/op_shapes.ts'
import type { Ops, Tensor, TypedArray } from '../core/ops.ts'
import type { Shape } from '../core/shapes.ts'
import { attention, attentionScratch, headPlaces } from './attention.ts'
import { attentionPool } from './attention_pool.ts'
import { conv2d } from './conv2d.ts'
import { embedPatches } from './embed_patches.ts'
import { embedTokens } from './embed_tokens.ts'
import { gated } from './gated.ts'
import { gatherRows } from './gather_rows.ts'
import { keep } from './keep.ts'
import type { Dispatch } from './kernel.ts'
import { layerNorm } from './layer_norm.ts'
import { linear, linearParts, products } from './linear.ts'
import { maxPool2d } from './max_pool2d.ts'
import { pool } from './pool.ts'
import { rmsNorm } from './rms_norm.ts'
import { rotary } from './rotary.ts'
import { fitsRegisters, sumLayerNorm } from './sum_layer_norm.ts'
import type { Columns } from './tensors.ts'
import type { Tuning } from './tuning.ts'

/** What recording needs of a session. */
export interface Recorder {
  input(shape: Shape, data: TypedArray): Tensor
  /** An f32 intermediate with undefined contents; `spare` f32 of scratch lie behind it. */
  empty(shape: Shape, spare?: number): Tensor
  release(tensor: Tensor): void
  record(dispatch: Dispatch): void
  /** The numbers of an integer tensor, if the page gave them. */
  host(tensor: Tensor): TypedArray | null
  /** A matrix in the pieces that it lies in. */
  columns(matrix: Tensor): readonly Columns[]
  /** An empty tensor: stands for an absent operand. */
  readonly nothing: Tensor
}

export function createOps(recorder: Recorder, tuning: Tuning): Ops {
  const { nothing } = recorder
  /** What attention knows of its heads, uploaded once for all layers that ask for the same. */
  const places = new Map<string, Tensor>()

  const placesOf = (H: number, captureHeads: readonly number[], ablate: TypedArray | null): Tensor => {
    const key = `${H}:${captureHeads}:${ablate ?? ''}`
    const known = places.get(key)
    if (known) return known
    const uploaded = recorder.input([H, 2], headPlaces(H, captureHeads, ablate))
    places.set(key, uploaded)
    return uploaded
  }

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
      const out = recorder.empty([B, T, D])
      for (const words of recorder.columns(args.words)) recorder.record(embedTokens(args, words, out))
      return out
    },

    embedPatches(args) {
      const { B, T, D, N, S, M } = embedPatchesSizes(args)
      expectRows('sources', args.sources, -S, N)
      expectRows('positions', args.positions, -1, M)
      const out = recorder.empty([B, T, D])
      recorder.record(embedPatches(args, out, tuning))
      return out
    },

    layerNorm(x, weight, bias, eps) {
      layerNormSizes(x, weight, bias, eps)
      const y = recorder.empty(x.shape)
      recorder.record(layerNorm(x, weight, bias, eps, y, tuning))
      return y
    },

    linear(x, weight, bias, options = {}) {
      const { rows, O, shape } = linearSizes(x, weight, bias, options)
      const { activation = 'none', residual, norm } = options
      const end = { activation, residual: residual ?? nothing, hasResidual: residual !== undefined }
      const operands = { x, weight, pieces: recorder.columns(weight), bias }
      const parts = linearParts(x, weight, bias, tuning)
      const partials = parts > 1 ? recorder.empty([parts, rows, O]) : nothing
      const y = recorder.empty(shape)
      // The pass that adds up the parts can normalise what it adds up.
      if (norm && parts > 1 && activation === 'none' && fitsRegisters(O, tuning)) {
        for (const product of products(operands, end, partials, tuning)) recorder.record(product)
        recorder.record(sumLayerNorm({ ...end, partials, bias }, end.hasResidual, norm, y, tuning))
        recorder.release(partials)
        return y
      }
      for (const dispatch of linear(operands, end, { y, partials }, tuning)) recorder.record(dispatch)
      recorder.release(partials)
      if (!norm) return y
      const normed = recorder.empty(shape)
      recorder.record(layerNorm(y, norm.weight, norm.bias, norm.eps, normed, tuning))
      recorder.release(y)
      return normed
    },

    rmsNorm(x, weight, eps) {
      rmsNormSizes(x, weight, eps)
      const y = recorder.empty(x.shape)
      recorder.record(rmsNorm(x, weight, eps, y, tuning))
      return y
    },

    gated(x, activation) {
      const y = recorder.empty(gatedSizes(x).shape)
      recorder.record(gated(x, activation, y))
      return y
    },

    conv2d(x, weight, bias, options = {}) {
      const { B, O, Ho, Wo } = conv2dSizes(x, weight, bias, options)
      const y = recorder.empty([B, O, Ho, Wo])
      recorder.record(conv2d(x, weight, bias, options, options.residual ?? nothing, y))
      return y
    },

    maxPool2d(x, window) {
      const { B, C, Ho, Wo } = maxPool2dSizes(x, window)
      const y = recorder.empty([B, C, Ho, Wo])
      recorder.record(maxPool2d(x, window, y))
      return y
    },

    rotary(x, cos, sin, options) {
      rotarySizes(x, cos, sin, options)
      const out = recorder.empty(x.shape)
      recorder.record(rotary(x, cos, sin, options, out))
      return out
    },

    keep(cache, x, row) {
      recorder.record(keep(cache, x, row))
    },

    attention(queries, options) {
      const { B, Tq, Tk, H, Dh } = attentionSizes(queries, options)
      const { captureHeads, keysValues = queries, mask = nothing, bias = nothing, ablate } = options
      const context = recorder.empty([B, Tq, H * Dh])
      const logSumExp = recorder.empty([B, H, Tq])
      const maps = recorder.empty([B, captureHeads.length, Tq, Tk], attentionScratch(queries, options, tuning))
      const heads = placesOf(H, captureHeads, ablate ? recorder.host(ablate) : null)
      const operands = { keysValues, mask, bias, heads }
      recorder.record(attention(queries, operands, options, { context, logSumExp, maps }, tuning))
      if (captureHeads.length > 0) return { context, logSumExp, probabilities: maps }
      recorder.release(maps)
      return { context, logSumExp, probabilities: null }
    },

    gatherRows(x, rows) {
      const { B, T, D, M } = gatherRowsSizes(x, rows)
      expectRows('rows', rows, 0, T)
      const out = recorder.empty([B, M, D])
      recorder.record(gatherRows(x, rows, out))
      return out
    },

    pool(x, chosen, mode) {
      const { B, D } = poolSizes(x, chosen)
      const out = recorder.empty([B, D])
      recorder.record(pool(x, chosen, mode, out))
      return out
    },

    attentionPool(x, chosen, query) {
      const { B, T, D } = attentionPoolSizes(x, chosen, query)
      const pooled = recorder.empty([B, D])
      const weights = recorder.empty([B, T])
      recorder.record(attentionPool(x, chosen, query, { pooled, weights }, tuning))
      return { pooled, weights }
    },

    release(...tensors) {
      for (const tensor of tensors) recorder.release(tensor)
    },
  }
}
