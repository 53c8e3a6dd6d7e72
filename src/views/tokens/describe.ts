/** Tokens in words, for labels that are spoken. */

import type { StripToken } from './types.ts'

/** Segment ids as letters: 0 is A. */
export function segmentName(segment: number): string {
  return String.fromCharCode(65 + segment)
}

/** "[UNK] for 🦄, position 4, segment A, masked". */
export function spokenToken(token: StripToken): string {
  const parts = [token.original === undefined ? token.label : `${token.label} for ${token.original}`]
  if (token.status === 'removed') return `${parts[0]}, removed`
  if (token.position != null) parts.push(`position ${token.position}`)
  if (token.segment != null) parts.push(`segment ${segmentName(token.segment)}`)
  if (token.id != null) parts.push(`id ${token.id}`)
  if (token.status === 'masked') parts.push('masked')
  if (token.hidden) parts.push('hidden')
  if (token.untrained) parts.push('untrained')
  return parts.join(', ')
}

/** Where a gap is: "before [CLS]", "between the and film", "after [SEP]". */
export function spokenGap(tokens: readonly StripToken[], index: number): string {
  const before = tokens[index - 1]?.label
  const after = tokens[index]?.label
  if (before === undefined) return after === undefined ? 'here' : `before ${after}`
  return after === undefined ? `after ${before}` : `between ${before} and ${after}`
}
