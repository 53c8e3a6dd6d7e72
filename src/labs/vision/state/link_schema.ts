/** What a link to the vision lab holds. */

import { z } from 'zod'
import { STRATEGIES } from '../../../sequence/patch_masking.ts'
import { tokensSchema } from '../../../sequence/serialise_schema.ts'
import { ablated, index, look, model, share } from '../../../state/link_parts.ts'

const positionTable = z.discriminatedUnion('type', [
  z.object({ type: z.literal('trained'), interpolation: z.enum(['bicubic', 'bilinear', 'nearest']) }),
  z.object({ type: z.literal('off') }),
  z.object({ type: z.literal('shuffled'), seed: z.number().int() }),
  z.object({ type: z.literal('sine') }),
])

/** A square of the photo, and what was painted on it; see loaders/image_crop.ts and image_paint.ts. */
const crop = z.object({ x: share, y: share, size: share })
const stroke = z.object({
  tool: z.enum(['brush', 'erase', 'blur']),
  colour: z.string().regex(/^#[0-9a-f]{6}$/),
  size: share,
  points: z
    .array(z.tuple([z.number().min(-1).max(2), z.number().min(-1).max(2)]).readonly())
    .min(1)
    .max(10_000)
    .readonly(),
})

export const schema = z.object({
  lab: z.literal('vision'),
  model,
  /** A sample's file; a photo of one's own is never in a link. */
  sample: z.string().max(300).optional(),
  tokens: tokensSchema.optional(),
  ablated: ablated.optional(),
  positionTable: positionTable.optional(),
  /** Of the input in pixels, when not the model's own. */
  side: z.number().int().min(1).max(4096).optional(),
  crop: crop.optional(),
  strokes: z.array(stroke).max(1000).readonly().optional(),
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
