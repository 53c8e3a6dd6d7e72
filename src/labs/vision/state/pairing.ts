/** Which tokens of two vision runs belong together, also where the runs are of different models. */

import type { Token } from '../../../sequence/token.ts'
import type { VisionRun } from './run.ts'

type Paired = Pick<VisionRun, 'tokens' | 'doc' | 'grid'>

/** More patches, and more edits of a document, than there can be. */
const FAR = 2 ** 24

/**
 * The tokens of both runs, with keys that they share: [CLS], a register or a patch is the same in both wherever it
 * stands, unless the patches are of another size; what was inserted is the same in two runs of one model only.
 */
export function pairTokens(a: Paired, b: Paired): { a: Token[]; b: Token[] } {
  const apart = {
    patch: a.grid.rows === b.grid.rows && a.grid.columns === b.grid.columns ? 0 : 2 * FAR,
    inserted: a.doc.model === b.doc.model ? 0 : FAR,
  }
  const shared = (token: Token, patch: number, inserted: number) => ({
    ...token,
    key: sharedKey(token, patch, inserted),
  })
  return {
    a: a.tokens.map((token) => shared(token, 0, 0)),
    b: b.tokens.map((token) => shared(token, apart.patch, apart.inserted)),
  }
}

/** Slots from 0, patches from FAR, inserted tokens below 0. */
function sharedKey({ key, origin }: Token, patchOffset: number, insertedOffset: number): number {
  switch (origin.type) {
    case 'template':
      return origin.slot
    case 'patch':
      return FAR + origin.patch + patchOffset
    default:
      return -1 - key - insertedOffset
  }
}
