/** What a link to the tasks lab holds. */

import { z } from 'zod'
import { pictureSchema } from './picture/state/link_schema.ts'

export const schema = z.discriminatedUnion('half', [pictureSchema])

export type TasksLink = z.infer<typeof schema>
