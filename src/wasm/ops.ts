/** The operations of `core/ops.ts` as calls of WASM kernels: check, take memory for the result, compute. */

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
import type { Activation, Ops, Tensor, TypedArray } from '../core/ops.ts'
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

/** As `activate` in wasm/math.ts numbers them. */
const ACTIVATION: Record<Activation, number> = { none: 0, gelu: 1, gelu_tanh: 2, relu: 3, tanh: 4 }

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

    linear(x, weight, bias, { activation = 'none', residual } = {}) {
      const { rows, I, O, shape } = linearSizes(x, weight, bias, { residual })
      const y = empty(...shape)
      const arrays = [y, x, weight, bias].map(at)
      compute(kernels.linearScratch(I), (scratch) =>
        kernels.linear(...arrays, ACTIVATION[activation], at(residual), scratch, rows, I, O),
      )
      return y
    },

    attention(qkv, options) {
      const { B, T, D, H, Dh } = attentionSizes(qkv, options)
      const { mask, maskLayer = 0, ablate, captureHeads } = options
      const captured = captureHeads.length
      const context = empty(B, T, D)
      const logSumExp = empty(B, H, T)
      const probabilities = captured > 0 ? empty(B, captured, T, T) : null
      const slots = input(
        [H],
        Uint32Array.from({ length: H }, (_, h) => captureHeads.indexOf(h) + 1),
      )
      const outputs = [context, logSumExp, probabilities].map(at)
      compute(kernels.attentionScratch(T, Dh), (scratch) =>
        kernels.attention(
          ...outputs,
          at(qkv),
          at(mask),
          maskLayer,
          at(ablate),
          at(slots),
          captured,
          scratch,
          B,
          T,
          H,
          Dh,
        ),
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
