/** What a link to the memory lab holds: one of its halves. */

import { z } from 'zod'
import { pictureMemorySchema } from '../picture/state/link_schema.ts'
import { textMemorySchema } from '../text/state/link_schema.ts'

export const schema = z.discriminatedUnion('shows', [textMemorySchema, pictureMemorySchema])

export type MemoryLink = z.infer<typeof schema>
