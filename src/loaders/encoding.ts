/** What a tokenizer makes of the pieces of one text or two: special tokens and segments, by the `post_processor` of tokenizer.json. */

import { z } from 'zod'

export interface Encoding {
  inputIds: number[]
  tokenTypeIds: number[]
}

/** One step of a template: a text or special tokens, and their segment. */
type Step = { text: 'A' | 'B'; segment: number } | { ids: number[]; segment: number }
interface Steps {
  single: Step[]
  pair: Step[]
}

const A: Step = { text: 'A', segment: 0 }
const named = z.tuple([z.string(), z.int()]).transform(([, id]) => id)
const special = (id: number, segment = 0): Step => ({ ids: [id], segment })

const ends = { cls: named, sep: named }
const bert = z.object({ type: z.literal('BertProcessing'), ...ends }).transform(({ cls, sep }): Steps => {
  const single = [special(cls), A, special(sep)]
  return { single, pair: [...single, { text: 'B', segment: 1 }, special(sep, 1)] }
})
const roberta = z.object({ type: z.literal('RobertaProcessing'), ...ends }).transform(({ cls, sep }): Steps => {
  const single = [special(cls), A, special(sep)]
  return { single, pair: [...single, special(sep), { text: 'B', segment: 0 }, special(sep)] }
})

const step = z.union([
  z.object({ SpecialToken: z.object({ id: z.string(), type_id: z.int() }) }),
  z.object({ Sequence: z.object({ id: z.enum(['A', 'B']), type_id: z.int() }) }),
])
const template = z
  .object({
    type: z.literal('TemplateProcessing'),
    single: z.array(step),
    pair: z.array(step),
    special_tokens: z.record(z.string(), z.object({ ids: z.array(z.int()) })).default({}),
  })
  .transform(({ single, pair, special_tokens }): Steps => {
    const stepOf = (one: z.infer<typeof step>): Step =>
      'Sequence' in one
        ? { text: one.Sequence.id, segment: one.Sequence.type_id }
        : { ids: special_tokens[one.SpecialToken.id]?.ids ?? [], segment: one.SpecialToken.type_id }
    return { single: single.map(stepOf), pair: pair.map(stepOf) }
  })

/** Without a processor, or with one that leaves the tokens as they are. */
const PLAIN: Steps = { single: [A], pair: [A, { text: 'B', segment: 1 }] }
const processor = z.union([bert, roberta, template])
const sequence = z.object({ type: z.literal('Sequence'), processors: z.array(z.unknown()) })

/**
 * @param tokenizerJson the content of tokenizer.json
 * @param first, second ids of the pieces of each text
 */
export function encodingOf(tokenizerJson: string, first: readonly number[], second?: readonly number[]): Encoding {
  const { single, pair } = stepsOf((JSON.parse(tokenizerJson) as { post_processor?: unknown }).post_processor) ?? PLAIN
  const parts = (second ? pair : single).map((one) => ({
    ids: 'ids' in one ? one.ids : one.text === 'A' ? first : (second ?? []),
    segment: one.segment,
  }))
  return {
    inputIds: parts.flatMap(({ ids }) => ids),
    tokenTypeIds: parts.flatMap(({ ids, segment }) => ids.map(() => segment)),
  }
}

function stepsOf(raw: unknown): Steps | undefined {
  const several = sequence.safeParse(raw).data
  if (several) return several.processors.map(stepsOf).find((steps) => steps !== undefined)
  return processor.safeParse(raw).data
}
