/** What an edit did: to which tokens, and what else it changed. Tokens are paired by key. */

import { commonSubsequence } from './diff.ts'
import type { MaskSpec } from './mask.ts'
import type { Sequence, Token } from './token.ts'

/** A run's rows with their numbers; segments only where the model has them. */
export interface Numbered {
  tokens: readonly Pick<Token, 'key'>[]
  /** [T] */
  positions: readonly number[]
  /** [T] */
  segments?: readonly number[]
}

/** A token that both runs have, with another number. */
export interface Renumbered {
  key: number
  from: number
  to: number
}

/** The tokens whose position or segment differs, in the order of `after`. */
export function renumbered(before: Numbered, after: Numbered): { positions: Renumbered[]; segments: Renumbered[] } {
  const rows = new Map(before.tokens.map(({ key }, row) => [key, row]))
  const changes = (was: readonly number[] = [], is: readonly number[] = []) =>
    after.tokens.flatMap(({ key }, row): Renumbered[] => {
      const [from, to] = [was[rows.get(key) ?? -1], is[row]]
      return from === undefined || to === undefined || from === to ? [] : [{ key, from, to }]
    })
  return {
    positions: changes(before.positions, after.positions),
    segments: changes(before.segments, after.segments),
  }
}

/** The sequence with the position and segment that each token had before; what is new takes its neighbour's. */
export function withNumbersOf(sequence: Sequence, before: Numbered): Sequence {
  const rows = new Map(before.tokens.map(({ key }, row) => [key, row]))
  const tokens = sequence.tokens.map((token) => {
    const row = rows.get(token.key)
    if (row === undefined) return token
    const [positionId, segmentId] = [before.positions[row], before.segments?.[row]]
    return { ...token, ...(positionId !== undefined && { positionId }), ...(segmentId !== undefined && { segmentId }) }
  })
  const positionPolicy = sequence.positionPolicy === 'grid' ? 'grid' : 'keep'
  return { ...sequence, tokens, positionPolicy, segmentPolicy: 'text' }
}

/** What was done to tokens. typed: the text itself is another; written, takenBack: by the model, at its end; restarted: they begin as another vector; segmented, positioned: by hand. */
export type EditType =
  | 'typed'
  | 'written'
  | 'takenBack'
  | 'inserted'
  | 'removed'
  | 'restored'
  | 'replaced'
  | 'masked'
  | 'unmasked'
  | 'hidden'
  | 'shown'
  | 'moved'
  | 'restarted'
  | 'segmented'
  | 'positioned'

/** @returns what tells two sequences apart, the first that applies; null: nothing about tokens */
export function editBetween(before: Sequence, after: Sequence): { type: EditType; tokens: readonly Token[] } | null {
  const old = new Map(before.tokens.map((token) => [token.key, token]))
  const keys = new Set(after.tokens.map(({ key }) => key))
  const added = after.tokens.filter(({ key }) => !old.has(key))
  const gone = before.tokens.filter(({ key }) => !keys.has(key))
  const changed = (differs: (was: Token, is: Token) => boolean) =>
    after.tokens.filter((token) => {
      const was = old.get(token.key)
      return was !== undefined && differs(was, token)
    })
  const is = (status: Token['status']) => (was: Token, now: Token) => was.status !== status && now.status === status
  const isWritten = ({ origin }: Token) => origin.type === 'written'
  const isText = ({ origin }: Token) => origin.type !== 'inserted' && origin.type !== 'written'
  const candidates: [EditType, readonly Token[]][] = [
    ['typed', [...added, ...gone].filter(isText)],
    ['written', added.filter(isWritten)],
    ['takenBack', gone.filter(isWritten)],
    ['inserted', added],
    ['removed', [...gone, ...changed(is('removed'))]],
    ['restored', changed((was, now) => was.status === 'removed' && now.status === 'read')],
    ['masked', changed(is('masked'))],
    ['unmasked', changed((was, now) => was.status === 'masked' && now.status === 'read')],
    ['replaced', changed((was, now) => was.kind !== now.kind || was.id !== now.id || was.label !== now.label)],
    ['hidden', changed((was, now) => !was.hidden && now.hidden)],
    ['shown', changed((was, now) => was.hidden && !now.hidden)],
    ['moved', moved(before, after)],
    ['restarted', changed((was, now) => !isAlike(was.start, now.start))],
    ['segmented', changed((was, now) => was.segmentId !== now.segmentId)],
    ['positioned', changed((was, now) => was.positionId !== now.positionId)],
  ]
  const found = candidates.find(([, tokens]) => tokens.length > 0)
  return found ? { type: found[0], tokens: found[1] } : null
}

/** What is run, beside the picture or the text itself. */
export interface Document {
  readonly sequence: Sequence
  readonly mask: MaskSpec
  readonly ablated: readonly (readonly [layer: number, head: number])[]
}

export type DocumentEdit =
  | { type: EditType; tokens: readonly Token[] }
  /** How positions, or segments, are given. */
  | { type: 'positions' | 'segments' }
  /** Cells of the mask, and whether it was the paint that changed or what the rules say. */
  | { type: 'painted'; cells: number }
  | { type: 'rules' | 'inverted' }
  | { type: 'off' | 'on'; heads: readonly (readonly [layer: number, head: number])[] }

/** What tells two documents apart, the first that applies; null: nothing here does. */
export function documentEdit(before: Document, after: Document): DocumentEdit | null {
  const tokens = editBetween(before.sequence, after.sequence)
  if (tokens) return tokens
  if (before.sequence.positionPolicy !== after.sequence.positionPolicy) return { type: 'positions' }
  if (before.sequence.segmentPolicy !== after.sequence.segmentPolicy) return { type: 'segments' }
  if (!isAlike(before.mask.rules, after.mask.rules)) return { type: 'rules' }
  if (before.mask.inverted !== after.mask.inverted) return { type: 'inverted' }
  const cells = apart(before.mask.paint, after.mask.paint)
  if (cells.lost.length + cells.gained.length > 0) {
    return { type: 'painted', cells: Math.max(cells.lost.length, cells.gained.length) }
  }
  const heads = apart(before.ablated, after.ablated)
  if (heads.gained.length > 0) return { type: 'off', heads: heads.gained }
  return heads.lost.length > 0 ? { type: 'on', heads: heads.lost } : null
}

/** What only one of two lists has. */
function apart<T>(before: readonly T[], after: readonly T[]): { lost: T[]; gained: T[] } {
  const [old, now] = [before, after].map((list) => new Set(list.map((item) => JSON.stringify(item)))) as [
    Set<string>,
    Set<string>,
  ]
  return {
    lost: before.filter((item) => !now.has(JSON.stringify(item))),
    gained: after.filter((item) => !old.has(JSON.stringify(item))),
  }
}

/** Of plain data written in the same order. */
function isAlike(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

/** The fewest tokens of both sequences that had to change places. */
function moved(before: Sequence, after: Sequence): Token[] {
  const keys = ({ tokens }: Sequence) => tokens.map(({ key }) => key)
  const stayed = commonSubsequence(keys(before), keys(after))
  const old = new Set(keys(before))
  return after.tokens.filter(({ key }, place) => stayed[place] === -1 && old.has(key))
}
