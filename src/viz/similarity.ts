/** Reading matrices of cosines. */

/**
 * Vectors less their mean: embeddings of one model share a large common direction, which hides what differs (Mu &
 * Viswanath 2018, "All-but-the-Top").
 */
export function centred(vectors: readonly Float32Array[]): Float32Array[] {
  const mean = Float64Array.from({ length: vectors[0]?.length ?? 0 }, (_, d) => {
    return vectors.reduce((sum, vector) => sum + (vector[d] as number), 0) / vectors.length
  })
  return vectors.map((vector) => vector.map((value, d) => value - (mean[d] as number)))
}

/** The most similar two of n, and the mean over all pairs. @param cosines [n, n], n ≥ 2 */
export function closestPair(cosines: Float32Array, n: number): { a: number; b: number; value: number; mean: number } {
  let best = { a: 0, b: 1, value: Number.NEGATIVE_INFINITY }
  let sum = 0
  for (let a = 0; a < n; a++) {
    for (let b = a + 1; b < n; b++) {
      const value = cosines[a * n + b] as number
      sum += value
      if (value > best.value) best = { a, b, value }
    }
  }
  return { ...best, mean: sum / ((n * (n - 1)) / 2) }
}
