/** Lengths and angles of vectors, in f64. */

import { ClsroomError } from './errors.ts'

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) {
    throw new ClsroomError('shape', 'Two vectors differ in width', { found: `${a.length} and ${b.length}` })
  }
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}

/** The Euclidean length. */
export function norm(vector: ArrayLike<number>): number {
  return Math.sqrt(dot(vector, vector))
}

/** The norm of each row. @param rows [T, D] @returns [T] */
export function rowNorms(rows: Float32Array, width: number): Float32Array {
  return Float32Array.from({ length: rows.length / width }, (_, t) => norm(rows.subarray(t * width, (t + 1) * width)))
}

/** The cosine of the angle between two vectors; NaN where one has no direction. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return dot(a, b) / (norm(a) * norm(b))
}

/** @returns [n, n] of cosines */
export function cosineMatrix(vectors: readonly ArrayLike<number>[]): Float32Array {
  return Float32Array.from(vectors.flatMap((a) => vectors.map((b) => cosine(a, b))))
}

/** The mean of rows weighted by `weights`, which are normalised to sum to 1. @param rows [T, D] @returns [D] */
export function weightedMean(rows: Float32Array, width: number, weights: ArrayLike<number>): Float32Array {
  const mean = new Float64Array(width)
  let total = 0
  for (let t = 0; t < weights.length; t++) total += weights[t] as number
  for (let t = 0; t < weights.length; t++) {
    const weight = (weights[t] as number) / (total || 1)
    for (let d = 0; d < width; d++) mean[d] = (mean[d] as number) + weight * (rows[t * width + d] as number)
  }
  return Float32Array.from(mean)
}
