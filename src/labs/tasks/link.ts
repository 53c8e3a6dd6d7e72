/** A link of this lab is a link of one of its halves, told apart by `half`. */

import { fetchPart } from '../../core/fetch_part.ts'
import type { ModelInfo } from '../../engine/protocol.ts'
import type { LinkFormat } from '../../state/permalink.ts'
import type { TasksLink } from './link_schema.ts'

export type { TasksLink }

/** A lab within the lab, over one kind of input. */
export type HalfName = TasksLink['half']

export const TASKS_FORMAT: LinkFormat<TasksLink> = {
  version: 1,
  schema: async () => (await fetchPart(() => import('./link_schema.ts'))).schema,
  migrations: {},
}

/** The half that shows a model: its type decides, whatever a link says. */
export function halfFor(_: ModelInfo): HalfName {
  return 'picture'
}
