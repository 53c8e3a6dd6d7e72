/** How the mask studio writes its links. */

import { fetchPart } from '../../../core/fetch_part.ts'
import type { LinkFormat } from '../../../state/permalink.ts'
import type { MasksLink } from './link_schema.ts'

export type { MasksLink }

export const MASKS_FORMAT: LinkFormat<MasksLink> = {
  version: 1,
  schema: async () => (await fetchPart(() => import('./link_schema.ts'))).schema,
  migrations: {},
}
