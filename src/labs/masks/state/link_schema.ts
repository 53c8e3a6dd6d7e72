/** What a link to the mask studio holds. */

import { z } from 'zod'
import { tokensSchema } from '../../../sequence/serialise_schema.ts'
import { MAX_SEGMENTS } from '../../../sequence/text.ts'
import { index, look, model } from '../../../state/link_parts.ts'
import { STROKE_SHAPES } from '../../../viz/strokes.ts'
import { MAX_FORMULA } from './language.ts'
import { MAX_TEXT } from './limits.ts'
import { SCOPES, VALUES } from './look.ts'
import { MAX_RULES } from './rules.ts'
import { TILE_SIDES } from './tiles.ts'

const range = z.tuple([index, index]).readonly()

/** What is run: the texts, what was done to their tokens, the rules and the paint. */
const document = z.object({
  lab: z.literal('masks'),
  model,
  texts: z.array(z.string().max(MAX_TEXT)).min(1).max(MAX_SEGMENTS),
  /** Where texts were cut, the pieces of each that the tokens below belong to. */
  kept: z.array(index).max(MAX_SEGMENTS).optional(),
  /** With the paint; the rules are below, as text. */
  tokens: tokensSchema.optional(),
  /** Absent: the model's own. */
  rules: z
    .array(z.object({ text: z.string().max(MAX_FORMULA), layers: range.optional(), heads: range.optional() }))
    .max(MAX_RULES)
    .optional(),
})

export const schema = document.extend({
  /** The mask kept as A, as what its run was made of: it runs again when the link is opened. */
  pinned: document.optional(),
  look: z
    .object({
      ...look,
      selected: z.array(index).max(65536).optional(),
      brush: z.enum(STROKE_SHAPES).optional(),
      value: z.enum(VALUES).optional(),
      scope: z.enum(SCOPES).optional(),
      after: index.optional(),
      named: z.string().max(40).optional(),
      tile: z.union(TILE_SIDES.map((side) => z.literal(side))).optional(),
    })
    .optional(),
})

export type MasksLink = z.infer<typeof schema>
