/** How the Generate lab writes its links. */

import { fetchPart } from '../../../core/fetch_part.ts'
import type { LinkFormat } from '../../../state/permalink.ts'
import type { GenerateLink } from './link_schema.ts'

export type { GenerateLink }

export const GENERATE_FORMAT: LinkFormat<GenerateLink> = {
  version: 1,
  schema: async () => (await fetchPart(() => import('./link_schema.ts'))).schema,
  migrations: {},
}
