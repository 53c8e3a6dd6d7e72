/**
 * The text lab's document: what a permalink and undo hold. Pure functions of it; text_lab.ts brings the tokenizer and the
 * engine. A text longer than the model reads is cut here: the text box keeps all of it, the sequence what fits.
 */

import { ClsroomError } from '../../../core/errors.ts'
import type { Piece, SpecialKind } from '../../../core/tokens.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import { DEFAULT_MASK, type MaskSpec } from '../../../sequence/mask.ts'
import { decodeTokens, encodeTokens } from '../../../sequence/serialise.ts'
import {
  appendSegment,
  fromSegments,
  removeSegment,
  retokenise,
  type SpecialIds,
  segmentCount,
  setSeparator,
} from '../../../sequence/text.ts'
import { active, type Entry, entryOf, type Sequence } from '../../../sequence/token.ts'
import { keptLengths, type TruncationStrategy } from '../../../sequence/truncate.ts'
import type { TextLink } from './link.ts'

export interface TextDoc {
  model: string
  /** The text of each segment, whole. */
  texts: string[]
  /** What each text was split into; at most as many pieces as the model could ever read. */
  pieces: Piece[][]
  /** How many pieces each text has in all. */
  counts: number[]
  truncation: TruncationStrategy
  /** The id of a ready format (sequence/formats.ts): it names the segments. */
  format?: string
  /** The pieces that fit, with everything done to them by hand. */
  sequence: Sequence
  /** The unedited sequence of the same pieces: a permalink tells the difference. */
  base: Sequence
  mask: MaskSpec
  ablated: [layer: number, head: number][]
}

/** What a document has to know of its model. */
export interface TextModel {
  id: string
  maxTokens: number
  tokenizer: TokenizerInfo
}

/** The unedited document of some texts. @param pieces what the tokenizer made of each */
export function createDoc(
  model: TextModel,
  texts: string[],
  pieces: Piece[][],
  options: { truncation?: TruncationStrategy; format?: string; separators?: readonly (Entry | null)[] } = {},
): TextDoc {
  const { truncation = 'longest_first', format, separators } = options
  const read = taken(model, texts, pieces)
  const kept = keptOf(read.counts, truncation, model.maxTokens - around(model, texts.length))
  const trained = specialEntry(model.tokenizer, 'sep')
  const segments = read.pieces.map((segment, s) => ({
    pieces: segment.slice(0, kept[s]),
    separator: separators?.[s] ?? trained,
    doubled: model.tokenizer.doublesSeparators,
  }))
  const base = fromSegments(segments, specialEntry(model.tokenizer, 'cls'), specialIds(model.tokenizer))
  return {
    model: model.id,
    ...read,
    truncation,
    ...(format && { format }),
    sequence: base,
    base,
    mask: DEFAULT_MASK,
    ablated: [],
  }
}

/** The texts as they are typed now; what was done to their tokens by hand stays. */
export function withTexts(model: TextModel, doc: TextDoc, texts: string[], pieces: Piece[][]): TextDoc {
  const changed = texts.map((text, s) => text !== doc.texts[s])
  return cutToLimit(model, { ...doc, ...taken(model, texts, pieces) }, changed)
}

/** @throws ClsroomError `input` when there are six already */
export function withSegment(model: TextModel, doc: TextDoc, text: string, pieces: Piece[]): TextDoc {
  const { doublesSeparators: doubled } = model.tokenizer
  const segment = { pieces: [], separator: specialEntry(model.tokenizer, 'sep'), doubled }
  const grown = both(doc, (sequence) => appendSegment(sequence, segment, specialIds(model.tokenizer)))
  return cutToLimit(model, {
    ...doc,
    ...grown,
    ...taken(model, [...doc.texts, text], [...doc.pieces, pieces], doc.counts),
  })
}

/** @throws ClsroomError `input` on an unknown segment, or the only one */
export function withoutSegment(model: TextModel, doc: TextDoc, segment: number): TextDoc {
  const rest = both(doc, (sequence) => removeSegment(sequence, segment))
  const without = <T>(list: readonly T[]) => list.toSpliced(segment, 1)
  return cutToLimit(model, {
    ...doc,
    ...rest,
    texts: without(doc.texts),
    pieces: without(doc.pieces),
    counts: without(doc.counts),
  })
}

/** Closes a segment with another separator. */
export function withSeparator(doc: TextDoc, segment: number, separator: Entry): TextDoc {
  return { ...doc, ...both(doc, (sequence) => setSeparator(sequence, segment, separator)) }
}

/**
 * Cuts the texts to what the model reads beside every other token, and puts back what fits again. Removed pieces keep
 * their place, so that removing one does not pull the next one in.
 * @param changed segments whose pieces are new
 */
export function cutToLimit(model: TextModel, doc: TextDoc, changed: readonly boolean[] = []): TextDoc {
  const others = active(doc.sequence).filter((token) => token.origin.type !== 'piece').length
  const kept = keptOf(doc.counts, doc.truncation, model.maxTokens - others)
  const present = keptPieces(doc)
  const specials = specialIds(model.tokenizer)
  const stale = kept.flatMap((length, s) => (changed[s] || length !== present[s] ? [s] : []))
  if (stale.length === 0) return doc
  return {
    ...doc,
    ...both(doc, (sequence) =>
      stale.reduce((next, s) => retokenise(next, s, doc.pieces[s]?.slice(0, kept[s]) ?? [], specials), sequence),
    ),
  }
}

/** Tokens that the template puts around the pieces of some segments. */
function around({ tokenizer }: TextModel, segments: number): number {
  return 1 + segments + (tokenizer.doublesSeparators ? segments - 1 : 0)
}

/** @param room for pieces; less than none is none */
function keptOf(counts: readonly number[], truncation: TruncationStrategy, room: number): number[] {
  const budget = Math.max(0, room)
  try {
    return keptLengths(counts, budget, truncation)
  } catch (thrown) {
    // Where the second segment alone cannot give enough, nothing would fit at all: the longest give way instead.
    if (thrown instanceof ClsroomError) return keptLengths(counts, budget, 'longest_first')
    throw thrown
  }
}

/** How many pieces of each segment are in the sequence. */
function keptPieces(doc: TextDoc): number[] {
  const kept = doc.texts.map(() => 0)
  for (const { origin } of doc.base.tokens) {
    if (origin.type === 'piece') kept[origin.segment] = (kept[origin.segment] ?? 0) + 1
  }
  return kept
}

/** What did not fit: for each cut segment, how many pieces, and the text they stand for. */
export function cutText(doc: TextDoc): { segment: number; pieces: number; text: string }[] {
  return keptPieces(doc).flatMap((kept, segment) => {
    const pieces = (doc.counts[segment] ?? 0) - kept
    if (pieces === 0) return []
    const from = kept === 0 ? 0 : (doc.pieces[segment]?.[kept - 1]?.end ?? 0)
    return [{ segment, pieces, text: doc.texts[segment]?.slice(from).trim() ?? '' }]
  })
}

/** What closes each segment. */
export function separatorsOf({ base }: TextDoc): Entry[] {
  return Array.from({ length: segmentCount(base) }, (_, s) => {
    const token = base.tokens.find(({ origin }) => origin.type === 'template' && origin.slot === s + 1)
    if (!token) throw new ClsroomError('internal', `segment ${s} has no separator`)
    return entryOf(token)
  })
}

/** What a permalink holds of a document. */
export function encodeDoc(doc: TextDoc, { tokenizer }: Pick<TextModel, 'tokenizer'>): NonNullable<TextLink['pinned']> {
  const trained = specialEntry(tokenizer, 'sep')
  const separators = separatorsOf(doc).map((entry) => (entry.id === trained.id && !entry.start ? null : entry))
  const isCut = cutText(doc).length > 0
  return {
    lab: 'text',
    model: doc.model,
    texts: doc.texts,
    ...(separators.some((entry) => entry !== null) && { separators }),
    ...(doc.truncation !== 'longest_first' && { truncation: doc.truncation }),
    ...(isCut && { kept: keptPieces(doc) }),
    ...(doc.format && { format: doc.format }),
    tokens: encodeTokens(doc.sequence, doc.mask, doc.base),
    ...(doc.ablated.length > 0 && { ablated: doc.ablated }),
  }
}

/** The document that a link holds, and what of it could not be applied. @throws ClsroomError `state` on a malformed link */
export function decodeDoc(
  model: TextModel & { layers: number; heads: number },
  link: TextLink,
  pieces: Piece[][],
): { doc: TextDoc; problem: ClsroomError | null } {
  const whole = taken(model, link.texts, pieces)
  const kept = link.kept ?? []
  // The edits of the link belong to the pieces that fitted when it was made.
  const then = createDoc(
    { ...model, maxTokens: Number.POSITIVE_INFINITY },
    link.texts,
    whole.pieces.map((segment, s) => segment.slice(0, kept[s] ?? segment.length)),
    link,
  )
  const { sequence, mask, problem } = decodeTokens(link.tokens ?? {}, then.base)
  const ablated = (link.ablated ?? []).filter(([layer, head]) => layer < model.layers && head < model.heads)
  return { doc: cutToLimit(model, { ...then, ...whole, sequence, mask, ablated }), problem }
}

/** The trained entry of a special kind; one the vocabulary lacks starts at random and is marked untrained. */
export function specialEntry({ specials }: TokenizerInfo, kind: SpecialKind): Entry {
  const trained = specials[kind as keyof TokenizerInfo['specials']]
  if (trained) return { kind, id: trained.id, label: trained.label }
  return { kind, id: null, label: `[${kind.toUpperCase()}]`, start: { type: 'normal', seed: 1, std: 0.02 } }
}

function specialIds({ specials }: TokenizerInfo): SpecialIds {
  return new Map(Object.entries(specials).map(([kind, entry]) => [entry.id, kind as SpecialKind]))
}

/** Pieces beyond the model's limit can never be read: they are counted and let go. */
function taken(
  { maxTokens }: TextModel,
  texts: string[],
  pieces: Piece[][],
  counts: readonly number[] = [],
): Pick<TextDoc, 'texts' | 'pieces' | 'counts'> {
  return {
    texts,
    pieces: pieces.map((segment) => segment.slice(0, maxTokens)),
    counts: pieces.map((segment, s) => counts[s] ?? segment.length),
  }
}

/** A change of the texts themselves goes into the edited and the unedited sequence alike. */
function both(doc: TextDoc, change: (sequence: Sequence) => Sequence): Pick<TextDoc, 'sequence' | 'base'> {
  return { sequence: change(doc.sequence), base: change(doc.base) }
}
