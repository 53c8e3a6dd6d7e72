/** B − A of two runs whose rows were paired; what only one of them has is NaN. */

import type { AlignedRow } from '../core/align.ts'
import { cosine } from '../core/vectors.ts'

interface SquareMap {
  matrix: Float32Array
  tokens: number
}

/** @param a [Ta, Ta], b [Tb, Tb] @returns [U, U] over the aligned rows */
export function mapDifference(rows: readonly AlignedRow[], a: SquareMap, b: SquareMap): Float32Array {
  const out = new Float32Array(rows.length * rows.length)
  let i = 0
  for (const query of rows) {
    for (const key of rows) {
      const before = valueAt(a, query.a, key.a)
      const after = valueAt(b, query.b, key.b)
      out[i++] = after - before
    }
  }
  return out
}

function valueAt({ matrix, tokens }: SquareMap, query: number | null, key: number | null): number {
  return query === null || key === null ? Number.NaN : (matrix[query * tokens + key] as number)
}

/**
 * How alike each token's hidden states are in both runs.
 * @param a, b L + 1 hidden states, each [T, D]
 * @returns by aligned row and hidden state [U, L + 1]: cosines
 */
export function stateCosines(
  rows: readonly AlignedRow[],
  a: readonly Float32Array[],
  b: readonly Float32Array[],
  width: number,
): Float32Array {
  const row = (states: Float32Array, t: number) => states.subarray(t * width, (t + 1) * width)
  return Float32Array.from(
    rows.flatMap((pair) =>
      a.map((before, s) => {
        const after = b[s]
        if (pair.a === null || pair.b === null || !after) return Number.NaN
        return cosine(row(before, pair.a), row(after, pair.b))
      }),
    ),
  )
}
