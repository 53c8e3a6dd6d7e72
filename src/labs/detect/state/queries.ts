/** A detector's queries as a document: which of them ask, what each starts from, and who may read whom. */

import { packMask, stackedMasks } from '../../../core/mask.ts'
import { windowOfPatch } from '../../../core/patch_grid.ts'
import { normal } from '../../../core/random.ts'
import type { NDArray } from '../../../core/shapes.ts'
import type { ForwardRequest, ModelInfo } from '../../../engine/protocol.ts'

export const STARTS = ['trained', 'zeros', 'mean', 'noise', 'copy'] as const
/** trained; all zeros; the mean of all trained ones; noise as long as the trained one; the trained one with a little noise. */
export type Start = (typeof STARTS)[number]

export const STATUSES = ['read', 'hidden', 'masked', 'removed'] as const
/** hidden: it asks and is read, and is not shown. masked: it asks, and no other query (or patch) reads it. removed: it does not ask. */
export type Status = (typeof STATUSES)[number]

export interface Query {
  /** The trained query, from 0. */
  of: number
  start: Start
  status: Status
}

export const trainedQueries = (count: number): Query[] =>
  Array.from({ length: count }, (_, of) => ({ of, start: 'trained', status: 'read' }))

/** Attention by who reads whom; CLS counts as a patch. */
export const QUADRANTS = ['patch-patch', 'patch-det', 'det-patch', 'det-det'] as const

/** What can be closed: a quadrant, or of the first one all but the windows of ViDT. */
export const CLOSABLE = [...QUADRANTS, 'patch-far'] as const
export type Closable = (typeof CLOSABLE)[number]

/** ViDT's windows as the page's own has them, where a model has none. */
export const WINDOWS = { side: 4, shift: 2 } as const

type Info = Pick<ModelInfo, 'decoder' | 'image' | 'layers'>

/** Detection tokens stand behind the patches of one sequence (YOLOS, and ViDT's body); object queries do not (DETR). */
export function standBehindPatches({ image }: Pick<ModelInfo, 'image'>): boolean {
  return image?.detections !== undefined
}

/** What a model leaves open: where queries stand in a decoder alone, or patches in windows, no patch reads a query. */
export function closableOf(info: Info): Closable[] {
  const windows = info.image?.windows !== undefined
  const patchesRead = standBehindPatches(info) && !windows
  return CLOSABLE.filter((one) => (one === 'patch-det' ? patchesRead : one !== 'patch-far' || !windows))
}

/** Who is closed to whom in published detectors. DETR's encoder and ViDT's body let no patch read a query. */
export const PRESETS: Readonly<Record<'yolos' | 'vidt' | 'detr' | 'apart', readonly Closable[]>> = {
  yolos: [],
  vidt: ['patch-det', 'patch-far'],
  detr: ['patch-det'],
  apart: ['det-det'],
}

/** Those that say something of a model: it cannot open what it was built without. */
export function presetsOf(info: Info): (keyof typeof PRESETS)[] {
  if (info.image?.windows) return ['vidt', 'apart']
  return standBehindPatches(info) ? ['yolos', 'vidt', 'detr', 'apart'] : ['vidt', 'detr', 'apart']
}

export type Asking = Query & {
  /** Its place in the document: chips and links name it by this. */
  place: number
}

/** Those that ask, in order: the rows of the answers. */
export function askingQueries(queries: readonly Query[]): Asking[] {
  return queries.flatMap((query, place) => (query.status === 'removed' ? [] : [{ ...query, place }]))
}

/** The length of the noise that parts a copy from its original, in shares of the original's. */
export const COPY_NOISE = 0.3

/**
 * What the queries start from, where it is not what the model trained.
 * @param table trained start vectors [Q, D]; of detection tokens without their positions
 * @param positions of detection tokens [Q, D]; absent: object queries have none
 */
export function startVectors(asking: readonly Asking[], table: NDArray, positions?: NDArray) {
  const [trained, D] = table.dims as [number, number]
  const row = (array: NDArray, of: number) => array.data.slice(of * D, (of + 1) * D) as Float32Array
  const whole = (of: number) => {
    const own = row(table, of)
    const place = positions && row(positions, of)
    return place ? own.map((value, d) => value + (place[d] as number)) : own
  }
  const mean = new Float32Array(D)
  for (let of = 0; of < trained; of++) {
    for (const [d, value] of whole(of).entries()) mean[d] = (mean[d] as number) + value / trained
  }
  const data = new Float32Array(asking.length * D)
  asking.forEach(({ of, start, place }, i) => {
    data.set(vector(start, { own: row(table, of), whole: whole(of), mean, seed: place + 1 }), i * D)
  })
  // What takes the place of a token takes that of its position, too.
  const keeps = ({ start }: Query) => positions !== undefined && (start === 'trained' || start === 'copy')
  return { dims: [asking.length, D], data, positions: asking.map((query) => (keeps(query) ? query.of : -1)) }
}

function vector(
  start: Start,
  { own, whole, mean, seed }: { own: Float32Array; whole: Float32Array; mean: Float32Array; seed: number },
): Float32Array {
  switch (start) {
    case 'trained':
      return own
    case 'zeros':
      return new Float32Array(own.length)
    case 'mean':
      return mean
    case 'noise':
      return noise(own.length, seed, length(whole))
    case 'copy': {
      const added = noise(own.length, seed, COPY_NOISE * length(whole))
      return own.map((value, d) => value + (added[d] as number))
    }
  }
}

const length = (v: Float32Array) => Math.hypot(...v)

/** A direction by lot. */
function noise(D: number, seed: number, size: number): Float32Array {
  const next = normal(seed)
  const drawn = Float32Array.from({ length: D }, next)
  const scale = size / length(drawn)
  return drawn.map((value) => value * scale)
}

type Masks = Pick<ForwardRequest, 'mask' | 'decoderMask' | 'crossMask'>

/** The tokens that no query is: class tokens first, then the patches, row by row. */
export interface Patches {
  leading: number
  rows: number
  columns: number
}

/**
 * The masks of closed quadrants and masked queries. A token always reads itself, and so does a query.
 * @param patches they stand before the queries
 */
export function masksOf(
  info: Info,
  asking: readonly Asking[],
  closed: readonly Closable[],
  { leading, rows, columns }: Patches,
): Masks {
  const isClosed = (part: Closable) => closed.includes(part)
  const isMasked = asking.map(({ status }) => status === 'masked')
  if (closed.length === 0 && !isMasked.includes(true)) return {}
  const Q = asking.length
  const N = leading + rows * columns
  const among = (query: number, key: number) => query === key || !(isClosed('det-det') || isMasked[key])
  const nearby = (layer: number) => (query: number, key: number) => {
    if (query === key || isClosed('patch-patch')) return query === key
    // A class token has no place.
    if (!isClosed('patch-far') || query < leading || key < leading) return true
    const window = (token: number) => windowOfPatch(token - leading, layer, { ...WINDOWS, columns })
    return window(query) === window(key)
  }
  // Windows are shifted from layer to layer.
  const ofLayers = (tokens: number, readable: (layer: number) => (query: number, key: number) => boolean) =>
    stackedMasks(
      Array.from({ length: isClosed('patch-far') ? info.layers : 1 }, (_, layer) => packMask(tokens, readable(layer))),
    )
  const inDecoder = info.decoder &&
    Q > 0 && {
      decoderMask: { layers: 1, bits: packMask(Q, among) },
      ...(isClosed('det-patch') && { crossMask: { layers: 1, bits: packMask(Q, () => false, rows * columns) } }),
    }
  if (!standBehindPatches(info)) {
    const mask = (isClosed('patch-patch') || isClosed('patch-far')) && ofLayers(N, nearby)
    return { ...(mask && { mask }), ...inDecoder }
  }
  const mask = ofLayers(N + Q, (layer) => {
    const patches = nearby(layer)
    return (query, key) => {
      const [asks, read] = [query - N, key - N]
      if (asks < 0 && read < 0) return patches(query, key)
      if (asks < 0) return !isClosed('patch-det') && !isMasked[read]
      return read < 0 ? !isClosed('det-patch') : among(asks, read)
    }
  })
  return { mask, ...inDecoder }
}
