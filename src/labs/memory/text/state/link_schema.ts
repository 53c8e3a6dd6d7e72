/** What a link to the memory lab's half for text holds. */

import { z } from 'zod'
import { tokensSchema } from '../../../../sequence/serialise_schema.ts'
import { ablated, index, look, model } from '../../../../state/link_parts.ts'
import { MAX_TEXT } from './limits.ts'
import { REPLACEMENTS } from './replacement.ts'

export const textMemorySchema = z.object({
  lab: z.literal('memory'),
  shows: z.literal('text'),
  model,
  /** A text, and a second one; absent: the half's own. */
  texts: z.array(z.string().max(MAX_TEXT)).min(1).max(2).optional(),
  tokens: tokensSchema.optional(),
  ablated: ablated.optional(),
  /** What stands in the place of some memory rows' state before a layer. */
  replaced: z.object({ by: z.enum(REPLACEMENTS), layer: index, slots: z.array(index).max(64) }).optional(),
  look: z
    .object({
      ...look,
      selected: z.array(index).max(65536).optional(),
      paint: z.enum(['layer', 'all']).optional(),
    })
    .optional(),
})

export type TextMemoryLink = z.infer<typeof textMemorySchema>
