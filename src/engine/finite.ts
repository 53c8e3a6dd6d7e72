/** NaN and infinity in what a run gives: no answer, wherever they come from. */

import { ClsroomError } from '../core/errors.ts'
import type { NDArray } from '../core/shapes.ts'

/**
 * Backends differ in what they make of NaN (a GPU's `max` and `clamp` drop it), so a run with one anywhere has no answer at all.
 * @param arrays by what they are, in the order in which the run makes them; the first that fails is named
 * @throws ClsroomError `input`
 */
export function expectFiniteRun(arrays: Iterable<readonly [what: string, array: NDArray]>): void {
  for (const [what, { data, dims }] of arrays) {
    const at = firstNotFinite(data)
    if (at < 0) continue
    throw new ClsroomError('input', 'The run gave a number that is not finite, so it has no answer', {
      found: `${data[at]} in ${what}, row ${Math.floor(at / (dims.at(-1) ?? 1)) % (dims.at(-2) ?? 1)}`,
      expected: 'finite numbers',
      advice: 'A weight or a start vector is too large for 32-bit numbers: undo the last edit, or choose another model',
    })
  }
}

/** A plain loop: a run's maps are millions of numbers. */
function firstNotFinite(data: Float32Array): number {
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) return i
  return -1
}
