/** A mask by kinds of tokens: which kinds read which. */

import type { Kind } from '../../../core/tokens.ts'
import type { PaintedCell } from '../../../sequence/mask.ts'
import type { Token } from '../../../sequence/token.ts'

export interface KindPair {
  query: Kind
  key: Kind
  /** Readable cells of this pair, and all of them. */
  open: number
  all: number
}

/** @param cells [T, T], 1 readable @returns the kinds in the order in which they first stand, and every pair of them */
export function kindTable(
  tokens: readonly Pick<Token, 'kind'>[],
  cells: Uint8Array,
): { kinds: Kind[]; pairs: KindPair[] } {
  const T = tokens.length
  const kinds = [...new Set(tokens.map(({ kind }) => kind))]
  const place = new Map(kinds.map((kind, i) => [kind, i]))
  const pairs = kinds.flatMap((query) => kinds.map((key): KindPair => ({ query, key, open: 0, all: 0 })))
  for (let q = 0; q < T; q++) {
    const row = (place.get(tokens[q]?.kind as Kind) as number) * kinds.length
    for (let k = 0; k < T; k++) {
      const pair = pairs[row + (place.get(tokens[k]?.kind as Kind) as number)] as KindPair
      pair.all++
      pair.open += cells[q * T + k] as number
    }
  }
  return { kinds, pairs }
}

/** Every cell where a token of one of some kinds reads one of others. */
export function kindCells(
  tokens: readonly Pick<Token, 'kind' | 'key'>[],
  queries: readonly Kind[],
  keys: readonly Kind[],
  layer: PaintedCell['layer'],
  readable: boolean,
): PaintedCell[] {
  const read = tokens.filter(({ kind }) => keys.includes(kind))
  return tokens
    .filter(({ kind }) => queries.includes(kind))
    .flatMap((query) => read.map((key) => ({ layer, query: query.key, key: key.key, readable })))
}
