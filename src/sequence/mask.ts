/**
 * Which query may read which key: named rules, and painted cells on top. Both are data; `readable` is their meaning, and
 * `toMask` packs it for the attention kernel.
 */

import { maskWords, packMask } from '../core/mask.ts'
import { KINDS, type Kind } from '../core/tokens.ts'
import { type Facts, type Formula, meaningOf } from './formula.ts'
import { textParts } from './numbering.ts'
import { active, type Sequence, type Token } from './token.ts'

/** One rule; a cell is readable where all rules of its layer and head allow it. No `layers`: every layer. */
export type MaskRule = { readonly layers?: readonly number[] } & (
  | { readonly type: 'padding' } // nobody reads a PAD
  | { readonly type: 'causal' } // nobody reads ahead (Vaswani et al. 2017, §3.2.3)
  | { readonly type: 'prefix'; readonly length: number } // causal, but everybody reads the first tokens (Raffel et al. 2020)
  | { readonly type: 'segments' } // each segment reads itself only, as in packing; CLS belongs to the first
  | { readonly type: 'window'; readonly radius: number; readonly besides?: readonly Kind[] } // neighbours only (Longformer, Beltagy et al. 2020); kinds besides are neither bound nor counted
  | { readonly type: 'only'; readonly queries: readonly Kind[]; readonly keys: readonly Kind[] } // they read nothing else
  | { readonly type: 'never'; readonly queries: readonly Kind[]; readonly keys: readonly Kind[] } // they do not read those
  | { readonly type: 'formula'; readonly formula: Formula; readonly heads?: readonly number[] } // no `heads`: every head
)

/** A cell set by hand, in one layer or in all; it follows its tokens by key. One layer's cell wins over all layers'. */
export interface PaintedCell {
  readonly layer: number | 'all'
  readonly query: number
  readonly key: number
  readonly readable: boolean
}

export interface MaskSpec {
  readonly rules: readonly MaskRule[]
  /** Turns what the rules say into its opposite. */
  readonly inverted: boolean
  /** Wins over the rules; at most one cell for each (layer, query, key). */
  readonly paint: readonly PaintedCell[]
}

/** What a run uses by default: everything reads everything but padding. */
export const DEFAULT_MASK: MaskSpec = { rules: [{ type: 'padding' }], inverted: false, paint: [] }

/** Named starting points; `prefix` and `window` come with a length to change. */
export const MASK_PRESETS = {
  all: [],
  padding: [{ type: 'padding' }],
  causal: [{ type: 'padding' }, { type: 'causal' }],
  prefix: [{ type: 'padding' }, { type: 'prefix', length: 4 }],
  segments: [{ type: 'padding' }, { type: 'segments' }],
  window: [{ type: 'padding' }, { type: 'window', radius: 2 }],
  clsReadsSep: [{ type: 'padding' }, { type: 'only', queries: ['cls'], keys: ['sep'] }],
  nobodyReadsCls: [{ type: 'padding' }, { type: 'never', queries: KINDS, keys: ['cls'] }],
  nobodyReadsSep: [{ type: 'padding' }, { type: 'never', queries: KINDS, keys: ['sep'] }],
  causalWindow: [{ type: 'padding' }, { type: 'causal' }, { type: 'window', radius: 4 }],
  nobodyReadsBos: [{ type: 'padding' }, { type: 'causal' }, { type: 'never', queries: KINDS, keys: ['bos'] }],
  nobodyReadsEosent: [{ type: 'padding' }, { type: 'causal' }, { type: 'never', queries: KINDS, keys: ['eosent'] }],
} as const satisfies Record<string, readonly MaskRule[]>

/**
 * Whether the query of a row may read the key of a row, in a layer; rows count the active tokens. Where heads differ, `head` says which is
 * asked about; without one, or for the mean of all, it is whether some head may.
 */
export type Readable = (layer: number, query: number, key: number, head?: number | 'mean') => boolean

/**
 * The meaning of a mask. A token whose status is `masked` is unreadable whatever the mask says.
 * @param read the sequence that is read, where it is not the one that reads
 * @param heads how many the model has: where every one is named by some rule, there is no other
 */
export function readable(
  sequence: Sequence,
  spec: MaskSpec,
  read = sequence,
  heads = Number.POSITIVE_INFINITY,
): Readable {
  const tokens = active(read)
  const rules = spec.rules.map((rule) => ({
    layers: rule.layers,
    heads: headsOf(rule),
    allows: predicate(rule, sequence, read),
  }))
  const painted = paintByLayer(active(sequence), tokens, spec.paint)
  const everywhere = painted.get('all')
  const named = namedHeads(spec)
  const anyHead = named.size < heads ? [...named, OTHER_HEAD] : [...named]
  return (layer, query, key, head = 'mean') => {
    if (tokens[key]?.status === 'masked') return false
    const cell = query * tokens.length + key
    const byHand = painted.get(layer)?.get(cell) ?? everywhere?.get(cell)
    if (byHand !== undefined) return byHand
    const allowedIn = (one: number) =>
      rules.every(
        ({ layers, heads, allows }) =>
          (layers && !layers.includes(layer)) || (heads && !heads.includes(one)) || allows(query, key),
      ) !== spec.inverted
    return head === 'mean' ? anyHead.some(allowedIn) : allowedIn(head)
  }
}

/** Stands for every head that no rule names. */
const OTHER_HEAD = -1

function headsOf(rule: MaskRule): readonly number[] | undefined {
  return rule.type === 'formula' ? rule.heads : undefined
}

/** The heads that some rule names. */
function namedHeads(spec: MaskSpec): Set<number> {
  return new Set(spec.rules.flatMap((rule) => headsOf(rule) ?? []))
}

/** A mask as the attention kernel reads it (models/model.ts). */
interface Packed {
  bits: Uint32Array<ArrayBuffer>
  layers: number
  heads?: number
}

/**
 * The mask as the attention kernel reads it: T is the number of active tokens.
 * @param stack the layers and heads of what reads
 * @param read the sequence that is read, where it is not the one that reads
 * @returns bits u32 [Lm, Hm, Tq, ⌈Tk/32⌉]; Lm is 1 unless a rule or a painted cell belongs to one layer, Hm (absent: 1) unless a rule
 *   belongs to some heads
 */
export function toMask(
  sequence: Sequence,
  spec: MaskSpec,
  stack: { layers: number; heads: number },
  read = sequence,
): Packed {
  const mayRead = readable(sequence, spec, read)
  const [queries, keys] = [active(sequence).length, active(read).length]
  const pack = (layer: number, head: number) => packMask(queries, (q, k) => mayRead(layer, q, k, head), keys)
  const [ownLayers, ownHeads] = [namedLayers(spec), namedHeads(spec)]
  const layers = ownLayers.size > 0 ? stack.layers : 1
  const heads = ownHeads.size > 0 ? stack.heads : 1
  const known = new Map<string, Uint32Array>()
  // Layers and heads that nothing names have one mask.
  const packed = (layer: number, head: number) => {
    const place: [number, number] = [ownLayers.has(layer) ? layer : -1, ownHeads.has(head) ? head : OTHER_HEAD]
    const bits = known.get(place.join()) ?? pack(...place)
    known.set(place.join(), bits)
    return bits
  }
  const words = queries * maskWords(keys)
  const bits = new Uint32Array(layers * heads * words)
  for (let layer = 0; layer < layers; layer++) {
    for (let head = 0; head < heads; head++) bits.set(packed(layer, head), (layer * heads + head) * words)
  }
  return { bits, layers, ...(heads > 1 && { heads }) }
}

/** Paints cells over what was there; of two for the same cell the later wins, and a cell of all layers covers every layer. */
export function paint(spec: MaskSpec, cells: readonly PaintedCell[]): MaskSpec {
  const covered = new Set<number>()
  const fromLast = [...spec.paint, ...cells].reverse().filter((cell) => {
    const name = cellName(cell)
    if (covered.has(name) || covered.has(cellName({ ...cell, layer: 'all' }))) return false
    return covered.add(name)
  })
  return { ...spec, paint: fromLast.reverse() }
}

/** Takes paint off cells, so that the rules show again; `all` takes it off in every layer. */
export function erase(spec: MaskSpec, cells: readonly Omit<PaintedCell, 'readable'>[]): MaskSpec {
  const gone = new Set(cells.map(cellName))
  return {
    ...spec,
    paint: spec.paint.filter((cell) => !gone.has(cellName(cell)) && !gone.has(cellName({ ...cell, layer: 'all' }))),
  }
}

/** Turns every cell into its opposite, painted ones too. */
export function invert(spec: MaskSpec): MaskSpec {
  const opposite = spec.paint.map((cell) => ({ ...cell, readable: !cell.readable }))
  return { ...spec, inverted: !spec.inverted, paint: opposite }
}

/** Back to the rules alone. */
export function clear(spec: MaskSpec): MaskSpec {
  return { ...spec, inverted: false, paint: [] }
}

/** Forgets the paint of tokens that no longer exist; that of removed ones waits for them to be restored. */
export function prune(spec: MaskSpec, sequence: Sequence): MaskSpec {
  const keys = new Set(sequence.tokens.map((token) => token.key))
  return { ...spec, paint: spec.paint.filter((cell) => keys.has(cell.query) && keys.has(cell.key)) }
}

/** The layers that some rule or painted cell names. */
function namedLayers(spec: MaskSpec): Set<number> {
  const painted = spec.paint.flatMap((cell) => (cell.layer === 'all' ? [] : [cell.layer]))
  return new Set([...painted, ...spec.rules.flatMap((rule) => rule.layers ?? [])])
}

/** A number of its own for each cell: keys stay below 2²¹, and the layer takes what is left of 53 bits. */
function cellName({ layer, query, key }: Omit<PaintedCell, 'readable'>): number {
  return ((layer === 'all' ? 0 : layer + 1) * 2 ** 21 + query) * 2 ** 21 + key
}

/** Painted cells by layer and then by query · Tk + key in rows; cells of tokens that are not active fall out. */
function paintByLayer(
  queries: readonly Token[],
  keys: readonly Token[],
  cells: readonly PaintedCell[],
): Map<number | 'all', Map<number, boolean>> {
  const [rows, columns] = [queries, keys].map((tokens) => new Map(tokens.map(({ key }, place) => [key, place])))
  const layers = new Map<number | 'all', Map<number, boolean>>()
  for (const cell of cells) {
    const query = rows?.get(cell.query)
    const key = columns?.get(cell.key)
    if (query === undefined || key === undefined) continue
    const layer = layers.get(cell.layer) ?? new Map<number, boolean>()
    layers.set(cell.layer, layer.set(query * keys.length + key, cell.readable))
  }
  return layers
}

function predicate(rule: MaskRule, sequence: Sequence, read: Sequence): (query: number, key: number) => boolean {
  const [queries, keys] = [active(sequence), active(read)]
  switch (rule.type) {
    case 'padding': {
      const pad = isOneOf(keys, ['pad'])
      return (_, k) => !pad[k]
    }
    case 'causal':
      return (q, k) => k <= q
    case 'prefix':
      return (q, k) => k < rule.length || k <= q
    case 'segments': {
      const [part, partRead] = [textParts(sequence), textParts(read)]
      return (q, k) => part[q] === partRead[k]
    }
    case 'window': {
      const [query, key] = [placesBut(queries, rule.besides), placesBut(keys, rule.besides)]
      return (q, k) => {
        const [from, to] = [query[q] ?? null, key[k] ?? null]
        return from === null || to === null || Math.abs(from - to) <= rule.radius
      }
    }
    case 'only': {
      const [query, key] = [isOneOf(queries, rule.queries), isOneOf(keys, rule.keys)]
      return (q, k) => !query[q] || key[k] === true
    }
    case 'never': {
      const [query, key] = [isOneOf(queries, rule.queries), isOneOf(keys, rule.keys)]
      return (q, k) => !(query[q] && key[k])
    }
    case 'formula': {
      const facts = factsOf(sequence)
      return meaningOf(rule.formula, facts, read === sequence ? facts : factsOf(read))
    }
  }
}

/** The place of each token among those of no such kind; null for the others. */
function placesBut(tokens: readonly Token[], kinds: readonly Kind[] = []): (number | null)[] {
  let place = 0
  return tokens.map(({ kind }) => (kinds.includes(kind) ? null : place++))
}

function isOneOf(tokens: readonly Token[], kinds: readonly Kind[]): boolean[] {
  return tokens.map((token) => kinds.includes(token.kind))
}

/** What formulas ask of a sequence. */
export function factsOf(sequence: Sequence): Facts {
  return { kinds: active(sequence).map(({ kind }) => kind), doc: textParts(sequence) }
}
