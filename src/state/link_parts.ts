/** What the link schemas of all labs are made of. */

import { z } from 'zod'

/** A place, a layer, an id. */
export const index = z.number().int().min(0).max(65536)
/** From 0 to 1. */
export const share = z.number().min(0).max(1)
export const model = z.string().min(1).max(300)
export const ablated = z.array(z.tuple([index, index])).max(65536)
/** What the looks of all labs have. */
export const look = {
  tool: z.string().max(40).optional(),
  layer: index,
  head: z.union([index, z.literal('mean')]),
  /** Colour scales end at the largest value that is shown, and not at 1. */
  fit: z.boolean().optional(),
}
