/** The cells of a large map: which rows and columns are shown, their values, and what the mask leaves open. */

import { formatChange, formatValue } from '../../viz/format.ts'
import { peak, submatrix } from '../../viz/matrix.ts'
import { t } from '../words/words.ts'
import type { MapToken } from './types.ts'

export interface MapCells {
  /** The tokens shown, and their places among all. */
  tokens: readonly MapToken[]
  places: readonly number[]
  /** [shown, shown]. */
  values: Float32Array
  count: number
  value(row: number, column: number): number
  /** Nobody may read this key here; also where there is no value at all. */
  blocked(row: number, column: number): boolean
  /** Rows whose query reads nothing, hidden keys included. */
  silent: readonly number[]
  /** Values are changes: with a sign. */
  signed: boolean
}

export interface MapCellsInput {
  matrix: Float32Array
  tokens: readonly MapToken[]
  readable?: (query: number, key: number) => boolean
  signed: boolean
}

export function mapCells({ matrix, tokens, readable, signed }: MapCellsInput): MapCells {
  const places = tokens.flatMap((token, i) => (token.hidden ? [] : [i]))
  const shown = places.flatMap((i) => tokens[i] ?? [])
  const count = places.length
  const values = count === tokens.length ? matrix : submatrix(matrix, tokens.length, places)
  const value = (row: number, column: number) => values[row * count + column] ?? 0
  return {
    tokens: shown,
    places,
    values,
    count,
    signed,
    value,
    blocked(row, column) {
      if (shown[column]?.masked || Number.isNaN(value(row, column))) return true
      const [query, key] = [places[row], places[column]]
      return readable !== undefined && query !== undefined && key !== undefined && !readable(query, key)
    },
    silent: signed ? [] : silentRows(matrix, tokens.length, places),
  }
}

export function shownValue({ signed }: MapCells, value: number): string {
  return signed ? formatChange(value) : formatValue(value)
}

/** "query the reads [SEP]: 0.123". */
export function cellSentence(cells: MapCells, row: number, column: number): string {
  const query = cells.tokens[row]?.label ?? ''
  const key = cells.tokens[column]?.label ?? ''
  const found = cells.value(row, column)
  if (Number.isNaN(found)) return t('map.cell.none', { query, key })
  const value = shownValue(cells, found)
  return t(cells.blocked(row, column) ? 'map.cell.blocked' : 'map.cell.reads', { query, key, value })
}

function silentRows(matrix: Float32Array, tokens: number, places: readonly number[]): number[] {
  return places.flatMap((q, row) => (peak(matrix.subarray(q * tokens, (q + 1) * tokens)) === 0 ? [row] : []))
}
