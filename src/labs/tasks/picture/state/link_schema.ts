/** What a link to the picture half holds. */

import { z } from 'zod'
import { tokensSchema } from '../../../../sequence/serialise_schema.ts'
import { ablated, index, look, model, share } from '../../../../state/link_parts.ts'
import { COLOURS } from './lesson.ts'
import { AMONG } from './reads.ts'

export const pictureSchema = z.object({
  lab: z.literal('tasks'),
  half: z.literal('picture'),
  model,
  /** A sample's file. */
  sample: z.string().max(300).optional(),
  /** The picture was one's own; where no copy of it is in the link, whoever opens it is told. */
  own: z.literal(true).optional(),
  /** A small copy of one's own picture, base64url; checked by loaders/image_copy.ts. */
  photo: z.string().optional(),
  tokens: tokensSchema.optional(),
  /** By how many quarters it is turned, anticlockwise. */
  quarters: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]).optional(),
  rim: z.object({ colour: z.enum(COLOURS), strength: share }).optional(),
  among: z.enum(AMONG).optional(),
  patchesBlind: z.literal(true).optional(),
  ablated: ablated.optional(),
  look: z
    .object({
      ...look,
      /** The token that asks, by its place. */
      query: index.optional(),
      sight: z.enum(['sharp', 'seen']).optional(),
    })
    .optional(),
})

export type PictureLink = z.infer<typeof pictureSchema>
