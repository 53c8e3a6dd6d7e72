/** Counts by equal bins. */

export interface Bin {
  /** Whole numbers, both included. */
  from: number
  to: number
  /** By series. */
  counts: number[]
}

/** @param series whole numbers from 1 on; @param most bins at most */
export function binned(series: readonly (readonly number[])[], most: number): Bin[] {
  const largest = Math.max(1, ...series.flat())
  const width = Math.ceil(largest / most)
  return Array.from({ length: Math.ceil(largest / width) }, (_, i) => {
    const [from, to] = [i * width + 1, (i + 1) * width]
    return { from, to, counts: series.map((values) => values.filter((value) => value >= from && value <= to).length) }
  })
}
