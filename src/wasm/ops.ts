/** The operations of `core/ops.ts` as calls of WASM kernels: check, take memory for the result, compute. */

import {
  attentionPoolSizes,
  attentionSizes,
  conv2dSizes,
  embedPatchesSizes,
  embedTokensSizes,
  expectIndices,
  gatedSizes,
  gatherRowsSizes,
  keepSizes,
  layerNormSizes,
  linearSizes,
  maxPool2dSizes,
  poolSizes,
  rmsNormSizes,
  rotarySizes,
} from '../core/op_shapes.ts'
import { ACTIVATIONS, type Ops, type Tensor, type TypedArray } from '../core/ops.ts'
import type { Shape } from '../core/shapes.ts'
import type { Kernels } from './kernels.ts'

/** What computing needs of a session. */
export interface Desk {
  input(shape: Shape, data: TypedArray): Tensor
  /** An f32 intermediate with undefined contents. */
  empty(...shape: number[]): Tensor
  release(tensor: Tensor): void
  /** Where a tensor lies; 0 for none. */
  at(tensor: Tensor | null | undefined): number
  numbers(tensor: Tensor): TypedArray
  /** Computes one operation, with scratch memory for as long as it takes. */
  compute(scratchBytes: number, call: (scratch: number) => void): void
}

export function createOps(kernels: Kernels, { input, empty, release, at, numbers, compute }: Desk): Ops {
  return {
    input,

    embedTokens(args) {
      const { B, T, D, V, E, M, S } = embedTokensSizes(args)
      const { ids, positions, segments, words, positionTable, segmentTable, extra } = args
      expectIndices('ids', numbers(ids), 0, V + E)
      expectIndices('positions', numbers(positions), 0, M)
      expectIndices('segments', numbers(segments), 0, S)
      const out = empty(B, T, D)
      const arrays = [out, ids, positions, segments, words, positionTable, segmentTable, extra].map(at)
      compute(0, () => kernels.embedTokens(...arrays, B * T, V, D))
      return out
    },

    embedPatches(args) {
      const { B, T, D, C, P, N, S, M, Hpx, Wpx, patchRow } = embedPatchesSizes(args)
      const { pixels, kernel, bias, specials, positionTable, sources, positions } = args
      expectIndices('sources', numbers(sources), -S, N)
      expectIndices('positions', numbers(positions), -1, M)
      const out = empty(B, T, D)
      const arrays = [out, pixels, kernel, bias, specials, positionTable, sources, positions].map(at)
      compute(kernels.embedPatchesScratch(B * T, C, P), (scratch) =>
        kernels.embedPatches(...arrays, scratch, B, T, D, C, P, Hpx, Wpx, patchRow),
      )
      return out
    },

    layerNorm(x, weight, bias, eps) {
      const { rows, D } = layerNormSizes(x, weight, bias, eps)
      const y = empty(...x.shape)
      compute(0, () => kernels.layerNorm(at(y), at(x), at(weight), at(bias), eps, rows, D))
      return y
    },

    linear(x, weight, bias, { activation = 'none', residual, norm } = {}) {
      const { rows, I, O, shape } = linearSizes(x, weight, bias, { residual, norm })
      const y = empty(...shape)
      const arrays = [y, x, weight, bias].map(at)
      compute(kernels.linearScratch(I), (scratch) =>
        kernels.linear(...arrays, ACTIVATIONS.indexOf(activation), at(residual), scratch, rows, I, O),
      )
      // A row is read before it is written, so it may be normalised where it lies.
      if (norm) compute(0, () => kernels.layerNorm(at(y), at(y), at(norm.weight), at(norm.bias), norm.eps, rows, O))
      return y
    },

    rmsNorm(x, weight, eps) {
      const { rows, D } = rmsNormSizes(x, weight, eps)
      const y = empty(...x.shape)
      compute(0, () => kernels.rmsNorm(at(y), at(x), at(weight), eps, rows, D))
      return y
    },

    gated(x, activation) {
      const { rows, F, shape } = gatedSizes(x)
      const y = empty(...shape)
      compute(0, () => kernels.gated(at(y), at(x), ACTIVATIONS.indexOf(activation), rows, F))
      return y
    },

    conv2d(x, weight, bias, options = {}) {
      const sizes = conv2dSizes(x, weight, bias, options)
      const { B, C, O, channels, filters, Hpx, Wpx, Kh, Kw, Ho, Wo, stride, padding } = sizes
      const { activation = 'none', residual } = options
      const y = empty(B, O, Ho, Wo)
      const arrays = [y, x, weight, bias, residual].map(at)
      const numbers = [B, C, O, channels, filters, Hpx, Wpx, Kh, Kw, Ho, Wo, ...stride, ...padding]
      compute(kernels.conv2dScratch(channels, Kh, Kw), (scratch) =>
        kernels.conv2d(...arrays, ACTIVATIONS.indexOf(activation), scratch, ...numbers),
      )
      return y
    },

    maxPool2d(x, window) {
      const { B, C, Hpx, Wpx, Ho, Wo } = maxPool2dSizes(x, window)
      const y = empty(B, C, Ho, Wo)
      const { size, stride, padding } = window
      compute(0, () => kernels.maxPool2d(at(y), at(x), B * C, Hpx, Wpx, Ho, Wo, size, stride, padding))
      return y
    },

    rotary(x, cos, sin, options) {
      const { B, T, W, half, angles } = rotarySizes(x, cos, sin, options)
      const out = empty(...x.shape)
      const neighbours = options.pairs === 'neighbours' ? 1 : 0
      compute(0, () =>
        kernels.rotary(at(out), at(x), at(cos), at(sin), options.heads, neighbours, B * T, W, angles, half),
      )
      return out
    },

    keep(cache, x, row) {
      const { B, T, Tmax, W, from } = keepSizes(cache, x, row)
      compute(0, () => kernels.keep(at(cache), at(x), row, B, T, Tmax, W, from))
    },

    attention(queries, options) {
      const sizes = attentionSizes(queries, options)
      const { B, Tq, Tk, H, Hk, Dh, queryStride, keyStride, keyRows, keyOffset } = sizes
      const { keysValues = queries, mask, bias, ablate, captureHeads } = options
      const captured = captureHeads.length
      const context = empty(B, Tq, H * Dh)
      const logSumExp = empty(B, H, Tq)
      const probabilities = captured > 0 ? empty(B, captured, Tq, Tk) : null
      const slots = input(
        [H],
        Uint32Array.from({ length: H }, (_, h) => captureHeads.indexOf(h) + 1),
      )
      const arrays = [context, logSumExp, probabilities, queries, keysValues, mask, bias, ablate, slots].map(at)
      const shape = [captured, B, Tq, Tk, H, Hk, Dh, queryStride, keyStride, keyRows, keyOffset]
      const masks = [sizes.maskHeads, sizes.maskLayer, sizes.least, sizes.most]
      const biases = [sizes.biasFirst, sizes.biasHead, sizes.biasQuery, sizes.biasKey]
      compute(kernels.attentionScratch(Tq, Tk, Dh), (scratch) =>
        kernels.attention(...arrays, scratch, ...shape, ...masks, ...biases, sizes.scale),
      )
      release(slots)
      return { context, logSumExp, probabilities }
    },

    gatherRows(x, rows) {
      const { B, T, D, M } = gatherRowsSizes(x, rows)
      expectIndices('rows', numbers(rows), 0, T)
      const out = empty(B, M, D)
      compute(0, () => kernels.gatherRows(at(out), at(x), at(rows), B, T, D, M))
      return out
    },

    pool(x, chosen, mode) {
      const { B, T, D } = poolSizes(x, chosen)
      const out = empty(B, D)
      compute(0, () => kernels.pool(at(out), at(x), at(chosen), mode === 'max' ? 1 : 0, B, T, D))
      return out
    },

    attentionPool(x, chosen, query) {
      const { B, T, D } = attentionPoolSizes(x, chosen, query)
      const pooled = empty(B, D)
      const weights = empty(B, T)
      compute(0, () => kernels.attentionPool(at(pooled), at(weights), at(x), at(chosen), at(query), B, T, D))
      return { pooled, weights }
    },

    release(...tensors) {
      for (const tensor of tensors) release(tensor)
    },
  }
}
