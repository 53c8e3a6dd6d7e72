/** What a link to the vision lab holds, and how a document becomes one. */

import { z } from 'zod'
import { CENTRE } from '../../../loaders/image_crop.ts'
import { STRATEGIES } from '../../../sequence/patch_masking.ts'
import { encodeTokens } from '../../../sequence/serialise.ts'
import { tokensSchema } from '../../../sequence/serialise_schema.ts'
import { ablated, index, type LinkFormat, look, model, share } from '../../../state/permalink.ts'
import type { Photo, VisionDoc } from './run.ts'

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

const schema = z.object({
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
      overlay: z.object({ opacity: share, smooth: z.boolean(), mass: share.nullable() }).partial().optional(),
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

export const VISION_FORMAT: LinkFormat<VisionLink> = { version: 1, schema, migrations: {} }

/** A look as the lab has it: its query is the key of a token. */
type Look = NonNullable<VisionLink['look']> & { query: number; selection?: readonly number[] }

/** A photo of one's own never leaves the machine: only a sample is named, with its crop and its paint. */
export function encodeVision(
  doc: VisionDoc,
  photo: Pick<Photo, 'name' | 'source'> | null,
  { selection: _, ...look }: Look,
): VisionLink {
  const query = doc.sequence.tokens.findIndex((token) => token.key === look.query)
  return {
    lab: 'vision',
    model: doc.model,
    ...(photo?.source === 'sample' && {
      sample: photo.name,
      ...(doc.crop !== CENTRE && { crop: doc.crop }),
      ...(doc.strokes.length > 0 && { strokes: doc.strokes }),
    }),
    tokens: encodeTokens(doc.sequence, doc.mask, doc.base),
    ...(doc.ablated.length > 0 && { ablated: doc.ablated }),
    positionTable: doc.positionTable,
    ...(doc.side !== null && { side: doc.side }),
    look: { ...look, query: Math.max(0, query) },
  }
}
