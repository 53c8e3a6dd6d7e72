/**
 * The normalisers of tokenizer.json, as Hugging Face's `tokenizers` runs them (src/normalizers/*.rs): Rust's classes of
 * characters, and lower case one character at a time.
 */

import { type AlignedText, normaliseAligned, prepend, replaceMatches, slice } from '../aligned_text.ts'
import type { NormalizerConfig } from '../tokenizer_file.ts'
import { findMatches, literal, rustRegex } from './patterns.ts'
import { precompiled } from './precompiled.ts'

/** Text → the text that the rest of the tokenizer sees, each unit with what it stands for. */
export type Normalizer = (source: AlignedText) => AlignedText

/** @throws ClsroomError `tokenizer` for patterns and tables that are damaged, `unsupported` for patterns that could hang */
export function normalizerOf(config: NormalizerConfig): Normalizer {
  switch (config.type) {
    case 'Sequence': {
      const parts = config.normalizers.map(normalizerOf)
      return (source) => parts.reduce((text, part) => part(text), source)
    }
    case 'BertNormalizer':
      return bertNormalizer(config)
    case 'NFC':
    case 'NFD':
    case 'NFKC':
    case 'NFKD':
      return local((text) => text.normalize(config.type))
    case 'Lowercase':
      return local(lowerCase)
    case 'StripAccents':
      return local((text) => text.replace(/\p{M}/gu, ''))
    case 'Strip':
      return (source) => strip(source, config.strip_left, config.strip_right)
    case 'Prepend':
      return (source) => (source.text ? prepend(config.prepend, source) : source)
    case 'Replace': {
      const pattern = 'String' in config.pattern ? literal(config.pattern.String) : rustRegex(config.pattern.Regex)
      return (source) => replaceMatches(source, findMatches(pattern, source.text), config.content)
    }
    case 'Precompiled':
      return local(precompiled(config.precompiled_charsmap))
  }
}

function local(normalise: (text: string) => string): Normalizer {
  return (source) => normaliseAligned(source, normalise)
}

/** Rust's `char::to_lowercase`: a final sigma is no exception, as the letters around it are not looked at. */
function lowerCase(text: string): string {
  return text.replace(/\p{Changes_When_Lowercased}/gu, (char) => char.toLowerCase())
}

/** normalizers/bert.rs */
function bertNormalizer(config: Extract<NormalizerConfig, { type: 'BertNormalizer' }>): Normalizer {
  const steps: ((text: string) => string)[] = []
  if (config.clean_text) steps.push(cleanText)
  if (config.handle_chinese_chars) steps.push((text) => text.replace(CHINESE, ' $& '))
  if (config.strip_accents ?? config.lowercase) {
    steps.push((text) => text.normalize('NFD').replace(/\p{Mn}/gu, ''))
  }
  if (config.lowercase) steps.push(lowerCase)
  return local((text) => steps.reduce((done, step) => step(done), text))
}

function cleanText(text: string): string {
  return text.replace(/[\0\uFFFD]|(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '').replace(/\p{White_Space}/gu, ' ')
}

const CHINESE =
  /[\u4E00-\u9FFF\u3400-\u4DBF\uF900-\uFAFF\u{20000}-\u{2A6DF}\u{2A700}-\u{2B73F}\u{2B740}-\u{2B81F}\u{2B920}-\u{2CEAF}\u{2F800}-\u{2FA1F}]/gu

function strip(source: AlignedText, left: boolean, right: boolean): AlignedText {
  const { length } = source.text
  const from = left ? (/^\p{White_Space}+/u.exec(source.text)?.[0].length ?? 0) : 0
  let to = length
  while (right && to > from && /\p{White_Space}/u.test(source.text[to - 1] as string)) to--
  return slice(source, from, to)
}
