/** How the text lab writes its links. */

import { fetchPart } from '../../../core/fetch_part.ts'
import type { LinkFormat } from '../../../state/permalink.ts'
import type { TextLink } from './link_schema.ts'

export type { TextLink }

export const TEXT_FORMAT: LinkFormat<TextLink> = {
  version: 1,
  schema: async () => (await fetchPart(() => import('./link_schema.ts'))).schema,
  migrations: {},
}
