/** How far class tokens differ: the cosine of their states by layer, and how much their attention falls on the same patches. */

import { cosine } from '../../../../core/vectors.ts'
import type { Token } from '../../../../sequence/token.ts'
import { patchReading } from './readings.ts'
import type { PictureRun } from './run.ts'

export interface Pair {
  a: Token
  b: Token
  /** Of the embeddings and after each layer, L + 1. */
  cosines: number[]
  /** By layer, 0 to 1; NaN where the layer was not read back, or one of them reads no patch. */
  overlaps: number[]
}

/** Every two class tokens of a run. */
export function pairsOf(run: PictureRun, head: number | 'mean'): Pair[] {
  const rows = run.tokens.flatMap(({ kind }, row) => (kind === 'cls' ? [row] : []))
  return rows.flatMap((a, i) =>
    rows.slice(i + 1).map((b) => ({
      a: run.tokens[a] as Token,
      b: run.tokens[b] as Token,
      cosines: run.result.hiddenStates.map(({ dims, data }) => {
        const width = dims[1] as number
        const state = (row: number) => data.subarray(row * width, (row + 1) * width)
        return cosine(state(a), state(b))
      }),
      overlaps: run.result.attentions.map((_, layer) =>
        overlapOf(patchReading(run, a, { layer, head }), patchReading(run, b, { layer, head })),
      ),
    })),
  )
}

/**
 * Σ min(p, q) of two distributions over patches, each made of what a token reads of them: 1 where they read the same, 0 where nothing
 * is read by both. It is 1 less the total variation distance.
 */
export function overlapOf(a: Float32Array | null, b: Float32Array | null): number {
  if (!a || !b) return Number.NaN
  const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0)
  const [all, others] = [sum(a), sum(b)]
  if (all === 0 || others === 0) return Number.NaN
  return a.reduce((shared, value, i) => shared + Math.min(value / all, (b[i] as number) / others), 0)
}
