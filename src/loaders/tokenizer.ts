/**
 * Text to token ids, and back to the characters they stand for. The splitting into pieces is the tokenizer library's;
 * the character offsets, which it does not give, are ours (`aligned_text.ts`, `trace_pieces.ts`).
 */

import { Tokenizer as Library } from '@huggingface/tokenizers'
import { ClsroomError } from '../core/errors.ts'
import type { Piece } from '../core/tokens.ts'
import { AddedWords } from './added_words.ts'
import { type AlignedText, aligned, normaliseAligned } from './aligned_text.ts'
import { runnableNormalizer, runnablePreTokenizer } from './library_parts.ts'
import { findSpecials, parseSpecialNames, type SpecialNames, type TextSpecialKind } from './special_tokens.ts'
import { type AddedToken, parseTokenizerFile, type TokenizerFile } from './tokenizer_file.ts'
import { asConfigured } from './tokenizer_settings.ts'
import { inPreTokenAlphabet, traceLabels, tracePreTokens } from './trace_pieces.ts'

export type { TextSpecialKind }

/**
 * @param tokenizerJson the content of tokenizer.json
 * @param tokenizerConfig the content of tokenizer_config.json, which names the special tokens
 * @throws ClsroomError `tokenizer` for damaged files, `unsupported` for parts CLSroom does not run
 */
export function loadTokenizer(tokenizerJson: string, tokenizerConfig = '{}'): Tokenizer {
  const { file, labels } = parseTokenizerFile(tokenizerJson)
  return new Tokenizer(asConfigured(file, tokenizerConfig), labels, parseSpecialNames(tokenizerConfig))
}

/** An id found in a text, and the units [from, to) of `source` it stands for. */
type Found = [id: number, source: AlignedText, from: number, to: number]

export class Tokenizer {
  /** One more than the largest id: the rows that an embedding table needs. */
  readonly vocabSize: number
  readonly unkId: number | undefined
  readonly #labels: ReadonlyMap<number, string>
  readonly #specials: ReadonlyMap<TextSpecialKind, number>
  /** Ids that typed text never gets. */
  readonly #reserved: ReadonlySet<number>
  readonly #model: TokenizerFile['model']
  readonly #preTokenizer: TokenizerFile['pre_tokenizer']
  readonly #library: Library
  readonly #literalWords: AddedWords
  readonly #normalisedWords: AddedWords

  /** Use `loadTokenizer`, which checks the files first. */
  constructor(file: TokenizerFile, labels: ReadonlyMap<number, string>, names: SpecialNames) {
    this.#model = file.model
    this.#preTokenizer = file.pre_tokenizer
    this.#labels = labels
    this.vocabSize = [...labels.keys()].reduce((largest, id) => Math.max(largest, id), 0) + 1
    this.#specials = findSpecials(file, labels, names)
    this.unkId = this.special('unk')
    if (this.unkId === undefined && (file.model.type === 'WordPiece' || file.model.type === 'WordLevel')) {
      throw new ClsroomError('tokenizer', 'tokenizer.json has no unknown token', {
        found: `unk_token ${JSON.stringify(file.model.unk_token)}, which is not in the vocabulary`,
        expected: 'a token for words that are not in the vocabulary',
        advice: 'Export the tokenizer again with the transformers library',
      })
    }
    this.#library = makeLibrary(file, this.unkId === undefined ? undefined : labels.get(this.unkId))

    // The library gets no special tokens, so what is typed is always text: a typed "[SEP]" becomes "[", "sep", "]".
    this.#reserved = new Set(
      file.added_tokens.filter(({ special, id }) => special && id !== this.unkId).map(({ id }) => id),
    )
    const words = file.added_tokens.filter(({ special }) => !special)
    const isNormalised = ({ normalized = true }: AddedToken) => normalized && this.#library.normalizer !== null
    this.#literalWords = new AddedWords(words.filter((word) => !isNormalised(word)))
    this.#normalisedWords = new AddedWords(
      words.filter(isNormalised).map((word) => ({ ...word, content: this.#normalise(aligned(word.content)).text })),
    )
  }

  /**
   * The pieces of `text` in order, with no special tokens around them. Spans never go backwards, and pieces of one
   * letter (the parts of a Hangul syllable) share its span. What no span covers is white space, control characters,
   * and marks without a letter.
   */
  pieces(text: string): Piece[] {
    return Array.from(this.#find(aligned(text)), ([id, { starts, ends }, from, to]) => {
      const start = starts[from] ?? text.length
      const end = to > from ? (ends[to - 1] as number) : start
      return { id, label: this.idToLabel(id), text: text.slice(start, end), start, end }
    })
  }

  /** The id of a special token, where this vocabulary has one of that kind. */
  special(kind: TextSpecialKind): number | undefined {
    return this.#specials.get(kind)
  }

  idToLabel(id: number): string {
    return this.#labels.get(id) ?? `#${id}`
  }

  *#find(source: AlignedText): Generator<Found> {
    for (const [raw, wordId] of this.#literalWords.split(source)) {
      if (wordId !== undefined) yield [wordId, raw, 0, raw.text.length]
      else {
        for (const [section, wordId] of this.#normalisedWords.split(this.#normalise(raw))) {
          if (wordId !== undefined) yield [wordId, section, 0, section.text.length]
          else yield* this.#split(section, raw.starts[0] === 0)
        }
      }
    }
  }

  /** The pieces of normalised text without added words. */
  *#split(section: AlignedText, isFirst: boolean): Generator<Found> {
    const { pre_tokenizer: preTokenizer, model } = this.#library
    const source = inPreTokenAlphabet(section, this.#preTokenizer, isFirst)
    const preTokens = preTokenizer ? preTokenizer(section.text, { section_index: isFirst ? 0 : 1 }) : [source.text]
    for (const [at, end] of tracePreTokens(source.text, preTokens)) {
      const preToken = source.text.slice(at, end)
      const labels = model?.([preToken]) ?? []
      for (const [i, [from, to]] of traceLabels(preToken, labels, this.#model).entries()) {
        const id = this.#typedId(labels[i] as string)
        if (id !== undefined) yield [id, source, at + from, at + to]
      }
    }
  }

  /** The id of a label found in typed text: a special token's own label is only a word here, and an unknown one. */
  #typedId(label: string): number | undefined {
    const id = this.#library.token_to_id(label)
    return id === undefined || this.#reserved.has(id) ? this.unkId : id
  }

  #normalise(raw: AlignedText): AlignedText {
    const { normalizer } = this.#library
    return normalizer ? normaliseAligned(raw, (text) => normalizer(text)) : raw
  }
}

/** The library with the parts that split text, and neither special tokens nor what would add them. */
function makeLibrary(file: TokenizerFile, unkToken: string | undefined): Library {
  const { model } = file
  const normalizer = file.normalizer ? runnableNormalizer(file.normalizer) : null
  const pre_tokenizer = file.pre_tokenizer ? runnablePreTokenizer(file.pre_tokenizer) : null
  try {
    return new Library(
      { model, normalizer, pre_tokenizer, post_processor: null, decoder: null, added_tokens: [] },
      { unk_token: unkToken },
    )
  } catch (cause) {
    throw new ClsroomError('tokenizer', 'The tokenizer cannot be built from tokenizer.json', {
      found: String(cause),
      advice: 'Export the tokenizer again with the transformers library',
      cause,
    })
  }
}
