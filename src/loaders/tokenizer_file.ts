/**
 * tokenizer.json, checked before the tokenizer library sees it: the library takes unknown models and duplicate ids
 * without a word, and a hostile regular expression can keep it busy for minutes.
 */

import { z } from 'zod'
import { ClsroomError } from '../core/errors.ts'
import { duplicateKey, parseJson, parseWith } from '../core/json.ts'

const MAX_FILE_CHARS = 64 * 1024 * 1024
/** The largest published vocabularies have about a million entries. */
const MAX_IDS = 2 ** 21

const id = z
  .int()
  .nonnegative()
  .max(MAX_IDS, { error: `an id of at most ${MAX_IDS}` })

const addedToken = z.object({
  id,
  content: z.string().min(1),
  special: z.boolean().default(false),
  normalized: z.boolean().optional(),
})

const pattern = z.union([
  z.object({ String: z.string().max(1000) }),
  z.object({
    Regex: z.string().max(4000).refine(hasNoNestedRepeats, { error: 'a pattern without a repeat inside a repeat' }),
  }),
])

const normalizer = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('BertNormalizer') }),
  z.looseObject({ type: z.enum(['NFC', 'NFD', 'NFKC', 'NFKD', 'Lowercase', 'StripAccents', 'Precompiled']) }),
  z.looseObject({ type: z.literal('Replace'), pattern, content: z.string() }),
  z.looseObject({
    type: z.literal('Sequence'),
    get normalizers() {
      return z.array(normalizer).max(32)
    },
  }),
])

const preTokenizer = z.discriminatedUnion('type', [
  z.looseObject({ type: z.enum(['BertPreTokenizer', 'Whitespace', 'WhitespaceSplit', 'Punctuation', 'Digits']) }),
  z.looseObject({ type: z.literal('ByteLevel'), add_prefix_space: z.boolean().default(false) }),
  z.looseObject({
    type: z.literal('Metaspace'),
    replacement: z.string().length(1).default('▁'),
    prepend_scheme: z.enum(['always', 'never', 'first']).default('always'),
  }),
  z.looseObject({ type: z.literal('Split'), pattern, behavior: z.string() }),
  z.looseObject({
    type: z.literal('Sequence'),
    get pretokenizers() {
      return z.array(preTokenizer).max(32)
    },
  }),
])

const unkToken = z.string().nullish()
const model = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('WordPiece'),
    vocab: z.custom<Record<string, number>>(isPlainObject, 'an object of ids by token'),
    unk_token: z.string().default('[UNK]'),
    continuing_subword_prefix: z.string().default('##'),
    max_input_chars_per_word: z.int().positive().max(1000).default(100),
  }),
  z.looseObject({
    type: z.literal('WordLevel'),
    vocab: z.custom<Record<string, number>>(isPlainObject, 'an object of ids by token'),
    unk_token: unkToken,
  }),
  z.looseObject({
    type: z.literal('BPE'),
    vocab: z.custom<Record<string, number>>(isPlainObject, 'an object of ids by token'),
    merges: z.custom<string[] | [string, string][]>(Array.isArray, 'a list of merges'),
    unk_token: unkToken,
    end_of_word_suffix: z.string().nullish(),
  }),
  z.looseObject({
    type: z.literal('Unigram'),
    vocab: z.custom<[string, number][]>(isScoredList, 'a list of [token, score]'),
    unk_id: id.nullish(),
  }),
])

const fileSchema = z.object({
  added_tokens: z.array(addedToken).max(MAX_IDS).default([]),
  normalizer: normalizer.nullish(),
  pre_tokenizer: preTokenizer.nullish(),
  model,
})

export type TokenizerFile = z.output<typeof fileSchema>
export type PreTokenizerConfig = z.output<typeof preTokenizer>
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

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isScoredList(value: unknown): boolean {
  return Array.isArray(value) && value.every((row) => typeof row?.[0] === 'string' && typeof row[1] === 'number')
}

/**
 * Refuses patterns such as (a+)+, whose matching time doubles with every letter. Not every slow pattern has this form,
 * so tokenizers of strangers still belong in a worker that can be stopped.
 */
function hasNoNestedRepeats(regex: string): boolean {
  const isRepeat = (at: number) => /^(?:[*+]|\{\d+,\d*\})/.test(regex.slice(at, at + 12))
  const repeatsInside = [false]
  for (let i = 0; i < regex.length; i++) {
    const char = regex[i]
    if (char === '\\') i++
    else if (char === '[') i = endOfClass(regex, i)
    else if (char === '(') repeatsInside.push(false)
    else if (char === ')') {
      const inner = repeatsInside.pop() ?? false
      if (inner && isRepeat(i + 1)) return false
      if (inner || isRepeat(i + 1)) repeatsInside[repeatsInside.length - 1] = true
    } else if (isRepeat(i)) repeatsInside[repeatsInside.length - 1] = true
  }
  return true
}

function endOfClass(regex: string, start: number): number {
  let i = start + 1
  while (i < regex.length && regex[i] !== ']') i += regex[i] === '\\' ? 2 : 1
  return i
}
