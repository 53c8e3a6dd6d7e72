/** A sequence of patches on another patch grid: what was done to a patch goes to the patches at its place. */

import type { MaskSpec } from './mask.ts'
import { fromImage, type Grid, patchAt, patchPlace } from './patches.ts'
import type { Sequence, Token } from './token.ts'

export interface Regridded {
  sequence: Sequence
  mask: MaskSpec
  /** Cells painted for patches: a patch of another grid is another query or key, so they are left out. */
  lostCells: number
}

/**
 * Special and inserted tokens stay as they are, with their keys. The patches of `to` stand together, row by row, where the
 * first patch stood; each takes the status of the old patch that its centre lies in, and a key of its own.
 */
export function regrid(sequence: Sequence, mask: MaskSpec, from: Grid, to: Grid): Regridded {
  const old = new Map(
    sequence.tokens.flatMap((token) => (token.origin.type === 'patch' ? [[token.origin.patch, token]] : [])),
  )
  const patches = fromImage(to, 0)
    .tokens.filter((token) => token.origin.type === 'patch')
    .map((fresh, patch): Token => {
      const source = old.get(patchUnder(patch, from, to))
      return {
        ...fresh,
        key: sequence.nextKey + patch,
        status: source?.status ?? 'read',
        hidden: source?.hidden ?? false,
      }
    })
  const first = sequence.tokens.findIndex((token) => token.origin.type === 'patch')
  const isOther = (token: Token) => token.origin.type !== 'patch'
  const tokens = [
    ...sequence.tokens.slice(0, Math.max(0, first)),
    ...patches,
    ...sequence.tokens.slice(Math.max(0, first)).filter(isOther),
  ]
  const kept = new Set(tokens.map((token) => token.key))
  const paint = mask.paint.filter(({ query, key }) => kept.has(query) && kept.has(key))
  return {
    sequence: { ...sequence, tokens, nextKey: sequence.nextKey + patches.length },
    mask: { ...mask, paint },
    lostCells: mask.paint.length - paint.length,
  }
}

/** The patch of `from` that the centre of a patch of `to` lies in. */
export function patchUnder(patch: number, from: Grid, to: Grid): number {
  const { row, column } = patchPlace(patch, to)
  return patchAt(
    Math.floor(((row + 0.5) * from.rows) / to.rows),
    Math.floor(((column + 0.5) * from.columns) / to.columns),
    from,
  )
}
