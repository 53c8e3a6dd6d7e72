/** What a link to the sequence-to-sequence lab holds. */

import { z } from 'zod'
import { tokensSchema } from '../../../sequence/serialise_schema.ts'
import { index, look, model } from '../../../state/link_parts.ts'
import { MAX_TEXT, MOST_IDS } from './limits.ts'

const { rules, inverted } = tokensSchema.shape
/** A mask of the decoder's queries: cells as [layer, query, key, readable], by places. */
const mask = z.object({
  rules,
  inverted,
  paint: z
    .array(z.tuple([z.union([index, z.literal('all')]), index, index, z.boolean()]))
    .max(16384)
    .optional(),
})
const head = z.object({ layer: index, head: look.head })

export const schema = z.object({
  lab: z.literal('seq2seq'),
  model,
  text: z.string().max(MAX_TEXT),
  /** What was done to the source's tokens, with the encoder's mask. */
  source: tokensSchema.optional(),
  /** What the decoder is given, start first, and what was done to that; absent: the model writes. */
  target: z.object({ ids: z.array(index).min(1).max(MOST_IDS), tokens: tokensSchema.optional() }).optional(),
  masks: z.object({ decoder: mask.optional(), cross: mask.optional() }).optional(),
  states: z
    .union([
      z.object({ type: z.enum(['zeros', 'mean']) }),
      z.object({ type: z.literal('other'), text: z.string().max(MAX_TEXT) }),
    ])
    .optional(),
  look: z
    .object({
      ...look,
      decoder: head.optional(),
      cross: head.optional(),
      selected: z.object({ source: z.array(index).max(MOST_IDS), target: z.array(index).max(MOST_IDS) }).optional(),
    })
    .optional(),
})

export type Seq2SeqLink = z.infer<typeof schema>
export type LinkMask = z.infer<typeof mask>
