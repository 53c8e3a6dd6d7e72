/** How a tokenizer of one's own is made: the switches, and the tokenizer.json that they and a trained model make. */

import { BYTE_LETTERS } from '../loaders/tokenization/byte_letters.ts'
import type { NormalizerConfig, PreTokenizerConfig } from '../loaders/tokenizer_file.ts'
import type { PairRule } from './trainers/pairs.ts'

export const KINDS = ['WordLevel', 'WordPiece', 'BPE', 'Unigram'] as const
export type Kind = (typeof KINDS)[number]

/** What parts text into words: BERT's rule, Rust's \w+, white space alone, SentencePiece's ▁, GPT-2's bytes. */
export const WORD_RULES = ['bert', 'whitespace', 'spaces', 'metaspace', 'bytes'] as const
export type WordRule = (typeof WORD_RULES)[number]

export interface Recipe {
  nfkc: boolean
  lowercase: boolean
  /** Takes accents and other marks off. */
  stripAccents: boolean
  /** Spaces around CJK ideographs. */
  spaceCjk: boolean
  words: WordRule
  /** Every digit is a word of its own. */
  splitDigits: boolean
  /** What no piece covers becomes bytes: BPE and Unigram. */
  byteFallback: boolean
  vocabularySize: number
  /** Word level: rarer words are left out. */
  minFrequency: number
  /** WordPiece: as `tokenizers` trains it, or by the score of the paper. */
  pairRule: PairRule
}

export const SIZES = { least: 64, most: 8192 } as const
export const UNK = '[UNK]'
export const PREFIX = '##'

export const RECIPE: Recipe = {
  nfkc: true,
  lowercase: true,
  stripAccents: false,
  spaceCjk: true,
  words: 'bert',
  splitDigits: false,
  byteFallback: false,
  vocabularySize: 1024,
  minFrequency: 1,
  pairRule: 'count',
}

/** Without a normaliser text stays as it is. */
export function normaliserOf(recipe: Recipe): Extract<NormalizerConfig, { type: 'Sequence' }> | null {
  const steps: NormalizerConfig[] = []
  if (recipe.nfkc) steps.push({ type: 'NFKC' })
  if (recipe.lowercase) steps.push({ type: 'Lowercase' })
  if (recipe.stripAccents) steps.push({ type: 'NFD' }, { type: 'StripAccents' })
  if (recipe.spaceCjk) {
    steps.push({
      type: 'BertNormalizer',
      clean_text: false,
      handle_chinese_chars: true,
      strip_accents: false,
      lowercase: false,
    })
  }
  return steps.length > 0 ? { type: 'Sequence', normalizers: steps } : null
}

export function preTokeniserOf({ words, splitDigits }: Recipe): PreTokenizerConfig {
  const rule = RULES[words]
  if (!splitDigits) return rule
  const digits: PreTokenizerConfig = { type: 'Digits', individual_digits: true }
  // ▁ is put before a text's words once, and bytes of digits are no digits any more.
  return { type: 'Sequence', pretokenizers: words === 'bytes' ? [digits, rule] : [rule, digits] }
}

const RULES: Record<WordRule, PreTokenizerConfig> = {
  bert: { type: 'BertPreTokenizer' },
  whitespace: { type: 'Whitespace' },
  spaces: { type: 'WhitespaceSplit' },
  metaspace: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
  bytes: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
}

/** How pieces become text again; null: with spaces between them, as `tokenizers` does without a decoder. */
export function decoderOf(kind: Kind, { words, byteFallback }: Recipe): object | null {
  const steps: object[] = []
  const isWordPiece = kind === 'WordPiece'
  if (words === 'bert' || words === 'whitespace' || words === 'spaces') {
    return isWordPiece ? { type: 'WordPiece', prefix: PREFIX, cleanup: true } : null
  }
  if (isWordPiece) steps.push({ type: 'Replace', pattern: { Regex: `^${PREFIX}` }, content: '' })
  if (words === 'bytes') steps.push({ type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true })
  else {
    steps.push({ type: 'Replace', pattern: { String: '▁' }, content: ' ' })
    if (usesBytes(kind, byteFallback)) steps.push({ type: 'ByteFallback' })
    steps.push({ type: 'Fuse' }, { type: 'Strip', content: ' ', start: 1, stop: 0 })
  }
  return { type: 'Sequence', decoders: steps }
}

export const usesBytes = (kind: Kind, byteFallback: boolean) => byteFallback && (kind === 'BPE' || kind === 'Unigram')

const BYTES = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`)

/** What comes first in a vocabulary. */
export function specialsOf(kind: Kind, { byteFallback }: Recipe): string[] {
  return [UNK, ...(usesBytes(kind, byteFallback) ? BYTES : [])]
}

/** The letters that a vocabulary has whatever the corpus has: of bytes, all. */
export function alphabetOf({ words }: Recipe): readonly string[] {
  return words === 'bytes' ? BYTE_LETTERS : []
}
