/** Pure arithmetic on attention maps, row = query, column = key. Shapes: T tokens, Tq that read and Tk that are read, H heads. */

/** Means of maps by the maps themselves, which nobody changes: several views show the same one. */
const means = new WeakMap<Float32Array, Float32Array>()

/** One head, or the mean of all, of a layer's map. @param map [H, Tq, Tk] @param keys Tk, where it is not `tokens` @returns [Tq, Tk] */
export function headMap(map: Float32Array, tokens: number, head: number | 'mean', keys = tokens): Float32Array {
  const size = tokens * keys
  if (head !== 'mean') return map.subarray(head * size, (head + 1) * size)
  const known = means.get(map)
  if (known) return known
  const heads = map.length / size
  const mean = new Float32Array(size)
  for (let h = 0; h < heads; h++) {
    for (let i = 0; i < size; i++) mean[i] = (mean[i] as number) + (map[h * size + i] as number) / heads
  }
  means.set(map, mean)
  return mean
}

/** The largest of all heads in each cell; its rows do not sum to 1. @param map [H, T, T] @returns [T, T] */
export function maxMap(map: Float32Array, tokens: number): Float32Array {
  const size = tokens * tokens
  const most = map.slice(0, size)
  for (let i = size; i < map.length; i++) {
    const value = map[i] as number
    if (value > (most[i % size] as number)) most[i % size] = value
  }
  return most
}

/** What `query` reads. @param matrix [T, T] @returns [T] */
export function rowOf(matrix: Float32Array, tokens: number, query: number): Float32Array {
  return matrix.subarray(query * tokens, (query + 1) * tokens)
}

/** Who reads `key`. @param matrix [T, T] @returns [T] */
export function columnOf(matrix: Float32Array, tokens: number, key: number): Float32Array {
  return Float32Array.from({ length: tokens }, (_, q) => matrix[q * tokens + key] as number)
}

/** What several queries read in all: the sum of their rows. @param matrix [T, T] @returns [T] */
export function sumOfRows(matrix: Float32Array, tokens: number, queries: readonly number[]): Float32Array {
  return sumOf(
    queries.map((query) => rowOf(matrix, tokens, query)),
    tokens,
  )
}

/** How much of each query's attention lands on several keys: the sum of their columns. @param matrix [T, T] @returns [T] */
export function sumOfColumns(matrix: Float32Array, tokens: number, keys: readonly number[]): Float32Array {
  return sumOf(
    keys.map((key) => columnOf(matrix, tokens, key)),
    tokens,
  )
}

function sumOf(vectors: readonly Float32Array[], length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => vectors.reduce((sum, vector) => sum + (vector[i] as number), 0))
}

/** The largest magnitude, 0 for an empty array. */
export function peak(values: ArrayLike<number>): number {
  let top = 0
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i] as number)
    if (size > top) top = size
  }
  return top
}

/**
 * Some rows and columns only; nothing is renormalised. @param matrix [Tq, Tk]
 * @param tokens Tk
 * @param columns the kept ones; by default those of `rows`
 */
export function submatrix(matrix: Float32Array, tokens: number, rows: readonly number[], columns = rows): Float32Array {
  const out = new Float32Array(rows.length * columns.length)
  let i = 0
  for (const q of rows) for (const k of columns) out[i++] = matrix[q * tokens + k] as number
  return out
}

export interface Rectangle {
  rows: number
  columns: number
}

/**
 * Shrinks a matrix to at most `most` by keeping the value of largest magnitude in each block, so that a single
 * sink column stays visible in a thumbnail. Returns the input when it is small enough already.
 */
export function shrink(
  matrix: Float32Array,
  { rows, columns }: Rectangle,
  most: Rectangle,
): Rectangle & { data: Float32Array } {
  if (rows <= most.rows && columns <= most.columns) return { data: matrix, rows, columns }
  const small = { rows: Math.min(rows, most.rows), columns: Math.min(columns, most.columns) }
  const data = new Float32Array(small.rows * small.columns)
  const place = Int32Array.from({ length: columns }, (_, k) => Math.floor((k * small.columns) / columns))
  for (let q = 0; q < rows; q++) {
    const row = Math.floor((q * small.rows) / rows) * small.columns
    for (let k = 0; k < columns; k++) {
      const value = matrix[q * columns + k] as number
      const at = row + (place[k] as number)
      if (Math.abs(value) > Math.abs(data[at] as number)) data[at] = value
    }
  }
  return { data, ...small }
}

/** Mean entropy of the rows in bits, over rows that read anything. @param matrix [T, T] */
export function meanEntropy(matrix: Float32Array, tokens: number): number {
  let total = 0
  let rows = 0
  for (let q = 0; q < tokens; q++) {
    let entropy = 0
    let mass = 0
    for (let k = 0; k < tokens; k++) {
      const p = matrix[q * tokens + k] as number
      if (p > 0) entropy -= p * Math.log2(p)
      mass += p
    }
    if (mass > 0) {
      total += entropy
      rows++
    }
  }
  return rows === 0 ? 0 : total / rows
}

/** The fewest places that together hold `share` of the sum, as flags: "the patches that hold 60 %". */
export function holdsMass(values: ArrayLike<number>, share: number): Uint8Array {
  const flags = new Uint8Array(values.length)
  const order = Array.from({ length: values.length }, (_, i) => i).sort(
    (a, b) => (values[b] as number) - (values[a] as number),
  )
  const total = order.reduce((sum, i) => sum + (values[i] as number), 0)
  if (total <= 0) return flags
  let held = 0
  for (const i of order) {
    if (held >= share * total - 1e-9) break
    flags[i] = 1
    held += values[i] as number
  }
  return flags
}
