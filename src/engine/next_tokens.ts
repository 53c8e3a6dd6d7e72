/** What is read off the arrays of a causal decoder's run, so that the arrays themselves need not leave the worker. */

import { softmax } from '../core/logits.ts'
import type { NDArray } from '../core/shapes.ts'
import type { TextInput } from '../models/model.ts'
import type { NextRequest, NextTokens } from './protocol.ts'

/** @param logits [M, V] of the rows `mlmRows`, or of all */
export function nextTokens(
  logits: NDArray,
  { ids, mlmRows }: Pick<TextInput, 'ids' | 'mlmRows'>,
  { watched = [] }: NextRequest,
): NextTokens {
  const [M, V] = logits.dims as [number, number]
  const losses = new Float32Array(M)
  const probabilities = new Float32Array(M * watched.length)
  for (let m = 0; m < M; m++) {
    const row = softmax(logits.data, m * V, V)
    const target = ids[(mlmRows?.[m] ?? m) + 1] ?? V
    losses[m] = -Math.log(row[target] ?? Number.NaN)
    watched.forEach((token, w) => {
      probabilities[m * watched.length + w] = row[token] ?? Number.NaN
    })
  }
  return { losses, watched: { dims: [M, watched.length], data: probabilities } }
}

/** ‖v‖ by head and token, [Hk, T]. @param packed [T, (H + 2·Hk)·Dh] with the values last */
export function valueNorms(packed: NDArray, { heads, width }: { heads: number; width: number }): NDArray {
  const [T, all] = packed.dims as [number, number]
  const Dh = width / heads
  const norms = new Float32Array(heads * T)
  for (let h = 0; h < heads; h++) {
    for (let t = 0; t < T; t++) {
      const from = t * all + all - width + h * Dh
      norms[h * T + t] = Math.hypot(...packed.data.subarray(from, from + Dh))
    }
  }
  return { dims: [heads, T], data: norms }
}
