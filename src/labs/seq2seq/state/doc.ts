/**
 * The document of the lab: what the encoder reads, what the decoder is given, three masks, and what stands in the place of the
 * encoder's states. Pure functions of it; lab.ts brings the tokenizer and the engine.
 *
 * The target is one list: start, output, end. The decoder reads all of it but the last token, and has to write all but the first:
 * row r reads token r and writes token r + 1. That is teacher forcing (Williams & Zipser 1989), and the shift in it.
 */

import type { Piece, SpecialKind } from '../../../core/tokens.ts'
import type { ModelInfo } from '../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import { retokenise, type SpecialIds } from '../../../sequence/text.ts'
import { active, type Entry, newToken, type Sequence, type Token } from '../../../sequence/token.ts'
import { isSentinel } from './pieces.ts'
import { DEFAULT_MASKS, type Masks } from './stages.ts'

/** What the decoder reads: the encoder's own last states, zeros, their mean in every place, or those of another sentence. */
export type EncoderStates =
  | { readonly type: 'own' | 'zeros' | 'mean' }
  | { readonly type: 'other'; readonly text: string; readonly source: Sequence }

/** What was given in the place of what the model writes. */
export interface Target {
  readonly sequence: Sequence
  /** The unedited sequence: a permalink tells the difference. */
  readonly base: Sequence
}

export interface Seq2SeqDoc {
  model: string
  text: string
  /** What the text was split into; at most as many pieces as the model could ever read. */
  pieces: readonly Piece[]
  /** How many pieces the text has in all. */
  count: number
  source: Sequence
  base: Sequence
  /** null: the model writes it. */
  target: Target | null
  masks: Masks
  states: EncoderStates
}

/** What a document has to know of its model. */
export interface Seq2SeqModel {
  id: string
  info: ModelInfo
  tokenizer: TokenizerInfo
}

export const OWN_STATES: EncoderStates = { type: 'own' }

const EMPTY: Sequence = { tokens: [], nextKey: 0, positionPolicy: 'renumber', segmentPolicy: 'text' }

/** The unedited document of a text, whose output the model writes. */
export function createDoc(model: Seq2SeqModel, text: string, pieces: readonly Piece[]): Seq2SeqDoc {
  const source = sourceOf(model, pieces)
  return {
    model: model.id,
    text,
    pieces: pieces.slice(0, model.info.maxTokens),
    count: pieces.length,
    source,
    base: source,
    target: null,
    masks: DEFAULT_MASKS,
    states: OWN_STATES,
  }
}

/** The text as it is typed now; what was done to its tokens by hand stays. */
export function withText(model: Seq2SeqModel, doc: Seq2SeqDoc, text: string, pieces: readonly Piece[]): Seq2SeqDoc {
  const others = active(doc.source).filter(({ origin }) => origin.type !== 'piece').length
  const kept = pieces.slice(0, Math.max(0, model.info.maxTokens - others))
  const typed = (sequence: Sequence) => retokenise(sequence, 0, kept, specialIds(model))
  return {
    ...doc,
    text,
    pieces: pieces.slice(0, model.info.maxTokens),
    count: pieces.length,
    source: typed(doc.source),
    base: typed(doc.base),
  }
}

/** What of the text did not fit: how many pieces, and what they stand for; null: all of it did. */
export function cutText({ base, pieces, count, text }: Seq2SeqDoc): { pieces: number; text: string } | null {
  const kept = base.tokens.filter(({ origin }) => origin.type === 'piece').length
  if (kept === count) return null
  return { pieces: count - kept, text: text.slice(kept === 0 ? 0 : (pieces[kept - 1]?.end ?? 0)).trim() }
}

/** What an encoder reads of a text, closed by the end token as T5's tokenizer does. */
export function sourceOf(model: Seq2SeqModel, pieces: readonly Piece[]): Sequence {
  const closing = newToken(0, endEntry(model), { type: 'template', slot: 1 })
  return retokenise(
    { ...EMPTY, tokens: [closing], nextKey: 1 },
    0,
    pieces.slice(0, model.info.maxTokens - 1),
    specialIds(model),
  )
}

/** A target of tokens by their ids, the start first; keys are places. */
export function targetOf(model: Seq2SeqModel, ids: readonly number[]): Sequence {
  const kinds = specialIds(model)
  const tokens = ids.map((id, place): Token => {
    const isStart = place === 0 && id === model.info.decoder?.startToken
    if (isStart) return newToken(0, startEntry(model), { type: 'template', slot: 0 })
    const kind = kinds.get(id) ?? 'word'
    return newToken(place, { kind, id, label: labelOf(model, id) }, { type: 'piece', segment: 0, piece: place - 1 })
  })
  return { ...EMPTY, tokens, nextKey: tokens.length }
}

/** A target that was typed: the model's start, the text, and the end. */
export function typedTarget(model: Seq2SeqModel, pieces: readonly Piece[]): Target {
  const most = Math.min(MOST_TARGET, model.info.maxTokens - 1)
  const ids = [startEntry(model).id, ...pieces.slice(0, most - 1).map(({ id }) => id), endEntry(model).id]
  const sequence = targetOf(model, ids as number[])
  return { sequence, base: sequence }
}

/** Longer targets are not one of ours. */
export const MOST_TARGET = 256

/** T5's start is its PAD; here it begins, and is no padding. */
export function startEntry(model: Seq2SeqModel): Entry & { id: number } {
  const id = model.info.decoder?.startToken ?? 0
  return { kind: 'bos', id, label: labelOf(model, id) }
}

export function endEntry(model: Seq2SeqModel): Entry & { id: number } {
  const id = model.info.generates?.endTokens[0] ?? 0
  return { kind: 'eos', id, label: labelOf(model, id) }
}

/** The trained entry of a special kind; one the vocabulary lacks starts at random and is marked untrained. */
export function specialEntry(model: Seq2SeqModel, kind: SpecialKind): Entry {
  if (kind === 'bos') return startEntry(model)
  if (kind === 'eos') return endEntry(model)
  if (kind === 'mask') {
    const id = model.tokenizer.labels.indexOf('<extra_id_0>')
    if (id >= 0) return { kind, id, label: '<extra_id_0>' }
  }
  const trained = model.tokenizer.specials[kind as keyof TokenizerInfo['specials']]
  if (trained) return { kind, ...trained }
  return { kind, id: null, label: `[${kind.toUpperCase()}]`, start: { type: 'normal', seed: 1, std: 0.02 } }
}

function labelOf({ tokenizer }: Seq2SeqModel, id: number): string {
  return tokenizer.labels[id] ?? `#${id}`
}

const kindsOf = new WeakMap<TokenizerInfo, SpecialIds>()

/** Sentinels are what stands for hidden words, as [MASK] does. */
function specialIds(model: Seq2SeqModel): SpecialIds {
  const { tokenizer, info } = model
  const known = kindsOf.get(tokenizer)
  if (known) return known
  const kinds = new Map<number, SpecialKind>()
  for (const kind of ['unk', 'pad'] as const) {
    const entry = tokenizer.specials[kind]
    if (entry) kinds.set(entry.id, kind)
  }
  for (const id of info.generates?.endTokens ?? []) kinds.set(id, 'eos')
  tokenizer.labels.forEach((label, id) => {
    if (isSentinel(label)) kinds.set(id, 'mask')
  })
  kindsOf.set(tokenizer, kinds)
  return kinds
}

/** One row of the decoder: what it reads, what it has to write, and whether that counts in the loss. */
export interface DecoderRow {
  reads: Token
  /** null: there is no token behind it. */
  writes: Token | null
  /** A start token and PAD are not counted, as labels of −100 are not in transformers. */
  counts: boolean
}

export function decoderRows(target: Sequence): DecoderRow[] {
  const tokens = active(target)
  const rows = tokens.length > 1 ? tokens.slice(0, -1) : tokens
  return rows.map((reads, row) => {
    const writes = tokens[row + 1] ?? null
    return { reads, writes, counts: writes !== null && writes.kind !== 'bos' && writes.kind !== 'pad' }
  })
}

/** The words of some tokens as a person reads them: pieces joined, special tokens as they are written. */
export function textOf(tokens: readonly Pick<Token, 'kind' | 'label'>[]): string {
  return tokens
    .filter(({ kind }) => kind !== 'bos' && kind !== 'eos' && kind !== 'pad')
    .map(({ label }) => label.replaceAll('▁', ' '))
    .join('')
    .trim()
}
