/** How the text lab writes its links. */

import { fetchPart } from '../../../core/fetch_part.ts'
import type { LinkFormat } from '../../../state/permalink.ts'
import type { TextLink } from './link_schema.ts'

export type { TextLink }

/** Up to version 1, segment ids followed the separators: a link with edited tokens says what its maker saw. */
function heldBySeparators(content: unknown): unknown {
  const { tokens, ...rest } = content as { tokens?: Record<string, unknown> }
  if (!tokens?.strip && !tokens?.states) return content
  return { ...rest, tokens: { ...tokens, segmentsBySeparators: true } }
}

export const TEXT_FORMAT: LinkFormat<TextLink> = {
  version: 2,
  schema: async () => (await fetchPart(() => import('./link_schema.ts'))).schema,
  migrations: { 1: heldBySeparators },
}
