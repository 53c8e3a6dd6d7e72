import type { ModelConfig } from '../tokenizer_file.ts'
import type { Token, TokenModel } from './token.ts'

/** WordPiece (Schuster & Nakajima 2012; Devlin et al. 2019): the longest token at each place, or the whole word unknown. */
export function wordPiece(
  config: Extract<ModelConfig, { type: 'WordPiece' }>,
  vocabulary: ReadonlyMap<string, number>,
  unkId: number | undefined,
): TokenModel {
  const { continuing_subword_prefix: prefix, max_input_chars_per_word: maxChars } = config
  return (word) => {
    const unknown: Token[] = unkId === undefined ? [] : [[unkId, 0, word.length]]
    const ends = endsOfCodePoints(word)
    if (ends.length > maxChars) return unknown
    const found: Token[] = []
    for (let from = 0, chars = 0; from < word.length; ) {
      let last = ends.length
      let id: number | undefined
      for (; id === undefined && last > chars; last--) {
        const part = word.slice(from, ends[last - 1])
        id = vocabulary.get(from > 0 ? prefix + part : part)
      }
      if (id === undefined) return unknown
      chars = last + 1
      found.push([id, from, ends[last] as number])
      from = ends[last] as number
    }
    return found
  }
}

function endsOfCodePoints(word: string): number[] {
  let at = 0
  return Array.from(word, (char) => {
    at += char.length
    return at
  })
}
