/** Position and segment ids: derived from the order of the tokens, unless set by hand. */

import { classTokensOf } from './patches.ts'
import { active, type Origin, type Sequence, type Token } from './token.ts'

/** What a model's position ids are rows of. */
export interface Positions {
  /** How many there are for tokens; what lies outside is clamped to the last or the first. */
  maxPositions: number
  /** RoBERTa's: the ids of tokens come after this one, at which every PAD stays. */
  paddingIndex?: number
}

/**
 * Position ids of the active tokens, by the sequence's policy; ids set by hand win.
 * @returns positions [T], −1 = no position (grid policy only); clamped: the keys of the tokens whose id had to be clamped
 */
export function positionIds(
  sequence: Sequence,
  { maxPositions, paddingIndex }: Positions,
): { positions: number[]; clamped: number[] } {
  const tokens = active(sequence)
  const counted = wantedPositions(sequence, tokens)
  const wanted = paddingIndex === undefined ? counted : afterPadding(tokens, counted, paddingIndex)
  const first = paddingIndex === undefined ? 0 : paddingIndex + 1
  const lowest = sequence.positionPolicy === 'grid' ? -1 : 0
  const positions = wanted.map((position) => Math.max(lowest, Math.min(position, first + maxPositions - 1)))
  return { positions, clamped: tokens.filter((_, t) => positions[t] !== wanted[t]).map((token) => token.key) }
}

/** As transformers' create_position_ids_from_input_ids numbers them: PADs are not counted. */
function afterPadding(tokens: readonly Token[], counted: readonly number[], paddingIndex: number): number[] {
  let pads = 0
  return tokens.map(({ kind, positionId }, t) => {
    if (kind === 'pad') pads++
    if (positionId !== undefined) return positionId
    return kind === 'pad' ? paddingIndex : paddingIndex + 1 + (counted[t] as number) - pads
  })
}

function wantedPositions(sequence: Sequence, tokens: readonly Token[]): number[] {
  switch (sequence.positionPolicy) {
    case 'renumber':
      return tokens.map((token, t) => token.positionId ?? t)
    case 'grid':
      return tokens.map((token) => token.positionId ?? gridPosition(token, classTokensOf(sequence)))
    case 'keep': {
      const home = homePositions(sequence)
      const own = tokens.map((token) => token.positionId ?? home.get(token.key))
      return fromNeighbours(own)
    }
  }
}

/** What has no id of its own takes its left neighbour's; before everything else, its right neighbour's. */
function fromNeighbours(own: readonly (number | undefined)[]): number[] {
  let left = own.find((id) => id !== undefined) ?? 0
  return own.map((id) => {
    left = id ?? left
    return left
  })
}

/** Class tokens have the first rows of the table; registers have none. */
function gridPosition({ origin, kind, id }: Token, classTokens: number): number {
  if (origin.type === 'patch') return classTokens + origin.patch
  if (kind === 'distill') return 1
  return kind === 'cls' ? (id ?? 0) : -1
}

/** The position each token of the template and the text has before any edit, by key. */
function homePositions(sequence: Sequence): Map<number, number> {
  const places = sequence.tokens.flatMap((token) => {
    const { origin } = token
    if (origin.type === 'template') return [{ key: token.key, segment: origin.slot, piece: -1 }]
    if (origin.type === 'opening') return [{ key: token.key, segment: origin.segment, piece: -0.5 }]
    // Behind the one text that was continued.
    if (origin.type === 'written') return [{ key: token.key, segment: 1, piece: origin.place }]
    return origin.type === 'piece' ? [{ key: token.key, segment: origin.segment, piece: origin.piece }] : []
  })
  places.sort((a, b) => a.segment - b.segment || a.piece - b.piece)
  return new Map(places.map((place, position) => [place.key, position]))
}

/**
 * Which part of the text each active token belongs to, by the sequence's policy; a separator belongs to the part it closes.
 * @returns parts [T], counted from 0
 */
export function textParts(sequence: Sequence): number[] {
  const tokens = active(sequence)
  if (sequence.segmentPolicy === 'text') return fromNeighbours(tokens.map(({ origin }) => homePart(origin)))
  let part = 0
  return tokens.map((token) => (token.kind === 'sep' ? part++ : part))
}

/** The part of the unedited text; undefined for what is no part of it. */
function homePart(origin: Origin): number | undefined {
  if (origin.type === 'piece' || origin.type === 'opening') return origin.segment
  return origin.type === 'template' ? Math.max(0, origin.slot - 1) : undefined
}

/**
 * Segment ids of the active tokens as BERT was trained: A (0) for the first part of the text with its separator, then B (1),
 * and alternating beyond two; an inserted PAD is always A, as in transformers. Ids set by hand win, clamped to the model's
 * table.
 * @param typeVocabSize rows of the model's segment table
 * @returns segments [T]
 */
export function segmentIds(sequence: Sequence, typeVocabSize: number): number[] {
  const tokens = active(sequence)
  const alternation = Math.min(typeVocabSize, 2) || 1
  return textParts(sequence).map((part, t) => {
    const token = tokens[t] as Token
    if (token.segmentId !== undefined) return Math.max(0, Math.min(token.segmentId, typeVocabSize - 1))
    return token.kind === 'pad' && token.origin.type === 'inserted' ? 0 : part % alternation
  })
}
