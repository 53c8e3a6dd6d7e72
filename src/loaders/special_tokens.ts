/** Which ids of a vocabulary are the special tokens of a text model. */

import { z } from 'zod'
import { parseJson, parseWith } from '../core/json.ts'
import type { SpecialKind } from '../core/tokens.ts'
import type { ModelConfig, TokenizerFile } from './tokenizer_file.ts'

export type TextSpecialKind = Extract<SpecialKind, 'cls' | 'sep' | 'pad' | 'unk' | 'mask' | 'bos' | 'eos' | 'eosent'>

/** A special token in tokenizer_config.json: its text, or an object that has it. */
const nameSchema = z
  .union([z.string(), z.object({ content: z.string() }).transform(({ content }) => content)])
  .nullish()
  .catch(undefined)
const namesSchema = z.object({
  cls_token: nameSchema,
  sep_token: nameSchema,
  pad_token: nameSchema,
  unk_token: nameSchema,
  mask_token: nameSchema,
  bos_token: nameSchema,
  eos_token: nameSchema,
  eosent_token: nameSchema,
})
export type SpecialNames = z.output<typeof namesSchema>

/** What special tokens are called where tokenizer_config.json does not say. */
const USUAL_NAMES: Record<TextSpecialKind, readonly string[]> = {
  cls: ['[CLS]', '<cls>'],
  sep: ['[SEP]', '<sep>'],
  pad: ['[PAD]', '<pad>'],
  unk: ['[UNK]', '<unk>'],
  mask: ['[MASK]', '<mask>'],
  bos: ['[BOS]', '<bos>', '<s>', '<|endoftext|>'],
  eos: ['[EOS]', '<eos>', '</s>', '<|endoftext|>'],
  eosent: ['[EOSENT]', '<eosent>'],
}

/**
 * @param text the content of tokenizer_config.json
 * @throws ClsroomError `tokenizer`
 */
export function parseSpecialNames(text: string): SpecialNames {
  const config = parseJson(text, 'tokenizer_config.json', 'tokenizer')
  return parseWith(namesSchema, config, 'tokenizer_config.json', 'tokenizer')
}

export function findSpecials(
  { model, post_processor: template }: TokenizerFile,
  labels: ReadonlyMap<number, string>,
  names: SpecialNames,
): Map<TextSpecialKind, number> {
  const ids = new Map([...labels].map(([id, label]) => [label, id]))
  const around: Partial<Record<TextSpecialKind, number>> = { cls: template?.opening, sep: template?.closing }
  const specials = new Map<TextSpecialKind, number>()
  for (const kind of Object.keys(USUAL_NAMES) as TextSpecialKind[]) {
    const own = kind === 'unk' ? unknownId(model, ids) : undefined
    const named = (name: string | null | undefined) => ids.get(name ?? '')
    const candidates = [own, named(names[`${kind}_token`]), around[kind], ...USUAL_NAMES[kind].map(named)]
    const id = candidates.find((candidate) => candidate !== undefined && labels.has(candidate))
    if (id !== undefined) specials.set(kind, id)
  }
  // What RoBERTa's vocabulary calls <s> and </s> is what its texts open and close with: one token is of one kind.
  for (const [twin, kind] of [
    ['bos', 'cls'],
    ['eos', 'sep'],
  ] as const) {
    if (specials.get(twin) === specials.get(kind)) specials.delete(twin)
  }
  return specials
}

/** What the model itself gives where it knows no token. */
export function unknownId(model: ModelConfig, ids: ReadonlyMap<string, number>): number | undefined {
  if (model.type === 'Unigram') return model.unk_id ?? undefined
  return ids.get(model.unk_token ?? '')
}
