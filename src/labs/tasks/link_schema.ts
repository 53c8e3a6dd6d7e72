/** What a link to the tasks lab holds. */

import { z } from 'zod'
import { pictureSchema } from './picture/state/link_schema.ts'
import { portfolioSchema } from './portfolio/state/link_schema.ts'

export const schema = z.discriminatedUnion('half', [pictureSchema, portfolioSchema])

export type TasksLink = z.infer<typeof schema>
