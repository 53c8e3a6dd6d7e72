/** What a link to the text lab holds. */

import { z } from 'zod'
import { PADDING_SIDES } from '../../../sequence/padding.ts'
import { entrySchema, tokensSchema } from '../../../sequence/serialise_schema.ts'
import { MAX_SEGMENTS } from '../../../sequence/text.ts'
import { ablated, index, look, model, share } from '../../../state/link_parts.ts'
import { MAX_TEXT } from './limits.ts'
import { MASKING_RULES, MASKING_UNITS } from './masking_plan.ts'

/** What is run: the texts, what was done to their tokens, the mask. */
const document = z.object({
  lab: z.literal('text'),
  model,
  texts: z.array(z.string().max(MAX_TEXT)).min(1).max(MAX_SEGMENTS),
  /** What closes each segment; null: the model's own separator. */
  separators: z.array(entrySchema.nullable()).max(MAX_SEGMENTS).optional(),
  truncation: z.enum(['longest_first', 'only_second']).optional(),
  /** Where texts were cut, the pieces of each that the tokens below belong to. */
  kept: z.array(index).max(MAX_SEGMENTS).optional(),
  format: z.string().max(40).optional(),
  tokens: tokensSchema.optional(),
  ablated: ablated.optional(),
})

export const schema = document.extend({
  /** The run kept as A, as what it was made of: it runs again when the link is opened. */
  pinned: document.optional(),
  look: z
    .object({
      ...look,
      selected: z.array(index).max(65536),
      paint: z.enum(['layer', 'all']).optional(),
      masking: z
        .object({ unit: z.enum(MASKING_UNITS), ratio: share, seed: z.number().int(), rule: z.enum(MASKING_RULES) })
        .optional(),
      padding: z.enum(PADDING_SIDES).optional(),
      /** What the pooling tool compares. */
      sentences: z.array(z.string().max(2000)).min(1).max(12).optional(),
    })
    .optional(),
})

export type TextLink = z.infer<typeof schema>
