/** What a link to the Generate lab holds. */

import { z } from 'zod'
import { tokensSchema } from '../../../sequence/serialise_schema.ts'
import { ablated, index, look, model, share } from '../../../state/link_parts.ts'
import { MAX_PROMPT, MAX_SEED } from './limits.ts'

const id = z.int().min(0).max(10_000_000)
const seed = z.int().min(0).max(MAX_SEED)

/** What is run: the prompt, what was written, what was done to the tokens, the mask; and how the next token is drawn. */
const document = z.object({
  lab: z.literal('generate'),
  model,
  prompt: z.string().max(MAX_PROMPT),
  /** Where the prompt was cut, how many of its first pieces are left out. */
  dropped: z.int().min(0).max(MAX_PROMPT).optional(),
  written: z.array(id).max(65536).optional(),
  /** Of each written token the seed of its draw; null: it was chosen. */
  seeds: z.array(seed.nullable()).max(65536).optional(),
  sampling: z
    .object({
      repetitionPenalty: z.number().min(0.5).max(2),
      temperature: z.number().min(0).max(5),
      topK: index,
      topP: share,
      minP: share,
    })
    .partial()
    .optional(),
  seed: seed.optional(),
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
    })
    .optional(),
})

export type GenerateLink = z.infer<typeof schema>
