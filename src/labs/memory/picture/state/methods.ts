/** What the recipe measured of every way to learn the tasks: methods.json beside the weights, written by training/vit_memory/train.py. */

import { z } from 'zod'
import { ClsroomError } from '../../../../core/errors.ts'

const way = z.object({ accuracy: z.number().min(0).max(1), parameters: z.int().positive() })

/** Ways in the order of the paper's comparison: memory rows by number, between a head alone and everything. */
export const WAYS = ['head_only', '0', '1', '2', '4', '8', 'extension', 'full_fine_tuning'] as const
export type Way = (typeof WAYS)[number]

const schema = z.record(
  z.string(),
  z.object({
    ...(Object.fromEntries(WAYS.map((name) => [name, way])) as Record<Way, typeof way>),
    steps: z.int().positive(),
    old_head_after_full_fine_tuning: z.number().min(0).max(1),
  }),
)
export type Methods = z.infer<typeof schema>

/** @param folder the model's, ending in "/"; @throws ClsroomError `fetch` where there are none */
export async function loadMethods(folder: string): Promise<Methods> {
  try {
    const answer = await fetch(`${folder}methods.json`)
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`)
    return schema.parse(await answer.json())
  } catch (cause) {
    throw new ClsroomError('fetch', 'The figures of the recipe could not be fetched', {
      found: `${folder}methods.json`,
      advice: 'Try again when you are online',
      cause,
    })
  }
}
