/** Parts of tokenizer.json that the tokenizer library runs otherwise than Hugging Face's `tokenizers`, said in ways that it runs alike. */

import type { TokenizerFile } from './tokenizer_file.ts'

type Normalizer = NonNullable<TokenizerFile['normalizer']>
type PreTokenizer = NonNullable<TokenizerFile['pre_tokenizer']>

/** Ideographs beyond the basic plane (tokenizers, normalizers/bert.rs): the library looks at halves of them. */
const FAR_IDEOGRAPHS =
  '[\\u{20000}-\\u{2A6DF}\\u{2A700}-\\u{2B73F}\\u{2B740}-\\u{2B81F}\\u{2B920}-\\u{2CEAF}\\u{2F800}-\\u{2FA1F}]'

/** `\\w` of Rust's regular expressions; the library's Whitespace knows ASCII alone. */
const WORD = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\u200C\\u200D'

export function runnableNormalizer(normalizer: Normalizer): Normalizer {
  if (normalizer.type === 'Sequence') {
    return { ...normalizer, normalizers: normalizer.normalizers.map(runnableNormalizer) }
  }
  if (normalizer.type !== 'BertNormalizer' || normalizer.handle_chinese_chars === false) return normalizer
  const spaced: Normalizer = { type: 'Replace', pattern: { Regex: FAR_IDEOGRAPHS }, content: ' $& ' }
  return { type: 'Sequence', normalizers: [spaced, normalizer] }
}

export function runnablePreTokenizer(preTokenizer: PreTokenizer): PreTokenizer {
  if (preTokenizer.type === 'Sequence') {
    return { ...preTokenizer, pretokenizers: preTokenizer.pretokenizers.map(runnablePreTokenizer) }
  }
  if (preTokenizer.type !== 'Whitespace') return preTokenizer
  const words = { Regex: `[${WORD}]+|[^${WORD}\\p{White_Space}]+` }
  return { type: 'Split', pattern: words, behavior: 'Removed', invert: true }
}
