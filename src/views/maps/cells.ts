/** The cells of a large map: which rows and columns are shown, their values, and what the mask leaves open. */

import { formatChange, formatValue } from '../../viz/format.ts'
import { peak, submatrix } from '../../viz/matrix.ts'
import { t } from '../words/words.ts'
import type { MapToken } from './types.ts'

/** The tokens along one side of a map. */
export interface MapSide {
  /** Those that are shown, and their places among all. */
  tokens: readonly MapToken[]
  places: readonly number[]
  count: number
}

export interface MapCells {
  /** Those that read. */
  rows: MapSide
  /** Those that are read. */
  columns: MapSide
  /** [rows, columns], those shown. */
  values: Float32Array
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
  /** What is read, where it is not `tokens`. */
  keys?: readonly MapToken[]
  readable?: (query: number, key: number) => boolean
  signed: boolean
}

export function mapCells({ matrix, tokens, keys = tokens, readable, signed }: MapCellsInput): MapCells {
  const rows = sideOf(tokens)
  const columns = keys === tokens ? rows : sideOf(keys)
  const whole = rows.count === tokens.length && columns.count === keys.length
  const values = whole ? matrix : submatrix(matrix, keys.length, rows.places, columns.places)
  const value = (row: number, column: number) => values[row * columns.count + column] ?? 0
  return {
    rows,
    columns,
    values,
    signed,
    value,
    blocked(row, column) {
      if (columns.tokens[column]?.masked || Number.isNaN(value(row, column))) return true
      const [query, key] = [rows.places[row], columns.places[column]]
      return readable !== undefined && query !== undefined && key !== undefined && !readable(query, key)
    },
    silent: signed ? [] : silentRows(matrix, keys.length, rows.places),
  }
}

export function shownValue({ signed }: MapCells, value: number): string {
  return signed ? formatChange(value) : formatValue(value)
}

/** "query the reads [SEP]: 0.123". */
export function cellSentence(cells: MapCells, row: number, column: number): string {
  const query = cells.rows.tokens[row]?.label ?? ''
  const key = cells.columns.tokens[column]?.label ?? ''
  const found = cells.value(row, column)
  if (Number.isNaN(found)) return t('map.cell.none', { query, key })
  const value = shownValue(cells, found)
  return t(cells.blocked(row, column) ? 'map.cell.blocked' : 'map.cell.reads', { query, key, value })
}

function sideOf(tokens: readonly MapToken[]): MapSide {
  const places = tokens.flatMap((token, i) => (token.hidden ? [] : [i]))
  return { places, tokens: places.flatMap((i) => tokens[i] ?? []), count: places.length }
}

function silentRows(matrix: Float32Array, keys: number, places: readonly number[]): number[] {
  return places.flatMap((q, row) => (peak(matrix.subarray(q * keys, (q + 1) * keys)) === 0 ? [row] : []))
}
