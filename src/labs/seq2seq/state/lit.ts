/** What one selection lights in all three maps and both strips. Pure. */

import { active } from '../../../sequence/token.ts'
import { headMap, rowOf } from '../../../viz/matrix.ts'
import type { HeadLook, Selection } from './lab.ts'
import type { Seq2SeqRun } from './run.ts'

export interface Lit {
  /** Row of the encoder. */
  source: number | null
  /** Column of the cross map. */
  read: number | null
  /** The decoder row that writes the output token, and the column where it is read later. */
  row: number | null
  column: number | null
  /** How that row reads across, by column; null without a row. */
  shares: Float32Array | null
}

/**
 * An output token lights the row that writes it, and the source token that this row reads most; a source token its own column, and
 * the row that reads it most.
 */
export function litBy(run: Seq2SeqRun, { source: sources, target: targets }: Selection, cross: HeadLook): Lit {
  const matrix = crossMatrix(run, cross)
  const across = run.doc.states.type !== 'other'
  const place = active(run.target).findIndex(({ key }) => key === targets[0])
  const source = rowWith(run.source, sources[0])
  const chosen = across ? source : null
  const written = place > 0 && place <= run.rows.length ? place - 1 : null
  const row = written ?? (chosen !== null && matrix ? mostReading(matrix, run.read.length, chosen) : null)
  const shares = row !== null && matrix ? rowOf(matrix, run.read.length, row) : null
  const read = chosen ?? (written !== null && shares ? peakOf(shares) : null)
  return {
    source: source ?? (across ? read : null),
    read,
    row,
    column: place >= 0 && place < run.rows.length ? place : null,
    shares,
  }
}

/** The chosen head's map [Td, T]; null where its layer was not read back. */
export function crossMatrix({ rows, read, result }: Seq2SeqRun, { layer, head }: HeadLook): Float32Array | null {
  const map = result.decoder?.crossAttentions[layer]
  return map ? headMap(map.data, rows.length, head, read.length) : null
}

function rowWith(tokens: Seq2SeqRun['source'], key: number | undefined): number | null {
  const row = key === undefined ? -1 : tokens.findIndex((token) => token.key === key)
  return row < 0 ? null : row
}

function mostReading(matrix: Float32Array, keys: number, key: number): number {
  const column = Array.from({ length: matrix.length / keys }, (_, row) => matrix[row * keys + key] as number)
  return peakOf(column)
}

function peakOf(values: ArrayLike<number>): number {
  let best = 0
  for (let i = 1; i < values.length; i++) if ((values[i] as number) > (values[best] as number)) best = i
  return best
}
