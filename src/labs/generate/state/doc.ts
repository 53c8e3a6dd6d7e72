/**
 * The Generate lab's document: what a permalink and undo hold. Pure functions of it; lab.ts brings the tokenizer and the engine. Of a prompt
 * longer than the model reads the end is kept, for that is what is gone on from.
 */

import { ClsroomError } from '../../../core/errors.ts'
import type { Piece, SpecialKind } from '../../../core/tokens.ts'
import type { LoadedModel } from '../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import type { Sampling } from '../../../engine/sampling.ts'
import type { MaskSpec } from '../../../sequence/mask.ts'
import { decodeTokens, encodeTokens } from '../../../sequence/serialise.ts'
import type { SpecialIds } from '../../../sequence/text.ts'
import { active, type Entry, type Sequence } from '../../../sequence/token.ts'
import { fromPrompt, takeBack, withPrompt, write } from '../../../sequence/written.ts'
import type { GenerateLink } from './link.ts'

/** A token that was written, and the seed of its draw; null: a person chose it. */
export interface Written {
  id: number
  seed: number | null
}

export interface GenerateDoc {
  model: string
  /** The prompt, whole. */
  prompt: string
  /** What it was split into; at most as many pieces as the model could ever read, the last ones. */
  pieces: Piece[]
  /** How many pieces it has in all. */
  count: number
  /** How many of its first pieces are left out, because the model does not read that many. */
  dropped: number
  /** In the order of writing. */
  written: Written[]
  /** How the next token is drawn. */
  sampling: Required<Sampling>
  seed: number
  /** The pieces that fit and what was written, with everything done to them by hand. */
  sequence: Sequence
  /** The unedited sequence of the same tokens: a permalink tells the difference. */
  base: Sequence
  mask: MaskSpec
  ablated: [layer: number, head: number][]
}

/** What a document has to know of its model. */
export interface GenerateModel {
  id: string
  maxTokens: number
  tokenizer: TokenizerInfo
  /** What ends a text: the tokenizer's EOS, and what config.json calls so. */
  endTokens: ReadonlySet<number>
}

export function generateModelOf(
  { id, info }: Pick<LoadedModel, 'id' | 'info'>,
  tokenizer: TokenizerInfo,
): GenerateModel {
  const eos = tokenizer.specials.eos?.id
  const endTokens = new Set([...(info.generates?.endTokens ?? []), ...(eos === undefined ? [] : [eos])])
  return { id, maxTokens: info.maxTokens, tokenizer, endTokens }
}

/** Nobody reads ahead, which is the decoder's own rule, and nobody reads PAD. */
export const CAUSAL_MASK: MaskSpec = { rules: [{ type: 'padding' }, { type: 'causal' }], inverted: false, paint: [] }

/** Where a reader starts; topK 0: off. */
export const SAMPLING: Required<Sampling> = { repetitionPenalty: 1, temperature: 0.8, topK: 50, topP: 0.95, minP: 0 }
export const FIRST_SEED = 1

/** So many tokens can still be written after a prompt that was cut. */
export const WRITING_ROOM = 16

/** The unedited document of a prompt. @param pieces what the tokenizer made of it */
export function createDoc(model: GenerateModel, prompt: string, pieces: Piece[]): GenerateDoc {
  const opening = openingOf(model.tokenizer, pieces.length === 0)
  const taken = takenPieces(model, prompt, pieces, opening.length)
  const base = fromPrompt(keptPieces(taken), opening, specialIds(model.tokenizer))
  return {
    model: model.id,
    ...taken,
    written: [],
    sampling: SAMPLING,
    seed: FIRST_SEED,
    sequence: base,
    base,
    mask: CAUSAL_MASK,
    ablated: [],
  }
}

/** The prompt as it is typed now; what was done to its tokens by hand stays, what was written after the old one goes. */
export function withText(model: GenerateModel, doc: GenerateDoc, prompt: string, pieces: Piece[]): GenerateDoc {
  const { mask, ablated, sampling, seed } = doc
  // A vocabulary whose tokenizer opens no text still has to begin an empty one with something.
  if (doc.count === 0 || pieces.length === 0) {
    if ((model.tokenizer.opening ?? []).length === 0)
      return { ...createDoc(model, prompt, pieces), mask, ablated, sampling, seed }
  }
  const bare = withoutWritten(doc, 0)
  const others = active(bare.sequence).filter(({ origin }) => origin.type !== 'piece').length
  const taken = takenPieces(model, prompt, pieces, others)
  const specials = specialIds(model.tokenizer)
  return { ...bare, ...taken, ...both(bare, (sequence) => withPrompt(sequence, keptPieces(taken), specials)) }
}

/** @throws ClsroomError `input` where the model reads no more tokens */
export function withWritten(model: GenerateModel, doc: GenerateDoc, written: Written): GenerateDoc {
  if (isFull(model, doc)) {
    throw new ClsroomError('input', 'The model reads no more tokens', {
      found: `${active(doc.sequence).length} tokens`,
      expected: `fewer than ${model.maxTokens}`,
      advice: 'Take tokens back, or shorten the prompt',
    })
  }
  const entry = entryFor(model.tokenizer, written.id)
  return { ...doc, written: [...doc.written, written], ...both(doc, (sequence) => write(sequence, entry)) }
}

/** Without what was written from a place on. */
export function withoutWritten(doc: GenerateDoc, from: number): GenerateDoc {
  if (from >= doc.written.length) return doc
  return { ...doc, written: doc.written.slice(0, from), ...both(doc, (sequence) => takeBack(sequence, from)) }
}

export function isFull(
  { maxTokens }: Pick<GenerateModel, 'maxTokens'>,
  { sequence }: Pick<GenerateDoc, 'sequence'>,
): boolean {
  return active(sequence).length >= maxTokens
}

/** Where edits made the sequence longer than the model reads, more of the prompt's beginning gives way. */
export function cutToLimit(model: GenerateModel, doc: GenerateDoc): GenerateDoc {
  const excess = active(doc.sequence).length - model.maxTokens
  if (excess <= 0) return doc
  const dropped = Math.min(doc.pieces.length, doc.dropped - (doc.count - doc.pieces.length) + excess)
  const cut = { ...doc, dropped: doc.count - doc.pieces.length + dropped }
  const specials = specialIds(model.tokenizer)
  const shorter = { ...cut, ...both(doc, (sequence) => withPrompt(sequence, keptPieces(cut), specials)) }
  if (active(shorter.sequence).length <= model.maxTokens) return shorter
  throw new ClsroomError('input', 'The sequence is too long for the model', {
    found: `${active(doc.sequence).length} tokens`,
    expected: `at most ${model.maxTokens}`,
    advice: 'Take tokens back, or remove some',
  })
}

/** The text of the prompt that is left out; null: all of it is read. */
export function droppedText({ prompt, pieces, count, dropped }: GenerateDoc): string | null {
  if (dropped === 0) return null
  const first = pieces[dropped - (count - pieces.length)]
  return prompt.slice(0, first?.start ?? prompt.length).trim()
}

/** The token of an id, of the kind that it is in this vocabulary. */
export function entryFor(tokenizer: TokenizerInfo, id: number): Entry {
  return { kind: specialIds(tokenizer).get(id) ?? 'word', id, label: labelOf(tokenizer, id) }
}

/** As people read it. */
export function labelOf({ readable, labels }: TokenizerInfo, id: number): string {
  return (readable ?? labels)[id] ?? `#${id}`
}

/** The trained entry of a special kind; one the vocabulary lacks starts at random and is marked untrained. */
export function specialEntry({ specials }: TokenizerInfo, kind: SpecialKind): Entry {
  const trained = specials[kind as keyof TokenizerInfo['specials']]
  if (trained) return { kind, id: trained.id, label: trained.label }
  return { kind, id: null, label: `[${kind.toUpperCase()}]`, start: { type: 'normal', seed: 1, std: 0.02 } }
}

/** What a permalink holds of a document. */
export function encodeDoc(doc: GenerateDoc): NonNullable<GenerateLink['pinned']> {
  return {
    lab: 'generate',
    model: doc.model,
    prompt: doc.prompt,
    ...(doc.dropped > 0 && { dropped: doc.dropped }),
    ...(doc.written.length > 0 && {
      written: doc.written.map(({ id }) => id),
      seeds: doc.written.map(({ seed }) => seed),
    }),
    sampling: doc.sampling,
    seed: doc.seed,
    tokens: encodeTokens(doc.sequence, doc.mask, doc.base, CAUSAL_MASK),
    ...(doc.ablated.length > 0 && { ablated: doc.ablated }),
  }
}

/** The document that a link holds, and what of it could not be applied. */
export function decodeDoc(
  model: GenerateModel & { layers: number; heads: number; vocabulary: number },
  link: GenerateLink,
  pieces: Piece[],
): { doc: GenerateDoc; problem: ClsroomError | null } {
  const { written = [], seeds = [], sampling, seed = FIRST_SEED } = link
  const opening = openingOf(model.tokenizer, pieces.length === 0).length
  const { dropped = takenPieces(model, link.prompt, pieces, opening + written.length).dropped } = link
  // The edits of the link belong to the pieces that fitted when it was made.
  const roomy = { ...model, maxTokens: Number.POSITIVE_INFINITY }
  const whole = createDoc(roomy, link.prompt, pieces.slice(dropped))
  const then = written
    .filter((id) => id < model.vocabulary)
    .reduce((doc, id, i) => withWritten(roomy, doc, { id, seed: seeds[i] ?? null }), whole)
  const { sequence, mask, problem } = decodeTokens(link.tokens ?? {}, then.base, CAUSAL_MASK)
  const ablated = (link.ablated ?? []).filter(([layer, head]) => layer < model.layers && head < model.heads)
  const doc = {
    ...then,
    pieces,
    count: pieces.length,
    dropped: Math.min(dropped, pieces.length),
    sampling: { ...SAMPLING, ...sampling },
    seed,
    sequence,
    mask,
    ablated,
  }
  return { doc: cutToLimit(model, doc), problem }
}

export function specialIds({ specials }: TokenizerInfo): SpecialIds {
  return new Map(Object.entries(specials).map(([kind, entry]) => [entry.id, kind as SpecialKind]))
}

/** What stands before a prompt: what the tokenizer puts there; before an empty one BOS in any case, as transformers' `generate` has it. */
function openingOf(tokenizer: TokenizerInfo, isEmpty: boolean): Entry[] {
  const { opening = [], specials } = tokenizer
  const ids = opening.length === 0 && isEmpty && specials.bos ? [specials.bos.id] : opening
  const bos = specials.bos?.id
  return ids.map((id) => (id === bos ? specialEntry(tokenizer, 'bos') : entryFor(tokenizer, id)))
}

/** @param others tokens beside those of the prompt */
function takenPieces({ maxTokens }: GenerateModel, prompt: string, pieces: Piece[], others: number) {
  const count = pieces.length
  const room = Math.max(0, maxTokens - others)
  const dropped = count <= room ? 0 : count - Math.max(0, room - WRITING_ROOM)
  return { prompt, pieces: pieces.slice(Math.max(0, count - room)), count, dropped }
}

function keptPieces({ pieces, count, dropped }: Pick<GenerateDoc, 'pieces' | 'count' | 'dropped'>): Piece[] {
  return pieces.slice(dropped - (count - pieces.length))
}

/** A change of the text itself goes into the edited and the unedited sequence alike. */
function both(
  { sequence, base }: Pick<GenerateDoc, 'sequence' | 'base'>,
  change: (sequence: Sequence) => Sequence,
): Pick<GenerateDoc, 'sequence' | 'base'> {
  return { sequence: change(sequence), base: change(base) }
}
