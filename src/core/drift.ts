/** How far hidden states moved from one run to another. */

import { cosine, norm } from './vectors.ts'

export interface Drift {
  /** Mean over rows of the cosine of before and after. */
  cosine: number
  /** Mean over rows of ‖after − before‖ / ‖before‖. */
  change: number
}

/**
 * @param before, after [T, D]
 * @param rows which rows of either count, in pairs; NaN where there are none
 */
export function drift(
  before: Float32Array,
  after: Float32Array,
  width: number,
  rows: readonly (readonly [before: number, after: number])[],
): Drift {
  let cosines = 0
  let changes = 0
  for (const [b, a] of rows) {
    const from = before.subarray(b * width, (b + 1) * width)
    const to = after.subarray(a * width, (a + 1) * width)
    cosines += cosine(from, to)
    changes += norm(to.map((value, d) => value - (from[d] as number))) / norm(from)
  }
  return { cosine: cosines / rows.length, change: changes / rows.length }
}
