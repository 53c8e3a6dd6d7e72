/** What a link to the memory lab's picture half holds. */

import { z } from 'zod'
import { index, look, model } from '../../../../state/link_parts.ts'
import { STARTS } from './doc.ts'

const name = z.string().min(1).max(100)
const MOST_TASKS = 64

export const pictureMemorySchema = z.object({
  lab: z.literal('memory'),
  shows: z.literal('picture'),
  model,
  /** A sample's id. */
  sample: z.string().max(300).optional(),
  /** The picture was one's own; where no copy of it is in the link, whoever opens it is told. */
  own: z.literal(true).optional(),
  /** A small copy of one's own picture, base64url; checked by loaders/image_copy.ts. */
  photo: z.string().optional(),
  /** Absent: all of the model's. */
  tasks: z.array(name).max(MOST_TASKS).optional(),
  oldReadsNew: z.boolean().optional(),
  tasksReadAll: z.boolean().optional(),
  rows: index.optional(),
  starts: z.record(name, z.enum(STARTS)).optional(),
  masked: z
    .array(z.object({ task: name, row: index }))
    .max(4096)
    .optional(),
  look: z.object({ ...look, asker: name.optional() }).optional(),
})

export type PictureLink = z.infer<typeof pictureMemorySchema>
