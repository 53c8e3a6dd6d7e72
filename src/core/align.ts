/** Two sequences of the same tokens by key, edited apart: which rows belong together. */

/** One row of the common order; the index in each sequence, or null where a token is not in it. */
export interface AlignedRow {
  key: number
  a: number | null
  b: number | null
}

/**
 * The order of B, with tokens that only A has behind their left neighbour of A. Tokens belong together by key, wherever
 * they stand.
 * @param a, b keys of the tokens, unique in each
 */
export function alignByKey(a: readonly number[], b: readonly number[]): AlignedRow[] {
  const inA = new Map(a.map((key, i) => [key, i]))
  const inB = new Set(b)
  const rows: AlignedRow[] = b.map((key, i) => ({ key, a: inA.get(key) ?? null, b: i }))
  a.forEach((key, i) => {
    if (inB.has(key)) return
    const left = i === 0 ? -1 : rows.findIndex((row) => row.key === a[i - 1])
    rows.splice(left + 1, 0, { key, a: i, b: null })
  })
  return rows
}
