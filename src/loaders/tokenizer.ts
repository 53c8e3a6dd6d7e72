/**
 * Text to token ids, and back to the characters they stand for. The splitting into pieces is the tokenizer library's;
 * the character offsets, which it does not give, are ours (`aligned_text.ts`, `trace_pieces.ts`).
 */

import { Tokenizer as Library } from '@huggingface/tokenizers'
import { z } from 'zod'
import { ClsroomError } from '../core/errors.ts'
import type { Piece, SpecialKind } from '../core/tokens.ts'
import { type AlignedText, aligned, normaliseAligned, slice } from './aligned_text.ts'
import { parseJson, parseWith } from './json.ts'
import { type AddedToken, parseTokenizerFile, type TokenizerFile } from './tokenizer_file.ts'
import { inPreTokenAlphabet, traceLabels, tracePreTokens } from './trace_pieces.ts'

export type TextSpecialKind = Extract<SpecialKind, 'cls' | 'sep' | 'pad' | 'unk' | 'mask' | 'bos' | 'eos'>

/**
 * @param tokenizerJson the content of tokenizer.json
 * @param tokenizerConfig the content of tokenizer_config.json, which names the special tokens
 * @throws ClsroomError `tokenizer` for damaged files, `unsupported` for parts CLSroom does not run
 */
export function loadTokenizer(tokenizerJson: string, tokenizerConfig = '{}'): Tokenizer {
  const { file, labels } = parseTokenizerFile(tokenizerJson)
  const config = parseJson(tokenizerConfig, 'tokenizer_config.json', 'tokenizer')
  return new Tokenizer(file, labels, parseWith(namesSchema, config, 'tokenizer_config.json', 'tokenizer'))
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
  readonly #literalWords: Splitter
  readonly #normalisedWords: Splitter

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
    this.#literalWords = new Splitter(words.filter((word) => !isNormalised(word)))
    this.#normalisedWords = new Splitter(
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

/** Cuts text at words that were added to the vocabulary: the longest word at each place, from left to right. */
class Splitter {
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

/** A special token in tokenizer_config.json: its text, or an object that has it. */
const nameSchema = z
  .union([z.string(), z.object({ content: z.string() }).transform(({ content }) => content)])
  .nullish()
  .catch(undefined)
const namesSchema = z.object({
  cls_token: nameSchema,
  sep_token: nameSchema,
  pad_token: nameSchema,
  unk_token: nameSchema,
  mask_token: nameSchema,
  bos_token: nameSchema,
  eos_token: nameSchema,
})
type SpecialNames = z.output<typeof namesSchema>

/** What special tokens are called where tokenizer_config.json does not say. */
const USUAL_NAMES: Record<TextSpecialKind, readonly string[]> = {
  cls: ['[CLS]', '<cls>'],
  sep: ['[SEP]', '<sep>'],
  pad: ['[PAD]', '<pad>'],
  unk: ['[UNK]', '<unk>'],
  mask: ['[MASK]', '<mask>'],
  bos: ['[BOS]', '<bos>', '<s>', '<|endoftext|>'],
  eos: ['[EOS]', '<eos>', '</s>', '<|endoftext|>'],
}

function findSpecials(
  { model }: TokenizerFile,
  labels: ReadonlyMap<number, string>,
  names: SpecialNames,
): Map<TextSpecialKind, number> {
  const ids = new Map([...labels].map(([id, label]) => [label, id]))
  const modelUnk = model.type === 'Unigram' ? labels.get(model.unk_id ?? -1) : model.unk_token
  const specials = new Map<TextSpecialKind, number>()
  for (const kind of Object.keys(USUAL_NAMES) as TextSpecialKind[]) {
    const candidates = [kind === 'unk' ? modelUnk : undefined, names[`${kind}_token`], ...USUAL_NAMES[kind]]
    const id = candidates.map((name) => ids.get(name ?? '')).find((id) => id !== undefined)
    if (id !== undefined) specials.set(kind, id)
  }
  return specials
}

/** The library with the parts that split text, and neither special tokens nor what would add them. */
function makeLibrary(file: TokenizerFile, unkToken: string | undefined): Library {
  const { model, normalizer = null, pre_tokenizer = null } = file
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
