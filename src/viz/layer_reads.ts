/** What one token reads, layer by layer. Shapes: L layers, H heads, T tokens; a map is [H, T, T], row = query, column = key. */

import type { Kind } from '../core/tokens.ts'
import { isSpecial } from './kinds.ts'
import { headMap, rowOf } from './matrix.ts'

/** Three parts of all that a token can read: special tokens, words or patches, and the token itself. */
export type Part = 'special' | 'content' | 'own'

export interface LayerRead {
  layer: number
  /** [T]: the share that each token gets; sums to 1 where anything is read. */
  shares: Float32Array
  parts: Record<Part, number>
}

/**
 * @param maps by layer [H, T, T]; null where a layer was not read back
 * @param kinds [T]
 * @param row of the token that reads
 * @returns by layer, null as in `maps`
 */
export function layerReads(
  maps: readonly (Float32Array | null)[],
  kinds: readonly Kind[],
  row: number,
  head: number | 'mean',
): (LayerRead | null)[] {
  const T = kinds.length
  return maps.map((map, layer) => {
    if (!map) return null
    const shares = rowOf(headMap(map, T, head), T, row)
    return { layer, shares, parts: partsOf(shares, kinds, row) }
  })
}

function partsOf(shares: ArrayLike<number>, kinds: readonly Kind[], row: number): Record<Part, number> {
  const parts = { special: 0, content: 0, own: 0 }
  kinds.forEach((kind, key) => {
    const part = key === row ? 'own' : isSpecial(kind) ? 'special' : 'content'
    parts[part] += shares[key] as number
  })
  return parts
}

/** The mean over the layers that were read back, [T]. */
export function meanShares(reads: readonly (LayerRead | null)[], tokens: number): Float64Array {
  const known = reads.filter((read) => read !== null)
  return Float64Array.from(
    { length: tokens },
    (_, key) => known.reduce((sum, { shares }) => sum + (shares[key] as number), 0) / known.length,
  )
}

/** The mean of the parts over the layers that were read back. */
export function meanParts(reads: readonly (LayerRead | null)[]): Record<Part, number> {
  const known = reads.filter((read) => read !== null)
  const mean = (part: Part) => known.reduce((sum, { parts }) => sum + parts[part], 0) / known.length
  return { special: mean('special'), content: mean('content'), own: mean('own') }
}

/** The row that is read most, the token itself aside; null where nothing else is read. @param shares [T] */
export function mostReadKey(shares: ArrayLike<number>, row: number): number | null {
  let best: number | null = null
  for (let key = 0; key < shares.length; key++) {
    if (key === row || !((shares[key] as number) > 0)) continue
    if (best === null || (shares[key] as number) > (shares[best] as number)) best = key
  }
  return best
}
