/** What a link to the tokenizers lab holds. */

import { z } from 'zod'
import { index, look, model, share } from '../../../state/link_parts.ts'
import { KINDS, RECIPE, SIZES, WORD_RULES } from '../../../tokenizers/recipe.ts'
import { MOST_COLUMNS, MOST_LETTERS, MOST_LINKED, SAMPLES } from './doc.ts'

const name = z.string().min(1).max(300)

const source = z.discriminatedUnion('type', [
  z.object({ type: z.literal('trained'), kind: z.enum(KINDS) }),
  z.object({ type: z.literal('model'), id: name }),
  z.object({ type: z.literal('hub'), id: name }),
  z.object({ type: z.literal('url'), url: z.url({ protocol: /^https?$/ }).max(1000) }),
  z.object({ type: z.literal('file'), name }),
])

const recipe = z.object({
  nfkc: z.boolean().default(RECIPE.nfkc),
  lowercase: z.boolean().default(RECIPE.lowercase),
  stripAccents: z.boolean().default(RECIPE.stripAccents),
  spaceCjk: z.boolean().default(RECIPE.spaceCjk),
  words: z.enum(WORD_RULES).default(RECIPE.words),
  splitDigits: z.boolean().default(RECIPE.splitDigits),
  byteFallback: z.boolean().default(RECIPE.byteFallback),
  vocabularySize: z.number().int().min(SIZES.least).max(SIZES.most).default(RECIPE.vocabularySize),
  minFrequency: z.number().int().min(0).max(1000).default(RECIPE.minFrequency),
  pairRule: z.enum(['count', 'score']).default(RECIPE.pairRule),
})

export const schema = z.object({
  lab: z.literal('tokenizers'),
  model,
  text: z.string().max(MOST_LETTERS).optional(),
  sample: z.enum(SAMPLES).optional(),
  /** A text of one's own to train on; where it is too long for a link, whoever opens it is told. */
  own: z.literal(true).optional(),
  corpus: z.string().max(MOST_LINKED).optional(),
  recipe: recipe.optional(),
  columns: z.array(source).min(1).max(MOST_COLUMNS).optional(),
  parsesSpecials: z.boolean().optional(),
  look: z
    .object({
      ...look,
      layer: index.optional(),
      head: z.unknown().optional(),
      column: index.optional(),
      lines: z.boolean().optional(),
      watched: z.enum(KINDS).optional(),
      step: index.optional(),
      curve: z.enum(['known', 'whole', 'fertility']).optional(),
      word: index.optional(),
      alpha: z.number().min(0).max(2).optional(),
      dropout: share.optional(),
      seed: z.number().int().min(0).max(1e9).optional(),
    })
    .optional(),
})

export type TokenizersLink = z.infer<typeof schema>
