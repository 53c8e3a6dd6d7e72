/** Sequences from text: `[CLS] a [SEP] b [SEP] …`, and typing, which keeps all that was done to the tokens by hand. */

import { ClsroomError } from '../core/errors.ts'
import type { Piece, SpecialKind } from '../core/tokens.ts'
import { commonSubsequence } from './diff.ts'
import { type Entry, entryOf, newToken, type Origin, type Sequence, type Token } from './token.ts'

export const MAX_SEGMENTS = 6

/** A stretch of text and what closes it. */
export interface Segment {
  pieces: readonly Piece[]
  separator: Entry
  /** Stands before the segment too, but for the first one (RoBERTa). */
  doubled?: boolean
}

/** Which vocabulary rows are special, [UNK] among them; every other piece is a word. */
export type SpecialIds = ReadonlyMap<number, SpecialKind>

/**
 * Builds `[CLS] a [SEP] b [SEP] …` from one to six segments; keys count from 0 in that order.
 * @param opening [CLS], or BOS in a generator
 * @throws ClsroomError `input` on no or too many segments
 */
export function fromSegments(segments: readonly Segment[], opening: Entry, specials: SpecialIds): Sequence {
  checkSegmentCount(segments.length)
  const opened: Sequence = {
    tokens: [newToken(0, opening, { type: 'template', slot: 0 })],
    nextKey: 1,
    positionPolicy: 'renumber',
    segmentPolicy: 'text',
  }
  return segments.reduce((sequence, segment) => appendSegment(sequence, segment, specials), opened)
}

/**
 * Adds a segment after the last one; what was inserted behind the last separator (PADs) stays behind.
 * @throws ClsroomError `input` when there are six already
 */
export function appendSegment(
  sequence: Sequence,
  { pieces, separator, doubled }: Segment,
  specials: SpecialIds,
): Sequence {
  const segment = segmentCount(sequence)
  checkSegmentCount(segment + 1)
  let key = sequence.nextKey
  const opening = doubled && segment > 0 ? [newToken(key++, separator, { type: 'opening', segment })] : []
  const words = pieces.map((piece, p) => pieceToken(key++, piece, { type: 'piece', segment, piece: p }, specials))
  const added = [...opening, ...words, newToken(key++, separator, { type: 'template', slot: segment + 1 })]
  const last = sequence.tokens.findLastIndex((token) => token.origin.type !== 'inserted')
  return { ...sequence, tokens: sequence.tokens.toSpliced(last + 1, 0, ...added), nextKey: key }
}

/**
 * Takes a segment's text and separator away; tokens inserted there stay, and later segments move up.
 * @throws ClsroomError `input` on an unknown segment, or the only one
 */
export function removeSegment(sequence: Sequence, segment: number): Sequence {
  checkSegment(sequence, segment)
  checkSegmentCount(segmentCount(sequence) - 1)
  const rest = sequence.tokens.filter((token) => segmentOf(token.origin) !== segment)
  const tokens = rest.map((token) =>
    segmentOf(token.origin) > segment ? { ...token, origin: oneSegmentUp(token.origin) } : token,
  )
  return { ...sequence, tokens }
}

/**
 * Closes a segment with another separator, such as an untrained `[SEP_QA]`, in the place of the old one.
 * @throws ClsroomError `input` on an unknown segment
 */
export function setSeparator(sequence: Sequence, segment: number, separator: Entry): Sequence {
  checkSegment(sequence, segment)
  const tokens = sequence.tokens.map((token) => {
    if (token.origin.type !== 'template' || token.origin.slot !== segment + 1) return token
    const { start: _, original: __, ...rest } = token
    return { ...rest, ...entryOf(separator) }
  })
  return { ...sequence, tokens }
}

/**
 * What typing does: the segment gets new pieces, and everything done by hand stays. Pieces of a longest common
 * subsequence are still there: they keep their keys and states. A rewritten piece stands where the old one stood, an added
 * one behind the piece before it, wherever that was moved.
 * @throws ClsroomError `input` on an unknown segment
 */
export function retokenise(
  sequence: Sequence,
  segment: number,
  pieces: readonly Piece[],
  specials: SpecialIds,
): Sequence {
  checkSegment(sequence, segment)
  const before = piecesOf(sequence, segment)
  const partner = commonSubsequence(
    before.map(writtenId),
    pieces.map((piece) => piece.id),
  )

  let { nextKey } = sequence
  const after = pieces.map((piece, p): Token => {
    const origin: Origin = { type: 'piece', segment, piece: p }
    const kept = before[partner[p] as number]
    return kept ? { ...kept, origin, text: piece.text } : pieceToken(nextKey++, piece, origin, specials)
  })

  if (before.length === 0) {
    const caret = sequence.tokens.findIndex(({ origin }) => comesAfter(origin, segment))
    return {
      ...sequence,
      tokens: sequence.tokens.toSpliced(caret < 0 ? sequence.tokens.length : caret, 0, ...after),
      nextKey,
    }
  }
  const places = new Map(before.map((token): [number, Token[]] => [token.key, []]))
  stations(partner, before.length).forEach((station, p) => {
    places.get((before[station] as Token).key)?.push(after[p] as Token)
  })
  return { ...sequence, tokens: sequence.tokens.flatMap((token) => places.get(token.key) ?? [token]), nextKey }
}

/** What a segment without pieces stands before: its separator, or what was written after it. */
function comesAfter(origin: Origin, segment: number): boolean {
  return origin.type === 'written' || (origin.type === 'template' && origin.slot === segment + 1)
}

/** For each new piece, the old piece where it stands: its partner, the one it rewrites, or the one last stood at. */
function stations(partner: readonly number[], before: number): number[] {
  const bound = new Array<number>(partner.length) // the next old piece that stays, from each new one on
  for (let p = partner.length - 1, next = before; p >= 0; p--) {
    if (partner[p] !== -1) next = partner[p] as number
    bound[p] = next
  }
  let station = 0
  let free = 0 // the first old piece where nothing stands yet
  return partner.map((kept, p) => {
    if (kept !== -1) station = kept
    else if (free < (bound[p] as number)) station = free
    else return station
    free = station + 1
    return station
  })
}

/** How many segments the text has. */
export function segmentCount(sequence: Sequence): number {
  return Math.max(0, ...sequence.tokens.map((token) => segmentOf(token.origin) + 1))
}

/** The tokens of a segment's pieces, in the order of the text. */
function piecesOf(sequence: Sequence, segment: number): Token[] {
  const pieces = sequence.tokens.flatMap((token) =>
    token.origin.type === 'piece' && token.origin.segment === segment ? [{ token, piece: token.origin.piece }] : [],
  )
  return pieces.sort((a, b) => a.piece - b.piece).map(({ token }) => token)
}

function pieceToken(key: number, piece: Piece, origin: Origin, specials: SpecialIds): Token {
  const entry: Entry = { kind: specials.get(piece.id) ?? 'word', id: piece.id, label: piece.label }
  return newToken(key, entry, origin, piece.text)
}

/** The vocabulary row of the text itself, whatever replaced it since. */
function writtenId(token: Token): number {
  return (token.original ?? token).id ?? -1
}

/** The segment that a piece or the separators around it belong to; −1 for everything else. */
function segmentOf(origin: Origin): number {
  if (origin.type === 'piece' || origin.type === 'opening') return origin.segment
  return origin.type === 'template' ? origin.slot - 1 : -1
}

function oneSegmentUp(origin: Origin): Origin {
  if (origin.type === 'piece' || origin.type === 'opening') return { ...origin, segment: origin.segment - 1 }
  return origin.type === 'template' ? { ...origin, slot: origin.slot - 1 } : origin
}

function checkSegment(sequence: Sequence, segment: number): void {
  const count = Math.max(1, segmentCount(sequence)) // an empty prompt (written.ts) is one, too
  if (Number.isInteger(segment) && segment >= 0 && segment < count) return
  throw new ClsroomError('input', 'The text has no such segment', {
    found: `segment ${segment}`,
    expected: `0 to ${count - 1}`,
  })
}

function checkSegmentCount(count: number): void {
  if (count >= 1 && count <= MAX_SEGMENTS) return
  throw new ClsroomError('input', 'A text cannot have this many segments', {
    found: String(count),
    expected: `1 to ${MAX_SEGMENTS}`,
  })
}
