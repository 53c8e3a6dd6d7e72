/** Tokens as the strip and the maps show them. */

import type { renumbered } from '../../sequence/changes.ts'
import { active, isUntrained, type Sequence, type Token } from '../../sequence/token.ts'
import type { MapToken } from '../../views/maps/types.ts'
import type { StripToken } from '../../views/tokens/types.ts'

export interface Numbering {
  positions: readonly number[]
  segments?: readonly number[]
}

/** Tokens that the last edit gave other numbers. */
type Renumberings = ReturnType<typeof renumbered>

/** Every token of a sequence, removed ones too; ids belong to the active ones, in their order. */
export function stripTokens(
  sequence: Sequence,
  { positions, segments }: Numbering,
  changed: Renumberings = { positions: [], segments: [] },
): StripToken[] {
  const [oldPositions, oldSegments] = [changed.positions, changed.segments].map(
    (list) => new Map(list.map(({ key, from }) => [key, from])),
  )
  const rows = new Map(active(sequence).map((token, row) => [token.key, row]))
  return sequence.tokens.map((token) => {
    const row = rows.get(token.key)
    return {
      key: String(token.key),
      kind: token.kind,
      label: token.label,
      id: token.id,
      position: row === undefined ? null : positions[row],
      segment: row === undefined ? null : (segments?.[row] ?? null),
      status: token.status,
      hidden: token.hidden,
      untrained: isUntrained(token),
      written: token.origin.type === 'written',
      original: originalText(token),
      positionBefore: oldPositions?.get(token.key),
      segmentBefore: oldSegments?.get(token.key),
    }
  })
}

/** What was written where an [UNK] or a [MASK] stands. */
export function originalText(token: Token): string | undefined {
  if (token.kind === 'unk') return token.text
  return token.original ? (token.text ?? token.original.label) : undefined
}

export function mapTokens(tokens: readonly Token[]): MapToken[] {
  return tokens.map(({ key, kind, label, hidden, status }) => ({
    key: String(key),
    kind,
    label,
    hidden,
    masked: status === 'masked',
  }))
}
