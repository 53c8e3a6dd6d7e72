/**
 * The grammar of CLSroom: a sequence is an ordered list of tokens, plain JSON-able data that is never changed in place.
 * Everything that can be derived (which tokens the model reads, their position and segment ids, the mask) is a function
 * of the sequence and is not stored. Edits are in edit.ts.
 */

import { ClsroomError } from '../core/errors.ts'
import type { Kind, StartVector } from '../core/tokens.ts'

/** What a position feeds to the model: a row of a trained table, or the vector `start`, which nobody trained. */
export interface Entry {
  readonly kind: Kind
  /** Row of the vocabulary (text) or of the special table (ViT: its class tokens, then its registers); null: a patch, a row of numbers, or untrained. */
  readonly id: number | null
  readonly label: string
  /** Set: the embedding is this start vector, not a trained row. */
  readonly start?: StartVector
}

/**
 * Where a token comes from. A template of n segments, or of n tokens behind CLS, has the slots 0 (the opening CLS or BOS) to n:
 * slot s + 1 is the separator that closes segment s, or the s-th of those tokens.
 */
export type Origin =
  | { readonly type: 'piece'; readonly segment: number; readonly piece: number } // the piece-th of that segment's text
  | { readonly type: 'patch'; readonly patch: number } // row by row over the grid
  | { readonly type: 'row'; readonly row: number } // of numbers
  | { readonly type: 'template'; readonly slot: number }
  | { readonly type: 'opening'; readonly segment: number } // a separator before a segment (RoBERTa doubles them)
  | { readonly type: 'written'; readonly place: number } // the place-th that the model wrote
  | { readonly type: 'inserted' } // by hand

/** read: as usual. masked: in the sequence, but no query may read it as a key. removed: not in the model's sequence. */
export type Status = 'read' | 'masked' | 'removed'

export interface Token extends Entry {
  /** Identity within a lab: survives every edit and is never given to another token. */
  readonly key: number
  readonly origin: Origin
  /** What the person wrote there: what hides under an [UNK], or under the [MASK] that replaced it. */
  readonly text?: string
  /** What stood here before `replace`. */
  readonly original?: Entry
  readonly status: Status
  /** Display only: the model runs as if nothing had happened. */
  readonly hidden: boolean
  /** Set by hand; otherwise numbering.ts derives them. */
  readonly segmentId?: number
  readonly positionId?: number
}

/**
 * How tokens get position ids. renumber: 0, 1, 2, … in order. keep: a token of the text keeps the id it has in the unedited
 * text, an inserted one takes its neighbour's. grid (ViT): CLS 0, patch p 1 + p, everything else no position (−1).
 */
export type PositionPolicy = 'renumber' | 'keep' | 'grid'

/**
 * How tokens get segment ids. text: those of the text they were tokenised with, as transformers' tokenizer gives them,
 * whatever was done to the sequence since; an inserted one takes its neighbour's. separators: by the stretch between
 * separators that they stand in now.
 */
export type SegmentPolicy = 'text' | 'separators'

export interface Sequence {
  readonly tokens: readonly Token[]
  /** The key of the next new token. */
  readonly nextKey: number
  readonly positionPolicy: PositionPolicy
  readonly segmentPolicy: SegmentPolicy
}

/** The tokens the model runs on, in order: the rows of a run. */
export function active(sequence: Sequence): Token[] {
  return sequence.tokens.filter((token) => token.status !== 'removed')
}

/** A word piece (known or [UNK]), a patch or an asset, as against a special token; a replaced one counts as what it is now. */
export function isContent(entry: Entry): boolean {
  return entry.kind === 'word' || entry.kind === 'patch' || entry.kind === 'asset' || entry.kind === 'unk'
}

/** Whether the model never trained this token's embedding. */
export function isUntrained(entry: Entry): boolean {
  return entry.start !== undefined
}

/** What a token feeds to the model, without its identity and states. */
export function entryOf({ kind, id, label, start }: Entry): Entry {
  return start ? { kind, id, label, start } : { kind, id, label }
}

/** The keys as a set. @throws ClsroomError `input` if one is not in the sequence */
export function knownKeys(sequence: Sequence, keys: Iterable<number>): Set<number> {
  const wanted = new Set(keys)
  const known = new Set(sequence.tokens.map((token) => token.key))
  const missing = [...wanted].filter((key) => !known.has(key))
  if (missing.length === 0) return wanted
  throw new ClsroomError('input', 'The sequence has no such token', {
    found: `key ${missing.join(', ')}`,
    expected: `one of its ${sequence.tokens.length} tokens`,
  })
}

/** A token as it is when it comes into the sequence. */
export function newToken(key: number, entry: Entry, origin: Origin, text?: string): Token {
  return { key, ...entryOf(entry), origin, ...(text === undefined ? {} : { text }), status: 'read', hidden: false }
}
