/** What a link to the portfolio half holds. */

import { z } from 'zod'
import { tokensSchema } from '../../../../sequence/serialise_schema.ts'
import { ablated, index, look, model } from '../../../../state/link_parts.ts'
import { LARGEST_SCALE, MOST_MOVE } from './shocks.ts'

export const portfolioSchema = z.object({
  lab: z.literal('tasks'),
  half: z.literal('portfolio'),
  model,
  /** A sample's day. */
  sample: z.string().max(300).optional(),
  /** The prices were one's own, and are in no link. */
  own: z.literal(true).optional(),
  /** The last day that is known, by its row in the table; the sample's own day when absent. */
  day: index.optional(),
  tokens: tokensSchema.optional(),
  leaves: z.literal('portfolio').optional(),
  shocks: z
    .array(
      z.object({
        row: index,
        move: z.number().min(-MOST_MOVE).max(MOST_MOVE),
        scale: z.number().min(0).max(LARGEST_SCALE),
      }),
    )
    .max(1000)
    .optional(),
  ablated: ablated.optional(),
  look: z
    .object({
      ...look,
      /** The token that asks, by its place. */
      query: index.optional(),
      horizon: index.optional(),
    })
    .optional(),
})

export type PortfolioLink = z.infer<typeof portfolioSchema>
