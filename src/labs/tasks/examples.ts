/** What the tasks lab opens on, and what else its menu offers. */

import type { Example } from '../definition.ts'
import type { TasksLink } from './link.ts'
import { PICTURE_EXAMPLES } from './picture/examples.ts'

export const EXAMPLES: readonly Example<TasksLink>[] = [...PICTURE_EXAMPLES]
