/** What a link to the detect lab holds. */

import { z } from 'zod'
import { index, look, model, share } from '../../../state/link_parts.ts'
import { CLOSABLE, STARTS, STATUSES } from './queries.ts'

/** As many as a config.json may ask for. */
const MAX_QUERIES = 10_000
const MAX_PIECES = 40
const weight = z.number().min(0).max(10)

/** What a run is made of. */
const document = z.object({
  model,
  /** A sample scene's file. */
  sample: z.string().max(300).optional(),
  /** The picture was one's own; where no copy of it is in the link, whoever opens it is told. */
  own: z.literal(true).optional(),
  /** A small copy of one's own picture, base64url; checked by loaders/image_copy.ts. */
  photo: z.string().optional(),
  /** Absent: all as they were trained. */
  queries: z
    .array(
      z.object({
        of: index,
        start: z.enum(STARTS).default('trained'),
        status: z.enum(STATUSES).default('read'),
      }),
    )
    .max(MAX_QUERIES)
    .optional(),
  closed: z.array(z.enum(CLOSABLE)).max(CLOSABLE.length).optional(),
  pieces: z
    .array(
      z.object({
        drawing: z.number().int().min(-1).max(9),
        variant: z.number().int().min(0).max(1),
        x: z.number().min(-1).max(2),
        y: z.number().min(-1).max(2),
        size: z.number().min(0.02).max(2),
      }),
    )
    .max(MAX_PIECES)
    .optional(),
})

export const schema = document.extend({
  lab: z.literal('detect'),
  /** The run that was pinned, as what it was made of: it runs again when the link is opened. */
  pinned: document
    .omit({ photo: true })
    .extend({ /** Of the same picture as the link's. */ same: z.literal(true).optional() })
    .optional(),
  look: z
    .object({
      ...look,
      /** The chosen query, by its place. */
      query: index.optional(),
      threshold: share.optional(),
      path: z.boolean().optional(),
      truth: z.boolean().optional(),
      nms: z.boolean().optional(),
      weights: z.object({ label: weight, l1: weight, giou: weight }).optional(),
    })
    .optional(),
})

export type DetectLink = z.infer<typeof schema>
