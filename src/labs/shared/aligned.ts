/** Two runs whose rows belong together by token: what is compared, in any lab. */

import { type AlignedRow, alignByKey } from '../../core/align.ts'
import type { ForwardResult } from '../../engine/protocol.ts'
import type { Token } from '../../sequence/token.ts'
import type { HeadChoice, MapToken } from '../../views/maps/types.ts'
import { mapDifference } from '../../viz/difference.ts'
import { headMap } from '../../viz/matrix.ts'
import { mapTokens } from './tokens.ts'

export interface Side {
  tokens: readonly Token[]
  /** [T], where the run is known by its own numbers. */
  positions?: readonly number[]
  /** [T], of a model that has segments. */
  segments?: readonly number[]
  result: ForwardResult
}

export interface AlignedRuns {
  rows: AlignedRow[]
  a: Side
  b: Side
}

export function alignRuns(a: Side, b: Side): AlignedRuns {
  const keys = ({ tokens }: Side) => tokens.map(({ key }) => key)
  return { rows: alignByKey(keys(a), keys(b)), a, b }
}

/** The map of the chosen head, or null where its layer was not read back. */
export function chosenMap({ tokens, result }: Side, { layer, head }: HeadChoice): Float32Array | null {
  const map = result.attentions[layer]
  return map ? headMap(map.data, tokens.length, head) : null
}

/** B − A over the aligned rows [U, U]; null where a run lacks the layer. */
export function alignedDifference({ rows, a, b }: AlignedRuns, choice: HeadChoice): Float32Array | null {
  const [before, after] = [chosenMap(a, choice), chosenMap(b, choice)]
  if (!before || !after) return null
  return mapDifference(rows, { matrix: before, tokens: a.tokens.length }, { matrix: after, tokens: b.tokens.length })
}

/**
 * The common rows as tokens; one that was replaced says by what.
 * @param only how a token is named that one of the runs lacks
 */
export function alignedTokens(
  { rows, a, b }: AlignedRuns,
  only: { a: (label: string) => string; b: (label: string) => string },
): MapToken[] {
  const [inA, inB] = [mapTokens(a.tokens), mapTokens(b.tokens)]
  return rows.flatMap((row): MapToken[] => {
    const before = row.a === null ? undefined : inA[row.a]
    const after = row.b === null ? undefined : inB[row.b]
    if (before && after) {
      const label = before.label === after.label ? after.label : `${before.label} → ${after.label}`
      return [{ ...after, label, hidden: before.hidden && after.hidden, masked: before.masked && after.masked }]
    }
    if (after) return [{ ...after, label: only.b(after.label), masked: false }]
    return before ? [{ ...before, label: only.a(before.label), masked: false }] : []
  })
}
