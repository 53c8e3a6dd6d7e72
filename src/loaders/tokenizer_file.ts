/** tokenizer.json, checked: what is damaged is refused, and what is not run here is named. */

import { z } from 'zod'
import { ClsroomError } from '../core/errors.ts'
import { duplicateKey, parseJson, parseWith } from '../core/json.ts'
import { templateOf } from './template.ts'
import { slowPart } from './tokenization/slow_patterns.ts'

const MAX_FILE_CHARS = 64 * 1024 * 1024
/** The largest published vocabularies have about a million entries. */
const MAX_IDS = 2 ** 21

const id = z
  .int()
  .nonnegative()
  .max(MAX_IDS, { error: `an id of at most ${MAX_IDS}` })

const addedToken = z.object({
  id,
  content: z.string().min(1).max(1000),
  special: z.boolean().default(false),
  normalized: z.boolean().optional(),
  single_word: z.boolean().default(false),
  lstrip: z.boolean().default(false),
  rstrip: z.boolean().default(false),
})

export const pattern = z.union([
  z.object({ String: z.string().min(1).max(1000) }),
  z.object({ Regex: z.string().min(1).max(4000).superRefine(expectQuick) }),
])

const normalizer = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('BertNormalizer'),
    clean_text: z.boolean().default(true),
    handle_chinese_chars: z.boolean().default(true),
    strip_accents: z.boolean().nullish(),
    lowercase: z.boolean().default(true),
  }),
  z.object({ type: z.enum(['NFC', 'NFD', 'NFKC', 'NFKD', 'Lowercase', 'StripAccents']) }),
  z.object({ type: z.literal('Precompiled'), precompiled_charsmap: z.string() }),
  z.object({ type: z.literal('Strip'), strip_left: z.boolean(), strip_right: z.boolean() }),
  z.object({ type: z.literal('Prepend'), prepend: z.string().max(1000) }),
  z.object({ type: z.literal('Replace'), pattern, content: z.string().max(1000) }),
  z.object({
    type: z.literal('Sequence'),
    get normalizers() {
      return z.array(normalizer).max(32)
    },
  }),
])

const behavior = z.enum(['Removed', 'Isolated', 'MergedWithPrevious', 'MergedWithNext', 'Contiguous'])

const preTokenizer = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['BertPreTokenizer', 'Whitespace', 'WhitespaceSplit']) }),
  z.object({ type: z.literal('Punctuation'), behavior: behavior.default('Isolated') }),
  z.object({ type: z.literal('Digits'), individual_digits: z.boolean().default(false) }),
  z.object({
    type: z.literal('ByteLevel'),
    add_prefix_space: z.boolean().default(false),
    /** Of a piece's place in the text; ids do not depend on it. */
    trim_offsets: z.boolean().optional(),
    use_regex: z.boolean().default(true),
  }),
  z.object({
    type: z.literal('Metaspace'),
    replacement: z.string().regex(/^.$/su, { error: 'one character' }).default('▁'),
    prepend_scheme: z.enum(['always', 'never', 'first']).default('always'),
    /** From files before 2024: false is `never`. */
    add_prefix_space: z.boolean().optional(),
    split: z.boolean().default(true),
  }),
  z.object({ type: z.literal('Split'), pattern, behavior, invert: z.boolean().default(false) }),
  z.object({
    type: z.literal('Sequence'),
    get pretokenizers() {
      return z.array(preTokenizer).max(32)
    },
  }),
])

const vocab = z.custom<Record<string, number>>(isPlainObject, 'an object of ids by token')
const unkToken = z.string().nullish()
const model = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('WordPiece'),
    vocab,
    unk_token: z.string().default('[UNK]'),
    continuing_subword_prefix: z.string().default('##'),
    max_input_chars_per_word: z.int().positive().max(1000).default(100),
  }),
  z.object({ type: z.literal('WordLevel'), vocab, unk_token: unkToken }),
  z.object({
    type: z.literal('BPE'),
    vocab,
    merges: z.custom<string[] | [string, string][]>(isMerges, 'a list of merges, each "left right" or [left, right]'),
    unk_token: unkToken,
    continuing_subword_prefix: z.string().nullish(),
    end_of_word_suffix: z.string().nullish(),
    byte_fallback: z.boolean().default(false),
    fuse_unk: z.boolean().default(false),
    ignore_merges: z.boolean().default(false),
    dropout: z
      .literal([null, 0], { error: 'no dropout: merges left out by chance give other tokens each time' })
      .optional(),
  }),
  z.object({
    type: z.literal('Unigram'),
    vocab: z.custom<[string, number][]>(isScoredList, 'a list of [token, score]'),
    unk_id: id.nullish(),
    byte_fallback: z.boolean().default(false),
  }),
])

const fileSchema = z.object({
  added_tokens: z.array(addedToken).max(MAX_IDS).default([]),
  normalizer: normalizer.nullish(),
  pre_tokenizer: preTokenizer.nullish(),
  post_processor: z.unknown().optional().transform(templateOf),
  /** Checked by who decodes (tokenization/decoders.ts). */
  decoder: z.unknown().optional(),
  model,
})

export type TokenizerFile = z.output<typeof fileSchema>
export type ModelConfig = TokenizerFile['model']
export type NormalizerConfig = z.output<typeof normalizer>
export type PreTokenizerConfig = z.output<typeof preTokenizer>
export type SplitBehavior = z.output<typeof behavior>
export type AddedToken = z.output<typeof addedToken>

/**
 * @param text the content of tokenizer.json
 * @throws ClsroomError `tokenizer` for a damaged or inconsistent file, `unsupported` for parts CLSroom does not run
 */
export function parseTokenizerFile(text: string): { file: TokenizerFile; labels: Map<number, string> } {
  if (text.length > MAX_FILE_CHARS) {
    throw refused('tokenizer.json is too large', `${text.length} characters`, `at most ${MAX_FILE_CHARS}`)
  }
  const raw = parseJson(text, 'tokenizer.json', 'tokenizer')
  const twice = duplicateKey(text)
  if (twice !== undefined) throw refused('tokenizer.json names something twice', `two entries "${twice}"`, 'each once')
  const file = parseWith(fileSchema, withModelType(raw), 'tokenizer.json', 'tokenizer')
  return { file, labels: labelsById(file) }
}

/** Files from before 2021 do not say what kind of model they hold. */
function withModelType(raw: unknown): unknown {
  if (!isPlainObject(raw) || !isPlainObject(raw.model)) return raw
  const { model } = raw
  return { ...raw, model: { ...model, type: model.type ?? guessModelType(model) } }
}

function guessModelType(model: Record<string, unknown>): string {
  if (Array.isArray(model.vocab)) return 'Unigram'
  if ('merges' in model) return 'BPE'
  return 'continuing_subword_prefix' in model ? 'WordPiece' : 'WordLevel'
}

/** Every token by its id. */
function labelsById({ model, added_tokens }: TokenizerFile): Map<number, string> {
  const labels = new Map<number, string>()
  const entries =
    model.type === 'Unigram' ? model.vocab.map(([label], i) => [label, i] as const) : Object.entries(model.vocab)
  for (const [label, number] of entries) {
    if (!Number.isInteger(number) || number < 0 || number > MAX_IDS) {
      throw refused(`Token "${label}" of tokenizer.json has no usable id`, String(number), `0 to ${MAX_IDS}`)
    }
    expectFree(labels, number, label)
    labels.set(number, label)
  }
  for (const { id, content } of added_tokens) {
    if (labels.get(id) !== content) expectFree(labels, id, content)
    labels.set(id, content)
  }
  if (labels.size === 0) throw refused('tokenizer.json has an empty vocabulary', 'no tokens', 'at least one')
  return labels
}

function expectFree(labels: Map<number, string>, id: number, label: string): void {
  const other = labels.get(id)
  if (other === undefined) return
  throw refused(`Two tokens of tokenizer.json share id ${id}`, `"${other}" and "${label}"`, 'one token per id')
}

function refused(what: string, found: string, expected: string): ClsroomError {
  return new ClsroomError('tokenizer', what, {
    found,
    expected,
    advice: 'Export the tokenizer again, or choose another',
  })
}

/** A pattern that could keep a backtracking matcher busy for ever is no pattern to run. */
function expectQuick(regex: string, context: z.RefinementCtx): void {
  const slow = slowPart(regex)
  if (slow) context.addIssue(`${slow.expected}, not ${slow.found}`)
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isScoredList(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length <= MAX_IDS &&
    value.every((row) => typeof row?.[0] === 'string' && Number.isFinite(row[1]))
  )
}

function isMerges(value: unknown): boolean {
  const isMerge = (merge: unknown) =>
    typeof merge === 'string' ||
    (Array.isArray(merge) && merge.length === 2 && merge.every((half) => typeof half === 'string'))
  return Array.isArray(value) && value.length <= MAX_IDS && value.every(isMerge)
}
