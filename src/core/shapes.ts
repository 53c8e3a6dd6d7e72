/**
 * One legend of shape letters for the whole repository:
 *
 *   B batch   T tokens   D width (hidden size)   H heads   Dh head width (D / H)   F feed-forward width
 *   L layers  V vocabulary  N patches  R registers  P patch side  C channels  K classes of a head
 *
 * Arrays are row-major; `[B, T, D]` means D is contiguous.
 */

import { ClsroomError } from './errors.ts'

export type Shape = readonly number[]

/** Number of elements of a shape; 1 for rank 0. */
export function numel(shape: Shape): number {
  return shape.reduce((product, dim) => product * dim, 1)
}

export function showShape(shape: Shape): string {
  return `[${shape.join(', ')}]`
}

/** Throws a `shape` error naming `what` unless the two shapes are equal. */
export function expectShape(what: string, found: Shape, expected: Shape): void {
  if (found.length === expected.length && found.every((dim, i) => dim === expected[i])) return
  throw new ClsroomError('shape', `${what} has the wrong shape`, {
    found: showShape(found),
    expected: showShape(expected),
  })
}

/** A dense row-major array with its shape: what leaves the engine. */
export interface NDArray {
  dims: number[]
  data: Float32Array
}
