/**
 * Text to token ids, and back to the characters they stand for: added words, normaliser, pre-tokeniser and model
 * (`tokenization/`), as Hugging Face's `tokenizers` puts them together.
 */

import { ClsroomError } from '../core/errors.ts'
import type { Piece } from '../core/tokens.ts'
import { AddedWords } from './added_words.ts'
import { type AlignedText, aligned } from './aligned_text.ts'
import {
  findSpecials,
  parseSpecialNames,
  type SpecialNames,
  type TextSpecialKind,
  unknownId,
} from './special_tokens.ts'
import { modelOf } from './tokenization/models.ts'
import { type Normalizer, normalizerOf } from './tokenization/normalizers.ts'
import { type PreTokenizer, preTokenizerOf } from './tokenization/pre_tokenizers.ts'
import type { Token, TokenModel } from './tokenization/token.ts'
import { type AddedToken, parseTokenizerFile, type TokenizerFile } from './tokenizer_file.ts'
import { asConfigured } from './tokenizer_settings.ts'

export type { TextSpecialKind }

/**
 * @param tokenizerJson the content of tokenizer.json
 * @param tokenizerConfig the content of tokenizer_config.json, which names the special tokens
 * @throws ClsroomError `tokenizer` for damaged files, `unsupported` for parts CLSroom does not run
 */
export function loadTokenizer(tokenizerJson: string, tokenizerConfig = '{}', options?: TokenizerOptions): Tokenizer {
  const { file, labels } = parseTokenizerFile(tokenizerJson)
  return new Tokenizer(asConfigured(file, tokenizerConfig), labels, parseSpecialNames(tokenizerConfig), options)
}

export interface TokenizerOptions {
  /** What is typed as a special token is that token, as `tokenizers` reads it unless told otherwise. Absent: it is text. */
  parsesSpecials?: boolean
  /** Of BPE: whether a merge that is due is passed over (BPE-dropout). */
  drop?: () => boolean
}

/** A word as the model sees it, and what it is made of. */
export interface Word {
  /** Normalised. */
  text: string
  start: number
  end: number
  /** The word itself was added to the vocabulary: the model has not seen it. */
  added: boolean
  pieces: Piece[]
}

export class Tokenizer {
  /** One more than the largest id: the rows that an embedding table needs. */
  readonly vocabSize: number
  readonly unkId: number | undefined
  /** Two separators stand between segments, as in RoBERTa. */
  readonly doublesSeparators: boolean
  readonly #labels: ReadonlyMap<number, string>
  readonly #specials: ReadonlyMap<TextSpecialKind, number>
  readonly #normalise: Normalizer
  readonly #preTokenise: PreTokenizer
  readonly #model: TokenModel
  readonly #literalWords: AddedWords
  readonly #normalisedWords: AddedWords

  /** Use `loadTokenizer`, which checks the files first. */
  constructor(
    file: TokenizerFile,
    labels: ReadonlyMap<number, string>,
    names: SpecialNames,
    { parsesSpecials = false, drop }: TokenizerOptions = {},
  ) {
    this.#labels = labels
    this.vocabSize = [...labels.keys()].reduce((largest, id) => Math.max(largest, id), 0) + 1
    this.#specials = findSpecials(file, labels, names)
    this.unkId = this.special('unk')
    this.doublesSeparators = file.post_processor?.doubled ?? false
    if (this.unkId === undefined && (file.model.type === 'WordPiece' || file.model.type === 'WordLevel')) {
      throw new ClsroomError('tokenizer', 'tokenizer.json has no unknown token', {
        found: `unk_token ${JSON.stringify(file.model.unk_token)}, which is not in the vocabulary`,
        expected: 'a token for words that are not in the vocabulary',
        advice: 'Export the tokenizer again with the transformers library',
      })
    }
    this.#normalise = file.normalizer ? normalizerOf(file.normalizer) : (text) => text
    this.#preTokenise = file.pre_tokenizer ? preTokenizerOf(file.pre_tokenizer) : (section) => [section]
    // Where what is typed is always text, the model does not know special tokens: a typed "[SEP]" becomes "[", "sep", "]".
    const usesUnk = file.model.type === 'WordPiece' || file.model.type === 'WordLevel'
    const unkId = usesUnk ? this.unkId : unknownId(file.model, new Map([...labels].map(([id, label]) => [label, id])))
    const reserved = file.added_tokens.filter(
      ({ special, content }) => !parsesSpecials && special && content !== labels.get(unkId ?? -1),
    )
    this.#model = modelOf(file.model, new Set(reserved.map(({ id }) => id)), unkId, drop)
    const words = file.added_tokens.filter(({ special }) => parsesSpecials || !special)
    const isNormalised = ({ special, normalized = !special }: AddedToken) => normalized && file.normalizer
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
    return this.words(text).flatMap(({ pieces }) => pieces)
  }

  /** As `pieces`, by the words that they are parts of. */
  words(text: string): Word[] {
    const words: Word[] = []
    for (const [word, wordId] of this.#sections(aligned(text))) {
      const { starts, ends, text: spelled } = word
      const piece = ([id, from, to]: Token): Piece => {
        const start = starts[from] ?? text.length
        const end = to > from ? (ends[to - 1] as number) : start
        return { id, label: this.idToLabel(id), text: text.slice(start, end), start, end }
      }
      const found = wordId === undefined ? this.#model(spelled) : [[wordId, 0, spelled.length] satisfies Token]
      const [start = text.length, end = start] = [starts[0], ends.at(-1)]
      words.push({ text: spelled, start, end, added: wordId !== undefined, pieces: found.map(piece) })
    }
    return words
  }

  /** The id of a special token, where this vocabulary has one of that kind. */
  special(kind: TextSpecialKind): number | undefined {
    return this.#specials.get(kind)
  }

  idToLabel(id: number): string {
    return this.#labels.get(id) ?? `#${id}`
  }

  /** The words of a text; one that was added to the vocabulary comes with its id. */
  *#sections(source: AlignedText): Generator<[word: AlignedText, id?: number]> {
    for (const [raw, wordId] of this.#literalWords.split(source)) {
      if (wordId !== undefined) yield [raw, wordId]
      else {
        for (const [section, wordId] of this.#normalisedWords.split(this.#normalise(raw))) {
          if (wordId !== undefined) yield [section, wordId]
          else for (const word of this.#preTokenise(section)) yield [word]
        }
      }
    }
  }
}
