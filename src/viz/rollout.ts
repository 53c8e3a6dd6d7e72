/** Attention rollout (Abnar & Zuidema 2020, "Quantifying Attention Flow in Transformers", §3). */

/**
 * What each token's output stands on in the input, when attention and the residual stream carry it equally:
 * rollout = Ã_l · … · Ã_1 with Ã = rows of (mean over heads of A + I), each summing to 1. A query that reads nothing keeps
 * itself only.
 * @param maps the layers from the first on, each [H, T, T]
 * @returns [T, T]; every row sums to 1
 */
export function rollout(maps: readonly Float32Array[], tokens: number): Float32Array {
  return rollouts(maps, tokens).at(-1) ?? Float32Array.from(identity(tokens))
}

/** The rollout up to each layer. @returns as many [T, T] as there are maps */
export function rollouts(maps: readonly Float32Array[], tokens: number): Float32Array[] {
  let flow = identity(tokens)
  return maps.map((map) => {
    flow = multiply(withResidual(map, tokens), flow, tokens)
    return Float32Array.from(flow)
  })
}

function identity(tokens: number): Float64Array<ArrayBuffer> {
  return Float64Array.from({ length: tokens * tokens }, (_, i) => (i % (tokens + 1) === 0 ? 1 : 0))
}

/** Mean over heads plus the identity, rows normalised. @param map [H, T, T] @returns [T, T] */
function withResidual(map: Float32Array, tokens: number): Float64Array {
  const size = tokens * tokens
  const heads = map.length / size
  const mixed = new Float64Array(size)
  for (let i = 0; i < map.length; i++) mixed[i % size] = (mixed[i % size] as number) + (map[i] as number) / heads
  for (let q = 0; q < tokens; q++) {
    const row = mixed.subarray(q * tokens, (q + 1) * tokens)
    row[q] = (row[q] as number) + 1
    const sum = row.reduce((total, value) => total + value, 0)
    row.forEach((value, k) => {
      row[k] = value / sum
    })
  }
  return mixed
}

function multiply(a: Float64Array, b: Float64Array, n: number): Float64Array<ArrayBuffer> {
  const out = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const weight = a[i * n + j] as number
      if (weight === 0) continue
      for (let k = 0; k < n; k++) out[i * n + k] = (out[i * n + k] as number) + weight * (b[j * n + k] as number)
    }
  }
  return out
}
