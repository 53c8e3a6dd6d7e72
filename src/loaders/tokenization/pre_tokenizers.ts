/** The pre-tokenisers of tokenizer.json, as Hugging Face's `tokenizers` runs them (src/pre_tokenizers/*.rs). */

import { type AlignedText, mapCodePoints, prepend, replaceMatches, slice } from '../aligned_text.ts'
import type { PreTokenizerConfig, SplitBehavior } from '../tokenizer_file.ts'
import { byteLetters } from './byte_letters.ts'
import { findMatches, literal, type Match, rustRegex } from './patterns.ts'

/** A section of normalised text → the words that the model splits further, each with what it stands for. */
export type PreTokenizer = (section: AlignedText) => AlignedText[]

/** @throws ClsroomError as `rustRegex` does */
export function preTokenizerOf(config: PreTokenizerConfig): PreTokenizer {
  switch (config.type) {
    case 'Sequence': {
      const parts = config.pretokenizers.map(preTokenizerOf)
      return (section) => parts.reduce((words, part) => words.flatMap(part), [section])
    }
    case 'BertPreTokenizer':
      return splitter(BERT_WORDS, 'Removed', true)
    case 'Whitespace':
      return splitter(WORDS, 'Removed', true)
    case 'WhitespaceSplit':
      return splitter(/\p{White_Space}/gu, 'Removed')
    case 'Punctuation':
      return splitter(PUNCTUATION, config.behavior)
    case 'Digits':
      return splitter(/\p{N}/gu, config.individual_digits ? 'Isolated' : 'Contiguous')
    case 'Split': {
      const pattern = 'String' in config.pattern ? literal(config.pattern.String) : rustRegex(config.pattern.Regex)
      return splitter(pattern, config.behavior, config.invert)
    }
    case 'ByteLevel':
      return byteLevel(config.add_prefix_space, config.use_regex)
    case 'Metaspace':
      return metaspace(config)
  }
}

/** ASCII's, symbols among them, and Unicode's. */
const PUNCTUATION = /[!-/:-@[-`{-~\p{P}]/gu
/** Marks of punctuation, and what stands between them and white space. */
const BERT_WORDS = /[!-/:-@[-`{-~\p{P}]|[^!-/:-@[-`{-~\p{P}\p{White_Space}]+/gu
/** Rust's `\w`. */
const WORD = String.raw`\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}`
const WORDS = new RegExp(`[${WORD}]+|[^${WORD}\\p{White_Space}]+`, 'gu')
/** GPT-2's. */
const BYTE_LEVEL =
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu

function byteLevel(addPrefixSpace: boolean, useRegex: boolean): PreTokenizer {
  const words: PreTokenizer = useRegex ? splitter(BYTE_LEVEL, 'Isolated') : (section) => [section]
  return (section) => {
    if (!section.text) return []
    const spaced = addPrefixSpace && !section.text.startsWith(' ') ? prepend(' ', section) : section
    return words(spaced).map((word) => mapCodePoints(word, byteLetters))
  }
}

function metaspace(config: Extract<PreTokenizerConfig, { type: 'Metaspace' }>): PreTokenizer {
  const { replacement, prepend_scheme: scheme, add_prefix_space } = config
  const words = config.split ? splitter(literal(replacement), 'MergedWithNext') : (section: AlignedText) => [section]
  return (section) => {
    if (!section.text) return []
    const spaced = replaceMatches(section, findMatches(/ /g, section.text), replacement)
    const isFirst = section.starts[0] === 0
    const prefixed = add_prefix_space !== false && (scheme === 'always' || (scheme === 'first' && isFirst))
    return words(prefixed && !spaced.text.startsWith(replacement) ? prepend(replacement, spaced) : spaced)
  }
}

function splitter(pattern: RegExp, behavior: SplitBehavior, invert = false): PreTokenizer {
  return (section) => {
    const words: AlignedText[] = []
    for (const [from, to] of joined(findMatches(pattern, section.text), behavior, invert)) {
      if (to > from) words.push(slice(section, from, to))
    }
    return words
  }
}

/** normalizer.rs, `NormalizedString::split` */
function joined(
  parts: Match[],
  behavior: SplitBehavior,
  invert: boolean,
): readonly (readonly [number, number, ...unknown[]])[] {
  const marked = invert ? parts.map(([from, to, isMatch]): Match => [from, to, !isMatch]) : parts
  switch (behavior) {
    case 'Removed':
      return marked.filter(([, , isMatch]) => !isMatch)
    case 'Isolated':
      return marked
    case 'Contiguous':
      return merge(marked, (isMatch, before) => isMatch === before)
    case 'MergedWithPrevious':
      return merge(marked, (isMatch, before) => isMatch && !before)
    case 'MergedWithNext':
      return merge(marked, (isMatch, before) => before && !isMatch)
  }
}

/** Parts in order, each joined to the one before where `joins` says so. */
function merge(parts: Match[], joins: (isMatch: boolean, before: boolean) => boolean): [from: number, to: number][] {
  const merged: [from: number, to: number][] = []
  let before: boolean | undefined
  for (const [from, to, isMatch] of parts) {
    const last = merged.at(-1)
    if (last && before !== undefined && joins(isMatch, before)) last[1] = to
    else merged.push([from, to])
    before = isMatch
  }
  return merged
}
