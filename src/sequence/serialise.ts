/**
 * The compact form of a sequence and its mask for permalinks: only what differs from the unedited sequence (`base`), which
 * the state rebuilds from its texts or its picture. Keys are not kept: paint refers to places in the strip.
 */

import { ClsroomError } from '../core/errors.ts'
import {
  remove,
  replace,
  setHidden,
  setPosition,
  setPositionPolicy,
  setSegment,
  setSegmentPolicy,
  setStart,
  setStatus,
} from './edit.ts'
import { DEFAULT_MASK, type MaskSpec, type PaintedCell, paint, prune } from './mask.ts'
import type { EncodedTokens, Run, TokenState } from './serialise_schema.ts'
import { type Entry, entryOf, newToken, type Origin, type Sequence, type Token } from './token.ts'

/**
 * @param base the unedited sequence of the same texts or picture (`fromSegments`, `fromImage`)
 * @param usual the mask of an unedited document
 * @returns plain JSON; an unedited sequence with the usual mask gives `{}`
 */
export function encodeTokens(
  sequence: Sequence,
  mask: MaskSpec,
  base: Sequence,
  usual: MaskSpec = DEFAULT_MASK,
): EncodedTokens {
  const { tokens } = sequence
  const places = new Map(base.tokens.map((token, place) => [originName(token.origin), place]))
  const home = tokens.map((token) => places.get(originName(token.origin)))
  const untouched = tokens.length === base.tokens.length && home.every((place, i) => place === i)
  const states = encodeStates(
    tokens,
    home.map((place) => base.tokens[place ?? -1]),
  )
  const strokes = encodePaint(prune(mask, sequence).paint, tokens)
  return {
    ...(sequence.positionPolicy === 'keep' && { keep: true }),
    ...(sequence.segmentPolicy === 'separators' && { segmentsBySeparators: true }),
    ...(!untouched && { strip: encodeStrip(tokens, home) }),
    ...(states.length > 0 && { states }),
    ...(!same(mask.rules, usual.rules) && { rules: mask.rules }),
    ...(mask.inverted && { inverted: true }),
    ...(strokes.length > 0 && { paint: strokes }),
  }
}

/** Far above what a person inserts by hand. */
const MOST_INSERTED = 1024

/**
 * @param data what `encodeTokens` gave, or what a link holds that its schema has let through
 * @param base the unedited sequence of the texts or the picture in the link
 * @returns the sequence and mask with what fits `base`, and a `state` error that says what had to be left out
 */
export function decodeTokens(
  data: EncodedTokens,
  base: Sequence,
  usual: MaskSpec = DEFAULT_MASK,
): { sequence: Sequence; mask: MaskSpec; problem: ClsroomError | null } {
  const { keep, segmentsBySeparators, strip, states, rules, inverted, paint: strokes } = data
  const unfit: string[] = []
  const bare = strip ? decodeStrip(strip, base, unfit) : base
  const keys = bare.tokens.map((token) => token.key)
  const keysAt = (at: readonly Run[]) => fromRuns(at, keys, unfit)
  const changed = decodeStates(bare, states, keysAt)
  const placed = keep && base.positionPolicy !== 'grid' ? setPositionPolicy(changed, 'keep') : changed
  const sequence = segmentsBySeparators ? setSegmentPolicy(placed, 'separators') : placed
  const unpainted = { rules: rules ?? usual.rules, inverted: inverted ?? false, paint: [] }
  const mask = prune(paint(unpainted, decodePaint(strokes, keysAt)), sequence)
  return { sequence, mask, problem: unfit.length > 0 ? misfit(unfit) : null }
}

function misfit(unfit: readonly string[]): ClsroomError {
  return new ClsroomError('state', 'The link was made for another text or picture; what fits was applied', {
    found: [...new Set(unfit)].slice(0, 5).join(', '),
  })
}

/** The strip: runs of base tokens, and inserted ones as they were written. */
function encodeStrip(tokens: readonly Token[], home: readonly (number | undefined)[]): [number | Entry, number][] {
  const strip: [number | Entry, number][] = []
  tokens.forEach((token, i) => {
    const item = home[i] ?? entryOf(token.original ?? token)
    const last = strip.at(-1)
    const next = typeof last?.[0] === 'number' ? last[0] + last[1] : last?.[0]
    if (last && same(item, next)) last[1]++
    else strip.push([item, 1])
  })
  return strip
}

/** The tokens in the order of the strip; base tokens that it leaves out are put at the end. */
function decodeStrip(strip: NonNullable<EncodedTokens['strip']>, base: Sequence, unfit: string[]): Sequence {
  const rest = new Set(base.tokens)
  const tokens: Token[] = []
  let { nextKey } = base
  for (const [item, length] of strip) {
    if (typeof item === 'number') {
      const run = base.tokens.slice(item, item + length).filter((token) => rest.delete(token))
      if (run.length < length) unfit.push(`${length - run.length} tokens from place ${item}`)
      tokens.push(...run)
    } else {
      const times = Math.min(length, MOST_INSERTED - (nextKey - base.nextKey))
      if (times < length) unfit.push(`more than ${MOST_INSERTED} inserted tokens`)
      for (let i = 0; i < times; i++) tokens.push(newToken(nextKey++, item, { type: 'inserted' }))
    }
  }
  if (rest.size > 0) unfit.push(`no place for ${rest.size} tokens`)
  return { ...base, tokens: [...tokens, ...rest], nextKey }
}

function encodeStates(
  tokens: readonly Token[],
  bases: readonly (Token | undefined)[],
): NonNullable<EncodedTokens['states']> {
  const groups = new Map<string, { state: TokenState; places: number[] }>()
  tokens.forEach((token, i) => {
    const state = stateOf(token, bases[i])
    if (Object.keys(state).length === 0) return
    const name = JSON.stringify(state)
    const group = groups.get(name) ?? { state, places: [] }
    groups.set(name, group)
    group.places.push(i)
  })
  return [...groups.values()].map(({ state, places }) => ({ ...state, at: toRuns(places) }))
}

/** What was done to a token, against what it is in the base; an inserted one has its start vector in the strip. */
function stateOf(token: Token, base: Token | undefined): TokenState {
  const { status, hidden, segmentId, positionId, original } = token
  const { start } = original ?? token
  return {
    ...(status !== 'read' && { status }),
    ...(hidden && { hidden }),
    ...(segmentId !== undefined && { segmentId }),
    ...(positionId !== undefined && { positionId }),
    ...(base && !same(start, base.start) && { start: start ?? null }),
    ...(original && { replacement: entryOf(token) }),
  }
}

function decodeStates(sequence: Sequence, states: EncodedTokens['states'], keysAt: (at: readonly Run[]) => number[]) {
  const removed: number[] = [] // last: the keys of an inserted token are gone once it is removed
  let changed = sequence
  for (const { at, status, hidden, segmentId, positionId, start, replacement } of states ?? []) {
    const keys = keysAt(at)
    if (start !== undefined) changed = setStart(changed, keys, start ?? undefined)
    if (replacement) changed = replace(changed, keys, replacement)
    if (segmentId !== undefined) changed = setSegment(changed, keys, segmentId)
    if (positionId !== undefined) changed = setPosition(changed, keys, positionId)
    if (hidden) changed = setHidden(changed, keys, true)
    if (status === 'masked') changed = setStatus(changed, keys, status)
    if (status === 'removed') removed.push(...keys)
  }
  return remove(changed, removed)
}

/** Cells of all layers come first: where one of a single layer lies over them, it was painted later (`paint`). */
function encodePaint(cells: readonly PaintedCell[], tokens: readonly Token[]): NonNullable<EncodedTokens['paint']> {
  const isOfAll = ({ layer }: PaintedCell) => layer === 'all'
  const places = new Map(tokens.map((token, place) => [token.key, place]))
  const strokes = new Map<string, { cell: PaintedCell; keys: number[] }>()
  for (const cell of [...cells.filter(isOfAll), ...cells.filter((cell) => !isOfAll(cell))]) {
    const name = `${cell.layer}/${cell.query}/${cell.readable}`
    const stroke = strokes.get(name) ?? { cell, keys: [] }
    strokes.set(name, stroke)
    stroke.keys.push(places.get(cell.key) as number)
  }
  return [...strokes.values()].map(({ cell: { layer, query, readable }, keys }) => {
    return { layer, query: places.get(query) as number, keys: toRuns(keys.sort((a, b) => a - b)), readable }
  })
}

function decodePaint(strokes: EncodedTokens['paint'], keysAt: (at: readonly Run[]) => number[]): PaintedCell[] {
  return (strokes ?? []).flatMap(({ layer, query, keys, readable }) =>
    keysAt([[query, 1]]).flatMap((q) => keysAt(keys).map((key) => ({ layer, query: q, key, readable }))),
  )
}

/** Ascending places as runs. */
function toRuns(places: readonly number[]): Run[] {
  const runs: Run[] = []
  for (const place of places) {
    const last = runs.at(-1)
    if (last && last[0] + last[1] === place) last[1]++
    else runs.push([place, 1])
  }
  return runs
}

/** What stands at the places of some runs; those beyond the end are noted. */
function fromRuns(runs: readonly Run[], keys: readonly number[], unfit: string[]): number[] {
  return runs.flatMap(([first, length]) => {
    const found = keys.slice(first, first + length)
    if (found.length < length) unfit.push(`token ${first + length - 1} of ${keys.length}`)
    return found
  })
}

/** A name that a token of the template, the text or the picture has in every sequence made of them. */
function originName(origin: Origin): string | null {
  switch (origin.type) {
    case 'template':
      return `slot ${origin.slot}`
    case 'opening':
      return `opening ${origin.segment}`
    case 'piece':
      return `piece ${origin.segment} ${origin.piece}`
    case 'patch':
      return `patch ${origin.patch}`
    case 'row':
      return `row ${origin.row}`
    case 'written':
      return `written ${origin.place}`
    case 'inserted':
      return null
  }
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
