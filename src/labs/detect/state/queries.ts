/** A detector's queries as a document: which of them ask, what each starts from, and who may read whom. */

import { packMask } from '../../../core/mask.ts'
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
export type Quadrant = (typeof QUADRANTS)[number]

/** The ones that a model has: the patches of a DETR-like model never read its queries, which live in the decoder. */
export function quadrantsOf({ decoder }: Pick<ModelInfo, 'decoder'>): Quadrant[] {
  return QUADRANTS.filter((quadrant) => !decoder || quadrant !== 'patch-det')
}

/** Who is closed to whom in published detectors. DETR's encoder and ViDT's body let no patch read a query. */
export const PRESETS: Readonly<Record<'yolos' | 'vidt' | 'detr' | 'apart', readonly Quadrant[]>> = {
  yolos: [],
  vidt: ['patch-det'],
  detr: ['patch-det'],
  apart: ['det-det'],
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
const COPY_NOISE = 0.3

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

/**
 * The masks of closed quadrants and masked queries. A query always reads itself.
 * @param patches class tokens and patches: they stand before the queries
 */
export function masksOf(
  info: Pick<ModelInfo, 'decoder'>,
  asking: readonly Asking[],
  closed: readonly Quadrant[],
  patches: number,
): Masks {
  const isClosed = (quadrant: Quadrant) => closed.includes(quadrant)
  const isMasked = asking.map(({ status }) => status === 'masked')
  const among = (query: number, key: number) => query === key || !(isClosed('det-det') || isMasked[key])
  const Q = asking.length
  const packed = (queries: number, keys: number, readable: (query: number, key: number) => boolean) => ({
    layers: 1,
    bits: packMask(queries, readable, keys),
  })
  if (closed.length === 0 && !isMasked.includes(true)) return {}
  if (info.decoder) {
    return {
      ...(isClosed('patch-patch') && { mask: packed(patches, patches, (query, key) => query === key) }),
      ...(Q > 0 && {
        decoderMask: packed(Q, Q, among),
        ...(isClosed('det-patch') && { crossMask: packed(Q, patches, () => false) }),
      }),
    }
  }
  const T = patches + Q
  return {
    mask: packed(T, T, (query, key) => {
      const [asks, read] = [query - patches, key - patches]
      if (asks < 0 && read < 0) return query === key || !isClosed('patch-patch')
      if (asks < 0) return !isClosed('patch-det') && !isMasked[read]
      return read < 0 ? !isClosed('det-patch') : among(asks, read)
    }),
  }
}
