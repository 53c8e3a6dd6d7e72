/**
 * The document of the memory lab's half for text: memory tokens, then the tokens of one or two texts, in one sequence. Pure functions;
 * lab.ts brings the tokenizer and the engine.
 */

import { ClsroomError } from '../../../../core/errors.ts'
import { CONTENT_KINDS, KINDS, type Kind, type Piece, type SpecialKind } from '../../../../core/tokens.ts'
import type { LoadedModel, ModelInfo } from '../../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../../engine/reader_protocol.ts'
import type { MaskRule, MaskSpec } from '../../../../sequence/mask.ts'
import { decodeTokens, encodeTokens } from '../../../../sequence/serialise.ts'
import {
  appendSegment,
  fromSegments,
  removeSegment,
  retokenise,
  type SpecialIds,
  segmentCount,
} from '../../../../sequence/text.ts'
import { active, type Entry, newToken, type Sequence, type Token } from '../../../../sequence/token.ts'
import { keptLengths } from '../../../../sequence/truncate.ts'
import { MOST_SLOTS } from './limits.ts'
import type { TextMemoryLink } from './link_schema.ts'
import type { Replaced } from './replacement.ts'

export interface MemoryDoc {
  model: string
  /** A text, and a second one, which may be empty. */
  texts: string[]
  /** What each text was split into, whole. */
  pieces: Piece[][]
  sequence: Sequence
  /** The unedited sequence of the same pieces: a permalink tells the difference. */
  base: Sequence
  mask: MaskSpec
  ablated: [layer: number, head: number][]
  replaced: Replaced | null
}

/** What a document has to know of its model. */
export interface MemoryModel {
  id: string
  info: ModelInfo
  tokenizer: TokenizerInfo
}

export const memoryOf = ({ info }: Pick<LoadedModel, 'info'>) =>
  info.memory ?? { tokens: 0, variant: 'memtransformer' as const, window: 0 }

/** Every kind but memory: the rows of the text. */
export const TEXT_KINDS: readonly Kind[] = KINDS.filter((kind) => kind !== 'memory')

/** Who reads whom: memory or text. */
export const QUADRANTS = ['memory-memory', 'memory-text', 'text-memory', 'text-text'] as const
export type Quadrant = (typeof QUADRANTS)[number]

const kindsOf = (side: string | undefined): readonly Kind[] => (side === 'memory' ? ['memory'] : TEXT_KINDS)

/** The rule that closes a quadrant. */
export function closing(quadrant: Quadrant): MaskRule {
  const [queries, keys] = quadrant.split('-').map(kindsOf) as [readonly Kind[], readonly Kind[]]
  return { type: 'never', queries, keys }
}

export function isClosed({ rules }: MaskSpec, quadrant: Quadrant): boolean {
  return rules.some((rule) => sameRule(rule, closing(quadrant)))
}

export function withQuadrant(mask: MaskSpec, quadrant: Quadrant, open: boolean): MaskSpec {
  const others = mask.rules.filter((rule) => !sameRule(rule, closing(quadrant)))
  return { ...mask, rules: open ? others : [...others, closing(quadrant)] }
}

/** How far text rows read each other; 0: everywhere. */
export function windowOf({ rules }: MaskSpec): number {
  return rules.find((rule) => rule.type === 'window')?.radius ?? 0
}

export function withWindow(mask: MaskSpec, radius: number): MaskSpec {
  const others = mask.rules.filter((rule) => rule.type !== 'window')
  return { ...mask, rules: radius > 0 ? [...others, { type: 'window', radius, besides: ['memory'] }] : others }
}

function sameRule(a: MaskRule, b: MaskRule): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** Nobody reads PAD, and text reads its neighbours: what the task that needs memory was trained under. */
export function usualMask(model: MemoryModel): MaskSpec {
  const open: MaskSpec = { rules: [{ type: 'padding' }], inverted: false, paint: [] }
  return withWindow(open, memoryOf(model).window)
}

/** The unedited document of some texts. @param pieces what the tokenizer made of each */
export function createDoc(model: MemoryModel, texts: readonly string[], pieces: readonly Piece[][]): MemoryDoc {
  const specials = specialIds(model.tokenizer)
  const segments = fitting(model, texts, pieces).map((kept) => ({
    pieces: kept,
    separator: specialEntry(model.tokenizer, 'sep'),
  }))
  const base = withMemory(
    fromSegments(segments, specialEntry(model.tokenizer, 'cls'), specials),
    memoryOf(model).tokens,
  )
  return {
    model: model.id,
    texts: [...texts],
    pieces: pieces.map((list) => [...list]),
    sequence: base,
    base,
    mask: usualMask(model),
    ablated: [],
    replaced: null,
  }
}

/** The texts as they are typed now; what was done to their tokens by hand stays. */
export function withTexts(
  model: MemoryModel,
  doc: MemoryDoc,
  texts: readonly string[],
  pieces: readonly Piece[][],
): MemoryDoc {
  const kept = fitting(model, texts, pieces)
  const change = (sequence: Sequence) => inText(sequence, (text) => typed(model, text, kept))
  return {
    ...doc,
    texts: [...texts],
    pieces: pieces.map((list) => [...list]),
    sequence: change(doc.sequence),
    base: change(doc.base),
  }
}

function typed({ tokenizer }: MemoryModel, text: Sequence, kept: readonly Piece[][]): Sequence {
  const specials = specialIds(tokenizer)
  const separator = specialEntry(tokenizer, 'sep')
  let next = text
  if (segmentCount(next) < kept.length) next = appendSegment(next, { pieces: [], separator }, specials)
  if (segmentCount(next) > kept.length) next = removeSegment(next, 1)
  return kept.reduce((sequence, list, segment) => retokenise(sequence, segment, list, specials), next)
}

/** What the model reads of the pieces of each segment; a second text that is empty is none. */
function fitting({ info }: MemoryModel, texts: readonly string[], pieces: readonly Piece[][]): Piece[][] {
  const segments = pieces.filter((_, s) => s === 0 || (texts[s] ?? '').trim() !== '')
  const room = Math.max(0, info.maxTokens - 1 - segments.length)
  const kept = keptLengths(
    segments.map((list) => list.length),
    room,
    'longest_first',
  )
  return segments.map((list, s) => list.slice(0, kept[s]))
}

/** How many pieces of the texts the model does not read. */
export function leftOut(doc: MemoryDoc): number {
  const read = doc.base.tokens.filter(({ origin }) => origin.type === 'piece').length
  const all = doc.pieces.reduce((sum, list, s) => sum + (s === 0 || doc.texts[s]?.trim() ? list.length : 0), 0)
  return all - read
}

/** Slots of the template behind those that text can have. */
const FIRST_MEMORY_SLOT = 1000

/** So many memory tokens before a text. */
function withMemory(text: Sequence, count: number): Sequence {
  const memory = Array.from({ length: count }, (_, slot) =>
    newToken(text.nextKey + slot, trainedSlot(slot), { type: 'template', slot: FIRST_MEMORY_SLOT + slot }),
  )
  return { ...text, tokens: [...memory, ...text.tokens], nextKey: text.nextKey + count }
}

function trainedSlot(slot: number): Entry {
  return { kind: 'memory', id: slot, label: `[MEM ${slot + 1}]` }
}

/** As the recipe began its memory rows, before training. */
const UNTRAINED_STD = 0.5

/** A memory row that nobody trained. @param seed also its number */
export function untrainedSlot(seed: number): Entry {
  return { kind: 'memory', id: null, label: `[MEM +${seed}]`, start: { type: 'normal', seed, std: UNTRAINED_STD } }
}

const isMemory = ({ kind }: Token) => kind === 'memory'

/** An edit of the text alone: it numbers and pairs tokens, and memory has no place there. */
function inText(sequence: Sequence, edit: (text: Sequence) => Sequence): Sequence {
  const memory = sequence.tokens.filter(isMemory)
  const edited = edit(textOf(sequence))
  return { ...edited, tokens: [...memory, ...edited.tokens] }
}

/** The sequence without its memory. */
export function textOf(sequence: Sequence): Sequence {
  return { ...sequence, tokens: sequence.tokens.filter((token) => !isMemory(token)) }
}

/** The memory tokens that run. */
export function slotsOf(sequence: Sequence): Token[] {
  return active(sequence).filter(isMemory)
}

/**
 * Memory stands before the text, wherever it was put.
 * @throws ClsroomError `input` on more than a document may have
 */
export function ordered(sequence: Sequence): Sequence {
  const memory = sequence.tokens.filter(isMemory)
  const running = memory.filter(({ status }) => status !== 'removed').length
  if (running > MOST_SLOTS) {
    throw new ClsroomError('input', 'There are too many memory tokens', {
      found: `${running}`,
      expected: `at most ${MOST_SLOTS}`,
      advice: 'Remove some of them first',
    })
  }
  return { ...sequence, tokens: [...memory, ...textOf(sequence).tokens] }
}

/** So many memory tokens run: trained ones first, then untrained ones. */
export function withSlots(sequence: Sequence, count: number): Sequence {
  const memory = sequence.tokens.filter(isMemory)
  const kept = memory.map((token, slot): Token => ({ ...token, status: slot < count ? unremoved(token) : 'removed' }))
  const missing = Math.max(0, count - memory.length)
  const added = Array.from({ length: missing }, (_, i) =>
    newToken(sequence.nextKey + i, untrainedSlot(untrainedCount(memory) + i + 1), { type: 'inserted' }),
  )
  return ordered({
    ...sequence,
    tokens: [...kept, ...added, ...textOf(sequence).tokens],
    nextKey: sequence.nextKey + missing,
  })
}

const unremoved = ({ status }: Token) => (status === 'removed' ? 'read' : status)
export const untrainedCount = (tokens: readonly Token[]) =>
  tokens.filter((token) => isMemory(token) && token.start).length

/** What a permalink holds of a document. */
export function encodeDoc(model: MemoryModel, doc: MemoryDoc): TextMemoryLink {
  const { by, layer, slots } = doc.replaced ?? {}
  return {
    lab: 'memory',
    shows: 'text',
    model: doc.model,
    texts: doc.texts,
    tokens: encodeTokens(doc.sequence, doc.mask, doc.base, usualMask(model)),
    ...(doc.ablated.length > 0 && { ablated: doc.ablated }),
    ...(by && slots && { replaced: { by, layer: layer ?? 0, slots: [...slots] } }),
  }
}

/** The document that a link holds, and what of it could not be applied. */
export function decodeDoc(
  model: MemoryModel,
  link: TextMemoryLink,
  texts: readonly string[],
  pieces: readonly Piece[][],
): { doc: MemoryDoc; problem: ClsroomError | null } {
  const { layers, heads } = model.info
  const doc = createDoc(model, texts, pieces)
  const { sequence, mask, problem } = decodeTokens(link.tokens ?? {}, doc.base, usualMask(model))
  const ablated = (link.ablated ?? []).filter(([layer, head]) => layer < layers && head < heads)
  const replaced = link.replaced && link.replaced.layer < layers ? link.replaced : null
  return { doc: { ...doc, sequence: ordered(sequence), mask, ablated, replaced }, problem }
}

/** The trained entry of a special kind; a memory row or what the vocabulary lacks starts at random and is marked untrained. */
export function specialEntry({ specials }: TokenizerInfo, kind: SpecialKind): Entry {
  const trained = specials[kind as keyof TokenizerInfo['specials']]
  if (trained) return { kind, id: trained.id, label: trained.label }
  return { kind, id: null, label: `[${kind.toUpperCase()}]`, start: { type: 'normal', seed: 1, std: 0.02 } }
}

function specialIds({ specials }: TokenizerInfo): SpecialIds {
  return new Map(Object.entries(specials).map(([kind, entry]) => [entry.id, kind as SpecialKind]))
}

/** Rows whose word is asked for: every [MASK], and every word that another stands for. */
export function isAsked({ kind, original }: Token): boolean {
  return kind === 'mask' || (original !== undefined && (CONTENT_KINDS as readonly Kind[]).includes(original.kind))
}
