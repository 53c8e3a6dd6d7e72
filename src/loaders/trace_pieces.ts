/** Where the labels that a tokenizer model gives lie in the text it was given. */

import { ClsroomError } from '../core/errors.ts'
import { type AlignedText, mapCodePoints, prepend } from './aligned_text.ts'
import type { PreTokenizerConfig, TokenizerFile } from './tokenizer_file.ts'

/** A part of a text, in UTF-16 units. */
export type Span = [from: number, to: number]

/** The alphabet in which the pre-tokenizer writes: bytes for ByteLevel, ▁ for spaces for Metaspace. */
export function inPreTokenAlphabet(
  source: AlignedText,
  config: PreTokenizerConfig | null | undefined,
  isFirst: boolean,
): AlignedText {
  switch (config?.type) {
    case 'Sequence':
      return config.pretokenizers.reduce((text, part) => inPreTokenAlphabet(text, part, isFirst), source)
    case 'ByteLevel': {
      const bytes = mapCodePoints(source, byteLetters)
      return config.add_prefix_space && !source.text.startsWith(' ') ? prepend('Ġ', bytes) : bytes
    }
    case 'Metaspace': {
      const { replacement, prepend_scheme: scheme } = config
      const spaced = { ...source, text: source.text.replaceAll(' ', replacement) }
      const prefixed = scheme === 'always' || (scheme === 'first' && isFirst)
      return prefixed && !spaced.text.startsWith(replacement) ? prepend(replacement, spaced) : spaced
    }
    default:
      return source
  }
}

/** Where the pre-tokens lie in the text they were cut from; what lies between them (white space) is dropped. */
export function tracePreTokens(text: string, preTokens: string[]): Span[] {
  let cursor = 0
  return preTokens.map((preToken): Span => {
    const at = text.indexOf(preToken, cursor)
    if (at < 0) {
      throw new ClsroomError('unsupported', 'This tokenizer changes text in a way that cannot be traced back', {
        found: `the pre-token "${preToken.slice(0, 40)}", which is not in the text`,
        advice: 'Choose a model with a BERT-style, byte-level or Metaspace tokenizer',
      })
    }
    cursor = at + preToken.length
    return [at, cursor]
  })
}

/**
 * Where the labels of one pre-token lie in it. A label is the text itself (after its prefix or suffix), or opaque: the
 * unknown token and byte tokens (<0x0A>) stand for whatever lies before the next readable label.
 */
export function traceLabels(preToken: string, labels: string[], model: TokenizerFile['model']): Span[] {
  const surfaces = labels.map((label, i) => surface(label, i, model))
  const spans: Span[] = []
  let cursor = 0
  while (spans.length < labels.length) {
    const known = surfaces[spans.length]
    let next = spans.length + 1
    let end = preToken.length
    if (known !== undefined) end = cursor + known.length
    else {
      while (next < labels.length && surfaces[next] === undefined) next++
      const readable = surfaces[next]
      const found = readable === undefined ? -1 : preToken.indexOf(readable, cursor + 1)
      if (found >= 0) end = found
    }
    while (spans.length < next) spans.push([cursor, end])
    cursor = end
  }
  return spans
}

/** The text that a label stands for; undefined where the label does not say. */
function surface(label: string, index: number, model: TokenizerFile['model']): string | undefined {
  switch (model.type) {
    case 'WordPiece':
      if (label === model.unk_token) return undefined
      return index === 0 ? label : label.slice(model.continuing_subword_prefix.length)
    case 'WordLevel':
      return label === model.unk_token ? undefined : label
    case 'BPE': {
      if (label === model.unk_token || /^<0x[0-9A-F]{2}>$/.test(label)) return undefined
      const suffix = model.end_of_word_suffix
      return suffix && label.endsWith(suffix) ? label.slice(0, -suffix.length) : label
    }
    case 'Unigram':
      return label
  }
}

const utf8 = new TextEncoder()

/** A code point's UTF-8 bytes, each as the printable letter that byte-level vocabularies write it with. */
function byteLetters(codePoint: string): string {
  return Array.from(utf8.encode(codePoint), (byte) => BYTE_LETTERS[byte]).join('')
}

/** GPT-2's bytes_to_unicode: printable Latin-1 stands for itself, the other 68 bytes for U+0100 and up. */
const BYTE_LETTERS: readonly string[] = (() => {
  let next = 256
  return Array.from({ length: 256 }, (_, byte) => {
    const isPrintable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad)
    return String.fromCharCode(isPrintable ? byte : next++)
  })
})()
