/** What a link to the vision lab holds. */

import { z } from 'zod'
import { BESIDE, MAX_POINTS, MAX_STROKES } from '../../../loaders/image_paint.ts'
import { STRATEGIES } from '../../../sequence/patch_masking.ts'
import { tokensSchema } from '../../../sequence/serialise_schema.ts'
import { ablated, index, look, model, share } from '../../../state/link_parts.ts'

const positionTable = z.discriminatedUnion('type', [
  z.object({ type: z.literal('trained'), interpolation: z.enum(['bicubic', 'bilinear', 'nearest']) }),
  z.object({ type: z.literal('off') }),
  z.object({ type: z.literal('shuffled'), seed: z.number().int() }),
  z.object({ type: z.literal('sine') }),
])

const maskToken = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['trained', 'zeros', 'negated', 'mean']) }),
  z.object({ type: z.literal('noise'), seed: z.number().int() }),
])

/** A square of the photo, and what was painted on it; see loaders/image_crop.ts and image_paint.ts. */
const crop = z.object({ x: share, y: share, size: share })
const place = z
  .number()
  .min(-BESIDE)
  .max(1 + BESIDE)
const stroke = z.object({
  tool: z.enum(['brush', 'erase', 'blur']),
  colour: z.string().regex(/^#[0-9a-f]{6}$/),
  size: share,
  points: z
    .array(z.tuple([place, place]).readonly())
    .min(1)
    .max(MAX_POINTS)
    .readonly(),
})

/** What is run: the photo, its tokens, the mask. */
const document = z.object({
  lab: z.literal('vision'),
  model,
  /** A sample's file. */
  sample: z.string().max(300).optional(),
  /** The photo was one's own or a camera's; where no copy of it is in the link, whoever opens it is told. */
  own: z.literal(true).optional(),
  /** A small copy of one's own photo, base64url; what it must be is checked by loaders/image_copy.ts, which refuses the photo alone. */
  photo: z.string().optional(),
  tokens: tokensSchema.optional(),
  ablated: ablated.optional(),
  positionTable: positionTable.optional(),
  maskToken: maskToken.optional(),
  /** Of the input in pixels, when not the model's own. */
  side: z.number().int().min(1).max(4096).optional(),
  crop: crop.optional(),
  strokes: z.array(stroke).max(MAX_STROKES).readonly().optional(),
})

export const schema = document.extend({
  /** The run that was pinned, as what it was made of: it runs again when the link is opened. */
  pinned: document.extend({ /** Of the same photo as the link's. */ same: z.literal(true).optional() }).optional(),
  look: z
    .object({
      ...look,
      reading: z.enum(['head', 'max', 'rollout']).optional(),
      query: index.optional(),
      overlay: z
        .object({ opacity: share, smooth: z.boolean(), mass: share.nullable(), fit: z.boolean() })
        .partial()
        .optional(),
      sight: z.enum(['sharp', 'seen']).optional(),
      masking: z
        .object({
          strategy: z.enum(STRATEGIES),
          ratio: share,
          seed: z.number().int(),
          as: z.enum(['removed', 'masked']),
        })
        .optional(),
    })
    .optional(),
})

export type VisionLink = z.infer<typeof schema>
