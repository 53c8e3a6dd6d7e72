/** What a link to the batch lab holds. */

import { z } from 'zod'
import { index, look, model, share } from '../../../state/link_parts.ts'
import { SIDES, STRATEGIES } from './plan.ts'
import { LIMITS } from './settings.ts'
import { CORPORA, MOST_LINES, MOST_TEXT } from './source.ts'

const upTo = (most: number) => z.int().min(1).max(most)

export const schema = z.object({
  lab: z.literal('batch'),
  model,
  source: z.union([
    z.object({
      type: z.literal('sample'),
      corpus: z.enum(CORPORA),
      count: upTo(MOST_LINES),
      seed: z.int().min(0).max(LIMITS.seed),
    }),
    z.object({ type: z.literal('own'), text: z.string().max(MOST_TEXT), file: z.string().max(300).optional() }),
  ]),
  /** Only the first of one's own lines are in the link. */
  shortened: z.literal(true).optional(),
  strategy: z.enum(STRATEGIES).optional(),
  settings: z
    .object({
      size: upTo(LIMITS.size),
      capacity: z.int().min(4).max(LIMITS.capacity),
      side: z.enum(SIDES),
      buckets: upTo(LIMITS.buckets),
      jitter: share,
      budget: upTo(LIMITS.budget),
      seed: z.int().min(0).max(LIMITS.seed),
    })
    .partial()
    .optional(),
  block: z.boolean().optional(),
  reset: z.boolean().optional(),
  separator: z.boolean().optional(),
  look: z
    .object({
      ...look,
      batch: index.optional(),
      row: index.optional(),
      loss: z
        .object({ padIsEnd: z.boolean(), byId: z.boolean(), prompt: index, shift: z.boolean(), perToken: z.boolean() })
        .partial(),
    })
    .partial()
    .optional(),
})

export type BatchLink = z.infer<typeof schema>
