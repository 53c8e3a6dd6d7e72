/** What a tokenizer puts around a text or two, from the `post_processor` of tokenizer.json. */

import { z } from 'zod'

/** One step of a template: a text or special tokens, and their segment. */
type Step = { text: 'A' | 'B'; segment: number } | { ids: number[]; segment: number }
export interface TemplateSteps {
  single: Step[]
  pair: Step[]
}

const A: Step = { text: 'A', segment: 0 }
const named = z.tuple([z.string(), z.int()]).transform(([, id]) => id)
const special = (id: number, segment = 0): Step => ({ ids: [id], segment })

const ends = { cls: named, sep: named }
const bert = z.object({ type: z.literal('BertProcessing'), ...ends }).transform(({ cls, sep }): TemplateSteps => {
  const single = [special(cls), A, special(sep)]
  return { single, pair: [...single, { text: 'B', segment: 1 }, special(sep, 1)] }
})
const roberta = z.object({ type: z.literal('RobertaProcessing'), ...ends }).transform(({ cls, sep }): TemplateSteps => {
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
  .transform(({ single, pair, special_tokens }): TemplateSteps => {
    const stepOf = (one: z.infer<typeof step>): Step =>
      'Sequence' in one
        ? { text: one.Sequence.id, segment: one.Sequence.type_id }
        : { ids: special_tokens[one.SpecialToken.id]?.ids ?? [], segment: one.SpecialToken.type_id }
    return { single: single.map(stepOf), pair: pair.map(stepOf) }
  })

const processor = z.union([bert, roberta, template])
const sequence = z.object({ type: z.literal('Sequence'), processors: z.array(z.unknown()) })

/** Of encoders: the tokens that open a text and close every segment, and whether two of them stand between segments (RoBERTa). */
export interface Template {
  opening: number
  closing: number
  doubled: boolean
}

/** @param raw `post_processor`, of any kind; undefined where it does not both open and close a text */
export function templateOf(raw: unknown): Template | undefined {
  const steps = stepsOf(raw)
  if (!steps) return undefined
  const tokens = (list: readonly Step[]) =>
    list.flatMap((one): (number | string)[] => ('ids' in one ? one.ids : [one.text]))
  const [single, pair] = [tokens(steps.single), tokens(steps.pair)]
  const text = single.indexOf('A')
  const [opening, closing] = [single[text - 1], single[text + 1]]
  if (typeof opening !== 'number' || typeof closing !== 'number') return undefined
  return { opening, closing, doubled: pair.indexOf('B') - pair.indexOf('A') === 3 }
}

/** @param raw `post_processor`, of any kind; undefined where it puts nothing around a text */
export function stepsOf(raw: unknown): TemplateSteps | undefined {
  const several = sequence.safeParse(raw).data
  if (several) return several.processors.map(stepsOf).find((steps) => steps !== undefined)
  return processor.safeParse(raw).data
}
