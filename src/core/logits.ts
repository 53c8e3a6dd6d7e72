/** Reading logits: probabilities, ranks, the best few. */

/** Softmax in f64 of `length` logits from `offset` (Bridle 1990), shifted by the maximum so that nothing overflows. */
export function softmax(logits: ArrayLike<number>, offset = 0, length = logits.length - offset): Float64Array {
  let max = Number.NEGATIVE_INFINITY
  for (let i = 0; i < length; i++) max = Math.max(max, logits[offset + i] as number)
  const out = new Float64Array(length)
  let sum = 0
  for (let i = 0; i < length; i++) {
    out[i] = Math.exp((logits[offset + i] as number) - max)
    sum += out[i] as number
  }
  for (let i = 0; i < length; i++) out[i] = (out[i] as number) / sum
  return out
}

/** The k largest, best first; ties go to the lower index. */
export function topK(values: ArrayLike<number>, k: number): { index: number; value: number }[] {
  const best: { index: number; value: number }[] = []
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number
    if (best.length === k && value <= (best[k - 1]?.value ?? Number.NEGATIVE_INFINITY)) continue
    const place = best.findIndex((entry) => value > entry.value)
    best.splice(place < 0 ? best.length : place, 0, { index, value })
    if (best.length > k) best.pop()
  }
  return best
}

/** 1 for the largest value; how many are at least as large, itself included. */
export function rankOf(values: ArrayLike<number>, index: number): number {
  const value = values[index] as number
  let rank = 1
  for (let i = 0; i < values.length; i++) if ((values[i] as number) > value) rank++
  return rank
}
