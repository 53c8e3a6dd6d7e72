/** What a tokenizer puts around a text, from the `post_processor` of tokenizer.json. */

import { z } from 'zod'

/** Of encoders: a token that opens, one that closes every segment, and whether two of them stand between segments (RoBERTa). */
export interface Template {
  opening: string
  closing: string
  doubled: boolean
}

const named = z.tuple([z.string(), z.number()])
const step = z.union([
  z.object({ SpecialToken: z.object({ id: z.string() }) }).transform(({ SpecialToken }) => SpecialToken.id),
  z.object({ Sequence: z.object({ id: z.enum(['A', 'B']) }) }).transform(() => null),
])
const steps = z.array(step).max(100)

const postProcessor = z.union([
  z
    .object({ type: z.enum(['BertProcessing', 'RobertaProcessing']), cls: named, sep: named })
    .transform(({ type, cls, sep }): Template => {
      return { opening: cls[0], closing: sep[0], doubled: type === 'RobertaProcessing' }
    }),
  z
    .object({ type: z.literal('TemplateProcessing'), single: steps, pair: steps })
    .transform(({ single, pair }) => fromSteps(single, pair)),
])
const anyProcessor = z.union([
  postProcessor,
  z
    .object({ type: z.literal('Sequence'), processors: z.array(z.unknown()).max(32) })
    .transform(({ processors }) => processors.map(templateOf).find((template) => template !== undefined)),
])

/** @param raw `post_processor`, of any kind; undefined where it does not both open and close a text */
export function templateOf(raw: unknown): Template | undefined {
  return anyProcessor.safeParse(raw).data
}

/** @param single, pair names of special tokens, null for a text */
function fromSteps(single: readonly (string | null)[], pair: readonly (string | null)[]): Template | undefined {
  const text = single.indexOf(null)
  const [opening, closing] = [single[text - 1], single[text + 1]]
  if (!opening || !closing) return undefined
  const between = pair.lastIndexOf(null) - pair.indexOf(null) - 1
  return { opening, closing, doubled: between === 2 }
}
