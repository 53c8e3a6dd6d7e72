/** How the memory lab writes its links. */

import { fetchPart } from '../../../core/fetch_part.ts'
import type { LinkFormat } from '../../../state/permalink.ts'
import type { MemoryLink } from './link_schema.ts'

export type { MemoryLink }

export const MEMORY_FORMAT: LinkFormat<MemoryLink> = {
  version: 1,
  schema: async () => (await fetchPart(() => import('./link_schema.ts'))).schema,
  migrations: {},
}
