/** Who may read whom, beside the status of each token: what class tokens read of one another, and whether patches read them. */

import { DEFAULT_MASK, type MaskSpec, type PaintedCell } from '../../../../sequence/mask.ts'
import { active, type Sequence, type Token } from '../../../../sequence/token.ts'

/** Class tokens read all of one another; each only itself; or the first one and themselves. */
export const AMONG = ['all', 'own', 'first'] as const
export type Among = (typeof AMONG)[number]

export interface ClassReads {
  among: Among
  /** Patches do not read class tokens: what one gathers reaches no other by way of them. */
  patchesBlind: boolean
}

export const OPEN: ClassReads = { among: 'all', patchesBlind: false }

/** The mask that this is. */
export function maskOf(sequence: Sequence, { among, patchesBlind }: ClassReads): MaskSpec {
  const tokens = classTokens(sequence)
  const closed = tokens.flatMap((query) =>
    tokens
      .filter((key, place) => key !== query && (among === 'own' || (among === 'first' && place > 0)))
      .map((key): PaintedCell => ({ layer: 'all', query: query.key, key: key.key, readable: false })),
  )
  return {
    ...DEFAULT_MASK,
    rules: [
      ...DEFAULT_MASK.rules,
      ...(patchesBlind ? [{ type: 'never', queries: ['patch'], keys: ['cls'] } as const] : []),
    ],
    paint: among === 'all' ? [] : closed,
  }
}

/** Those that the model runs on, in order. */
export function classTokens(sequence: Sequence): Token[] {
  return active(sequence).filter(({ kind }) => kind === 'cls')
}
