/** Words that were added to a tokenizer's vocabulary after its training. */

import { type AlignedText, slice } from './aligned_text.ts'
import type { AddedToken } from './tokenizer_file.ts'

/**
 * Cuts text at words that were added to the vocabulary: the longest word at each place, from left to right
 * (tokenizers, added_vocabulary.rs).
 */
export class AddedWords {
  readonly #words: ReadonlyMap<string, AddedToken>
  readonly #pattern: RegExp | undefined

  constructor(words: readonly AddedToken[]) {
    this.#words = new Map(words.filter(({ content }) => content).map((word) => [word.content, word]))
    const longestFirst = [...this.#words.keys()].toSorted((a, b) => b.length - a.length)
    const escaped = longestFirst.map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    if (escaped.length > 0) this.#pattern = new RegExp(escaped.join('|'), 'gu')
  }

  /** The sections of `source`; a section that is an added word comes with its id. */
  *split(source: AlignedText): Generator<[AlignedText, id?: number]> {
    const { text } = source
    let cursor = 0
    for (const { 0: found, index } of this.#pattern ? text.matchAll(this.#pattern) : []) {
      const word = this.#words.get(found) as AddedToken
      let [from, to] = [index, index + found.length]
      if (word.single_word && (WORD_BEFORE.test(text.slice(0, from)) || WORD_AFTER.test(text.slice(to)))) continue
      if (word.lstrip) from = Math.max(cursor, from - (SPACES_BEFORE.exec(text.slice(cursor, from))?.[0].length ?? 0))
      if (word.rstrip) to += SPACES_AFTER.exec(text.slice(to))?.[0].length ?? 0
      if (from > cursor) yield [slice(source, cursor, from)]
      cursor = to
      yield [slice(source, from, to), word.id]
    }
    if (cursor < text.length) yield [slice(source, cursor, text.length)]
  }
}

const WORD_BEFORE = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]$/u
const WORD_AFTER = /^[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]/u
const SPACES_BEFORE = /\p{White_Space}*$/u
const SPACES_AFTER = /^\p{White_Space}*/u
