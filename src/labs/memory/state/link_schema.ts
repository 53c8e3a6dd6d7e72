/** What a link to the memory lab holds: one of its halves. */

import { z } from 'zod'
import { textMemorySchema } from '../text/state/link_schema.ts'

export const schema = z.discriminatedUnion('shows', [textMemorySchema])

export type MemoryLink = z.infer<typeof schema>
