/**
 * Which query may read which key: named rules, and painted cells on top. Both are data; `readable` is their meaning, and
 * `toMask` packs it for the attention kernel.
 */

import { packMask } from '../core/mask.ts'
import { KINDS, type Kind } from '../core/tokens.ts'
import { textParts } from './numbering.ts'
import { active, type Sequence, type Token } from './token.ts'

/** One rule; a cell is readable where all rules of its layer allow it. No `layers`: every layer. */
export type MaskRule = { readonly layers?: readonly number[] } & (
  | { readonly type: 'padding' } // nobody reads a PAD
  | { readonly type: 'causal' } // nobody reads ahead (Vaswani et al. 2017, §3.2.3)
  | { readonly type: 'prefix'; readonly length: number } // causal, but everybody reads the first tokens (Raffel et al. 2020)
  | { readonly type: 'segments' } // each segment reads itself only, as in packing; CLS belongs to the first
  | { readonly type: 'window'; readonly radius: number; readonly besides?: readonly Kind[] } // neighbours only (Longformer, Beltagy et al. 2020); kinds besides are neither bound nor counted
  | { readonly type: 'only'; readonly queries: readonly Kind[]; readonly keys: readonly Kind[] } // they read nothing else
  | { readonly type: 'never'; readonly queries: readonly Kind[]; readonly keys: readonly Kind[] } // they do not read those
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

/** Whether the query of a row may read the key of a row, in a layer; rows count the active tokens. */
export type Readable = (layer: number, query: number, key: number) => boolean

/**
 * The meaning of a mask. A token whose status is `masked` is unreadable whatever the mask says.
 * @param read the sequence that is read, where it is not the one that reads
 */
export function readable(sequence: Sequence, spec: MaskSpec, read = sequence): Readable {
  const tokens = active(read)
  const rules = spec.rules.map((rule) => ({ layers: rule.layers, allows: predicate(rule, sequence, read) }))
  const painted = paintByLayer(active(sequence), tokens, spec.paint)
  const everywhere = painted.get('all')
  return (layer, query, key) => {
    if (tokens[key]?.status === 'masked') return false
    const cell = query * tokens.length + key
    const byHand = painted.get(layer)?.get(cell) ?? everywhere?.get(cell)
    if (byHand !== undefined) return byHand
    const allowed = rules.every(({ layers, allows }) => (layers && !layers.includes(layer)) || allows(query, key))
    return allowed !== spec.inverted
  }
}

/**
 * The mask as the attention kernel reads it: T is the number of active tokens.
 * @param layers L of the model
 * @param read the sequence that is read, where it is not the one that reads
 * @returns bits u32 [Lm, Tq, ⌈Tk/32⌉]; layers: Lm, which is 1 unless a rule or a painted cell belongs to one layer
 */
export function toMask(
  sequence: Sequence,
  spec: MaskSpec,
  layers: number,
  read = sequence,
): { bits: Uint32Array<ArrayBuffer>; layers: number } {
  const mayRead = readable(sequence, spec, read)
  const [queries, keys] = [active(sequence).length, active(read).length]
  const pack = (layer: number) => packMask(queries, (q, k) => mayRead(layer, q, k), keys)
  const named = namedLayers(spec)
  const common = pack(-1) // what every layer has that no rule and no cell names
  const count = named.size > 0 ? layers : 1
  const bits = new Uint32Array(count * common.length)
  for (let layer = 0; layer < count; layer++) {
    bits.set(named.has(layer) ? pack(layer) : common, layer * common.length)
  }
  return { bits, layers: count }
}

/** Paints cells over what was there; of two for the same cell the later wins, and a cell of all layers covers every layer. */
export function paint(spec: MaskSpec, cells: readonly PaintedCell[]): MaskSpec {
  const covered = new Set<string>()
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

function cellName({ layer, query, key }: Omit<PaintedCell, 'readable'>): string {
  return `${layer}/${query}/${key}`
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
