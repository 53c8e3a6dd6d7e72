/** Words that were added to a tokenizer's vocabulary after its training. */

import { type AlignedText, slice } from './aligned_text.ts'
import type { AddedToken } from './tokenizer_file.ts'

/** Cuts text at words that were added to the vocabulary: the longest word at each place, from left to right. */
export class AddedWords {
  readonly #ids: ReadonlyMap<string, number>
  readonly #pattern: RegExp | undefined

  constructor(words: readonly AddedToken[]) {
    this.#ids = new Map(words.filter(({ content }) => content).map(({ content, id }) => [content, id]))
    const longestFirst = [...this.#ids.keys()].toSorted((a, b) => b.length - a.length)
    const escaped = longestFirst.map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    if (escaped.length > 0) this.#pattern = new RegExp(escaped.join('|'), 'g')
  }

  /** The sections of `source`; a section that is an added word comes with its id. */
  *split(source: AlignedText): Generator<[AlignedText, id?: number]> {
    let cursor = 0
    for (const { 0: word, index } of this.#pattern ? source.text.matchAll(this.#pattern) : []) {
      if (index > cursor) yield [slice(source, cursor, index)]
      cursor = index + word.length
      yield [slice(source, index, cursor), this.#ids.get(word)]
    }
    if (cursor < source.text.length) yield [slice(source, cursor, source.text.length)]
  }
}
