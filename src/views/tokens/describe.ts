/** Tokens in words, for labels that are spoken. */

import { t } from '../words/words.ts'
import type { StripToken } from './types.ts'

/** Segment ids as letters: 0 is A. */
export function segmentName(segment: number): string {
  return String.fromCharCode(65 + segment)
}

/** "[UNK] for 🦄, position 4, segment A, masked". */
export function spokenToken(token: StripToken): string {
  const name =
    token.original === undefined ? token.label : t('token.for', { label: token.label, original: token.original })
  if (token.status === 'removed') return t('token.removed', { token: name })
  const parts = [name]
  if (token.position != null) parts.push(t('token.position', { position: token.position }))
  if (token.positionBefore !== undefined) parts.push(t('token.position.before', { position: token.positionBefore }))
  if (token.segment != null) parts.push(t('token.segment', { segment: segmentName(token.segment) }))
  if (token.segmentBefore !== undefined)
    parts.push(t('token.segment.before', { segment: segmentName(token.segmentBefore) }))
  if (token.id != null) parts.push(t('token.id', { id: token.id }))
  if (token.written) parts.push(t('token.written'))
  if (token.status === 'masked') parts.push(t('token.masked'))
  if (token.hidden) parts.push(t('token.hidden'))
  if (token.untrained) parts.push(t('token.untrained'))
  return parts.join(', ')
}

/** Where a gap is: "before [CLS]", "between the and film", "after [SEP]". */
export function spokenGap(tokens: readonly StripToken[], index: number): string {
  const before = tokens[index - 1]?.label
  const after = tokens[index]?.label
  if (before === undefined) return after === undefined ? t('gap.here') : t('gap.before', { after })
  return after === undefined ? t('gap.after', { before }) : t('gap.between', { before, after })
}
