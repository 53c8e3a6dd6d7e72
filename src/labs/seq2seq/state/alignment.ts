/** Cross-attention against what is known of the task, and what of it lands on special tokens. Shapes: Td rows, T columns, H heads. */

import type { Kind } from '../../../core/tokens.ts'
import { headMap } from '../../../viz/matrix.ts'
import type { Seq2SeqRun } from './run.ts'
import { alignmentTruth, type Span } from './truth.ts'

/** By decoder row the columns that its token is read from; null: not asked. */
export type TruthRows = readonly (readonly number[] | null)[]

/** @returns null where nothing is known of the task */
export function truthRows({ doc, rows, read }: Pick<Seq2SeqRun, 'doc' | 'rows' | 'read'>): TruthRows | null {
  if (doc.states.type === 'other') return null
  const { text, spans } = writtenText(rows)
  const origins = alignmentTruth(doc.text, text)
  if (!origins) return null
  const source = read.map(({ origin, label }): Span | null => {
    const piece = origin.type === 'piece' && label !== '▁' ? doc.pieces[origin.piece] : undefined
    return piece ? [piece.start, piece.end] : null
  })
  const truth = spans.map((span) => {
    const here = span && origins.filter(({ target }) => overlap(target, span))
    const columns = source.flatMap((place, column) =>
      place && here?.some(({ sources }) => sources.some((one) => overlap(one, place))) ? [column] : [],
    )
    return columns.length > 0 ? columns : null
  })
  return truth.some((columns) => columns !== null) ? truth : null
}

/** The output as one text, and where the token of each row lies in it. */
function writtenText(rows: Seq2SeqRun['rows']): { text: string; spans: (Span | null)[] } {
  let text = ''
  const spans = rows.map(({ writes, counts }): Span | null => {
    if (!writes || !counts || writes.kind === 'eos') return null
    const from = text.length
    text += writes.label.replaceAll('▁', ' ')
    return [from, text.length]
  })
  return { text, spans }
}

function overlap(a: Span, b: Span): boolean {
  return a[0] < b[1] && b[0] < a[1]
}

/**
 * How often the column with the most attention is one that the row's token is read from (the measure of clsroom-t5's card).
 * @param map [Td, T]
 */
export function alignmentScore(map: Float32Array, truth: TruthRows): { right: number; asked: number } {
  const T = map.length / truth.length
  let [right, asked] = [0, 0]
  truth.forEach((columns, row) => {
    if (!columns) return
    asked++
    let best = 0
    for (let k = 1; k < T; k++) if ((map[row * T + k] as number) > (map[row * T + best] as number)) best = k
    if (columns.includes(best)) right++
  })
  return { right, asked }
}

/** Of each head of a layer, and of their mean at the end. @param map [H, Td, T] */
export function layerAlignment(map: Float32Array, truth: TruthRows, keys: number): { right: number; asked: number }[] {
  const heads = map.length / (truth.length * keys)
  return [...Array(heads).keys(), 'mean' as const].map((head) =>
    alignmentScore(headMap(map, truth.length, head, keys), truth),
  )
}

/** Special kinds that a source has: what attention rests on there says nothing of the words. */
export const SINK_KINDS = ['eos', 'pad', 'mask', 'bos', 'unk'] as const satisfies readonly Kind[]
export type SinkKind = (typeof SINK_KINDS)[number]

/** The part of the attention of all rows that read anything which lands on each kind. @param map [Td, T] */
export function sinkShares(map: Float32Array, read: Seq2SeqRun['read']): Record<SinkKind, number> {
  const T = read.length
  const shares: Record<SinkKind, number> = { eos: 0, pad: 0, mask: 0, bos: 0, unk: 0 }
  let all = 0
  map.forEach((p, i) => {
    all += p
    const kind = read[i % T]?.kind as SinkKind
    if (kind in shares) shares[kind] += p
  })
  for (const kind of SINK_KINDS) shares[kind] = all > 0 ? shares[kind] / all : 0
  return shares
}
