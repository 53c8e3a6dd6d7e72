/** What a permalink holds of a sequence and its mask: the schema of what serialise.ts writes and reads. Fetched when a link comes in. */

import { z } from 'zod'
import { KINDS } from '../core/tokens.ts'

/** A bound on what a link can ask for; far above what a person does by hand. */
const MOST_ITEMS = 16384

const count = z.int().min(0).max(MOST_ITEMS)
/** Runs [first, length] of places. */
const runs = z.array(z.tuple([count, count.min(1)])).max(MOST_ITEMS)

const startSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('zeros') }),
  z.object({ type: z.literal('normal'), seed: z.int(), std: z.number().min(0) }),
  z.object({ type: z.literal('copy'), of: z.int().min(0), scale: z.number() }),
  z.object({ type: z.literal('mean') }),
])

export const entrySchema = z
  .object({
    kind: z.enum(KINDS),
    id: z.int().min(0).nullable(),
    label: z.string().max(64),
    start: startSchema.optional(),
  })
  .refine((entry) => entry.id !== null || entry.start, 'a token needs a vocabulary row or a start vector')

const stateSchema = z.object({
  status: z.enum(['masked', 'removed']).optional(),
  hidden: z.literal(true).optional(),
  segmentId: z.int().min(0).optional(),
  positionId: z.int().min(-1).optional(),
  /** Null: none, where the unedited token has one. */
  start: startSchema.nullable().optional(),
  /** What replaced the token. */
  replacement: entrySchema.optional(),
})

const layers = z.array(count).max(256).readonly().optional()
const kinds = z.array(z.enum(KINDS)).readonly()
const ruleSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('padding'), layers }),
  z.object({ type: z.literal('causal'), layers }),
  z.object({ type: z.literal('segments'), layers }),
  z.object({ type: z.literal('prefix'), length: count, layers }),
  z.object({ type: z.literal('window'), radius: count, besides: kinds.optional(), layers }),
  z.object({ type: z.literal('only'), queries: kinds, keys: kinds, layers }),
  z.object({ type: z.literal('never'), queries: kinds, keys: kinds, layers }),
])

/** Keys painted alike in one row of the mask. */
const strokeSchema = z.object({
  layer: z.union([count, z.literal('all')]),
  query: count,
  keys: runs,
  readable: z.boolean(),
})

export const tokensSchema = z.object({
  /** The text keeps its position ids. */
  keep: z.literal(true).optional(),
  /** Segment ids follow the separators, wherever they stand. */
  segmentsBySeparators: z.literal(true).optional(),
  /** The strip: runs [first, length] of base tokens, and [entry, times] of inserted ones. Absent: the base as it is. */
  strip: z
    .array(z.tuple([z.union([count, entrySchema]), count.min(1)]))
    .max(MOST_ITEMS)
    .optional(),
  /** Places in the strip and what was done there. */
  states: z
    .array(stateSchema.extend({ at: runs }))
    .max(MOST_ITEMS)
    .optional(),
  rules: z.array(ruleSchema).max(64).readonly().optional(),
  inverted: z.literal(true).optional(),
  paint: z.array(strokeSchema).max(MOST_ITEMS).optional(),
})

/** A sequence and its mask as plain JSON, without what can be rebuilt from the texts or the picture. */
export type EncodedTokens = z.infer<typeof tokensSchema>
export type TokenState = z.infer<typeof stateSchema>
/** A run of places in the strip. */
export type Run = [first: number, length: number]
