/** One tokenizer.json, and what it makes of a text. */

import { aligned } from '../loaders/aligned_text.ts'
import { readableLabels } from '../loaders/readable_labels.ts'
import { decoderOf } from '../loaders/tokenization/decoders.ts'
import { modelOf } from '../loaders/tokenization/models.ts'
import { normalizerOf } from '../loaders/tokenization/normalizers.ts'
import { preTokenizerOf } from '../loaders/tokenization/pre_tokenizers.ts'
import { loadTokenizer, type Tokenizer, type TokenizerOptions, type Word } from '../loaders/tokenizer.ts'
import {
  type ModelConfig,
  type NormalizerConfig,
  type PreTokenizerConfig,
  parseTokenizerFile,
  type TokenizerFile,
} from '../loaders/tokenizer_file.ts'
import { Lattice } from './lattice.ts'
import { codePoints, PieceTrie } from './trainers/piece_trie.ts'
import { arcsOf } from './trainers/unigram.ts'
import { type Reason, reasonOf } from './unknowns.ts'

export interface ColumnInfo {
  kind: ModelConfig['type']
  vocabulary: number
  merges: number
  /** Whether what no piece covers becomes bytes. */
  bytes: boolean
  /** Its special tokens, as they are written. */
  specials: string[]
}

export interface ReadPiece {
  id: number
  label: string
  start: number
  end: number
  unknown: boolean
  special: boolean
}

export interface ReadWord {
  /** As the model sees it: normalised. */
  text: string
  start: number
  end: number
  pieces: ReadPiece[]
  /** Of an unknown one. */
  reason?: Reason
}

export interface UnknownWord {
  word: string
  count: number
  reason: Reason
}

/** What is left of a text after a part of the tokenizer. */
export type Stage = { part: string; text: string } | { part: string; words: string[] }

export interface Reading {
  /** The first of them; all are counted. */
  words: ReadWord[]
  totals: { words: number; pieces: number; unknown: number; letters: number; bytes: number }
  /** Most frequent first. */
  unknowns: UnknownWord[]
  unknownTypes: number
  stages: Stage[]
  /** The text of the ids again, and where it first differs from the text. */
  decoded: string
  difference: { at: number; wanted: string; got: string } | null
  ms: number
}

/** More of a long text is counted and not sent. */
export const SHOWN_WORDS = 300
const SHOWN_UNKNOWNS = 200
const SHOWN_LETTERS = 2000
const AROUND = 12

export class Column {
  readonly json: string
  readonly file: TokenizerFile
  readonly #escaping: Tokenizer
  #parsing: Tokenizer | undefined
  readonly #labels: readonly string[]
  readonly #specials: ReadonlySet<number>
  readonly #unkId: number | undefined
  readonly #decode: (tokens: readonly string[]) => string
  readonly #tokens: ReadonlySet<string>

  /** @throws ClsroomError as `loadTokenizer` and `decoderOf` do */
  constructor(json: string) {
    this.json = json
    this.#escaping = loadTokenizer(json)
    const { file, labels } = parseTokenizerFile(json)
    this.file = file
    this.#specials = new Set(file.added_tokens.filter(({ special }) => special).map(({ id }) => id))
    this.#unkId = unknownOf(file, labels)
    const spelled = Array.from({ length: this.#escaping.vocabSize }, (_, id) => this.#escaping.idToLabel(id))
    this.#labels = readableLabels(spelled, this.#specials) ?? spelled
    this.#decode = decoderOf(file.decoder)
    this.#tokens = new Set(labels.values())
  }

  info(): ColumnInfo {
    const { model, added_tokens } = this.file
    return {
      kind: model.type,
      vocabulary: this.#tokens.size,
      merges: model.type === 'BPE' ? model.merges.length : 0,
      bytes: 'byte_fallback' in model && model.byte_fallback,
      specials: added_tokens.filter(({ special }) => special).map(({ content }) => content),
    }
  }

  words(text: string, parsesSpecials = false): Word[] {
    if (!parsesSpecials) return this.#escaping.words(text)
    this.#parsing ??= loadTokenizer(this.json, '{}', { parsesSpecials })
    return this.#parsing.words(text)
  }

  isUnknown = (id: number): boolean => id === this.#unkId

  read(text: string, parsesSpecials: boolean): Reading {
    const begun = performance.now()
    const words = this.words(text, parsesSpecials)
    const pieces = words.flatMap((word) => word.pieces)
    const unknown = this.#unknowns(words)
    const decoded = this.#decode(pieces.map(({ id }) => this.#escaping.idToLabel(id)))
    return {
      words: words.slice(0, SHOWN_WORDS).map((word) => this.#shown(word)),
      totals: {
        words: words.length,
        pieces: pieces.length,
        unknown: pieces.filter(({ id }) => this.isUnknown(id)).length,
        letters: Array.from(text).length,
        bytes: new TextEncoder().encode(text).length,
      },
      unknowns: unknown.slice(0, SHOWN_UNKNOWNS),
      unknownTypes: unknown.length,
      stages: stagesOf(this.file, text.slice(0, SHOWN_LETTERS)),
      decoded: decoded.slice(0, SHOWN_LETTERS),
      difference: differenceOf(text, decoded),
      ms: performance.now() - begun,
    }
  }

  /** All ways to cut a word, where this is a Unigram. */
  lattice(word: string): { lattice: Lattice; pieceOf: (id: number) => string } | null {
    const { model } = this.file
    if (model.type !== 'Unigram') return null
    // Arcs that are no piece have id 0: pieces are numbered from 1.
    const pieces: [string, number][] = [['', Number.NaN], ...model.vocab.filter(([, score]) => score < 0)]
    const trie = new PieceTrie(pieces.slice(1).map(([piece]) => piece))
    trie.assign(pieces.map(([piece]) => piece))
    const lowest = model.vocab.reduce((least, [, score]) => Math.min(least, score), Number.POSITIVE_INFINITY)
    const letters = codePoints(word)
    return {
      lattice: new Lattice(letters.length, arcsOf(trie, letters, pieces, lowest - 10)),
      pieceOf: (id) => pieces[id]?.[0] ?? '',
    }
  }

  /** The same tokenizer with merges left out by chance. */
  withDropout(drop: NonNullable<TokenizerOptions['drop']>): Tokenizer {
    return loadTokenizer(this.json, '{}', { drop })
  }

  /** The model with only the first tokens of its vocabulary: one word → ids. */
  firstTokens(size: number): (word: string) => number[] {
    const model = modelOf(truncated(this.file.model, size), new Set(), this.#unkId)
    return (word) => model(word).map(([id]) => id)
  }

  label(id: number): string {
    return this.#labels[id] ?? `#${id}`
  }

  #shown({ text, start, end, pieces }: Word): ReadWord {
    const shown = pieces.map(({ id, start, end }) => ({
      id,
      label: this.label(id),
      start,
      end,
      unknown: this.isUnknown(id),
      special: this.#specials.has(id),
    }))
    return {
      text,
      start,
      end,
      pieces: shown,
      ...(shown.some(({ unknown }) => unknown) && { reason: this.#reason(text) }),
    }
  }

  #reason(word: string): Reason {
    return reasonOf(this.file.model, word, (token) => this.#tokens.has(token))
  }

  #unknowns(words: readonly Word[]): UnknownWord[] {
    const counts = new Map<string, number>()
    for (const { text, pieces } of words) {
      if (pieces.some(({ id }) => this.isUnknown(id))) counts.set(text, (counts.get(text) ?? 0) + 1)
    }
    return Array.from(counts, ([word, count]) => ({ word, count, reason: this.#reason(word) })).sort(
      (a, b) => b.count - a.count,
    )
  }
}

function unknownOf({ model }: TokenizerFile, labels: ReadonlyMap<number, string>): number | undefined {
  if (model.type === 'Unigram') return model.unk_id ?? undefined
  for (const [id, label] of labels) if (label === model.unk_token) return id
  return undefined
}

/** The text after each part of the normaliser, then its words after each part of the pre-tokeniser. */
function stagesOf({ normalizer, pre_tokenizer }: TokenizerFile, text: string): Stage[] {
  const stages: Stage[] = []
  let source = aligned(text)
  for (const part of normalizer ? normaliserParts(normalizer) : []) {
    source = normalizerOf(part)(source)
    stages.push({ part: part.type, text: source.text })
  }
  let words = [source]
  for (const part of pre_tokenizer ? preTokeniserParts(pre_tokenizer) : []) {
    words = words.flatMap(preTokenizerOf(part))
    stages.push({ part: part.type, words: words.slice(0, SHOWN_WORDS).map((word) => word.text) })
  }
  return stages
}

function normaliserParts(config: NormalizerConfig): NormalizerConfig[] {
  return config.type === 'Sequence' ? config.normalizers.flatMap(normaliserParts) : [config]
}

function preTokeniserParts(config: PreTokenizerConfig): PreTokenizerConfig[] {
  return config.type === 'Sequence' ? config.pretokenizers.flatMap(preTokeniserParts) : [config]
}

function truncated(model: ModelConfig, size: number): ModelConfig {
  if (model.type === 'Unigram') return { ...model, vocab: model.vocab.slice(0, size) }
  const vocab = Object.fromEntries(Object.entries(model.vocab).filter(([, id]) => id < size))
  if (model.type !== 'BPE') return { ...model, vocab }
  const prefix = model.continuing_subword_prefix ?? ''
  const isThere = (merge: string | [string, string]) => {
    const [left = '', right = ''] = typeof merge === 'string' ? merge.split(' ') : merge
    const merged = left + (prefix && right.startsWith(prefix) ? right.slice(prefix.length) : right)
    return [left, right, merged].every((token) => Object.hasOwn(vocab, token))
  }
  return {
    ...model,
    vocab,
    merges: (model.merges as (string | [string, string])[]).filter(isThere) as [string, string][],
  }
}

function differenceOf(text: string, decoded: string): Reading['difference'] {
  if (text === decoded) return null
  let at = 0
  while (at < text.length && text[at] === decoded[at]) at++
  const around = (of: string) => of.slice(Math.max(0, at - AROUND), at + AROUND)
  return { at, wanted: around(text), got: around(decoded) }
}
