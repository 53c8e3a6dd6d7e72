/** Rank correlation. */

/** Ranks from 1, equal values sharing the mean of theirs. */
export function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i).sort(
    (a, b) => (values[a] as number) - (values[b] as number),
  )
  const out = new Float64Array(values.length)
  for (let first = 0; first < order.length; ) {
    let last = first
    while (last + 1 < order.length && values[order[last + 1] as number] === values[order[first] as number]) last++
    for (let i = first; i <= last; i++) out[order[i] as number] = (first + last) / 2 + 1
    first = last + 1
  }
  return out
}

/** Spearman's ρ: the correlation of the ranks; NaN where one side is all alike, or too short to have an order. */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [ranks(a), ranks(b)]
  const n = x.length
  const mean = (n + 1) / 2
  let [xy, xx, yy] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    const [dx, dy] = [(x[i] as number) - mean, (y[i] as number) - mean]
    xy += dx * dy
    xx += dx * dx
    yy += dy * dy
  }
  return n < 2 || xx === 0 || yy === 0 ? Number.NaN : xy / Math.sqrt(xx * yy)
}
