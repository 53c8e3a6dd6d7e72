/** Where the parts of a large map lie: a rail of labels left and top, the rest for cells. Lengths are CSS pixels. */

import { cellsInView, fitCell } from '../../viz/layout.ts'

/** Of the size of a label's type. */
const CHARACTER = 0.617 // width of a character
const LINE = 1.074 // height of a line
/** In rem. */
const LARGEST_CELL = 3.75
const SLANT = { sin: 0.82, cos: 0.57 } // 55°
/** From here on, a map is too narrow for long labels. */
const NARROW = 480

export interface MapGeometry {
  /** The rails. */
  left: number
  top: number
  cell: number
  /** All cells, and the part of them in view. */
  width: number
  height: number
  viewWidth: number
  viewHeight: number
  rows: { first: number; last: number }
  columns: { first: number; last: number }
  /** Column labels lie flat where their cells are wide enough. */
  flat: boolean
  /** What a label of a row, and of a column, needs along its axis. */
  rowLabel: number
  columnLabel: number
}

export interface MapRoom {
  width: number
  height: number
  /** How many there are. */
  rows: number
  columns: number
  /** Characters of the longest label of a row, and of a column. */
  longest: { row: number; column: number }
  zoom: number
  scroll: { x: number; y: number }
  rem: number
  /** The size of a label's type. */
  type: number
}

export function mapGeometry(map: MapRoom): MapGeometry {
  const { width, height, rows, columns, longest, zoom, scroll, rem, type } = map
  const rail = (characters: number) =>
    Math.min(width < NARROW ? 8 : 12, Math.max(3, characters)) * CHARACTER * type + 18
  const left = rail(longest.row)
  const name = rail(longest.column)
  const room = Math.max(40, width - left)
  const largest = LARGEST_CELL * rem
  const flat = fitCell(room, columns, 0.5, largest) >= name - 6
  const overhang = flat || zoom > 1 ? 0 : name * SLANT.cos - 10
  const top = flat ? 1.75 * rem : name * SLANT.sin + 14
  const tall = Math.max(40, height - top)
  const cell = Math.min(fitCell(room - overhang, columns, 0.5, largest), fitCell(tall, rows, 0.5, largest)) * zoom
  const all = { width: cell * columns, height: cell * rows }
  const viewWidth = Math.min(all.width, room)
  const viewHeight = Math.min(all.height, tall)
  const label = LINE * type
  return {
    left,
    top,
    cell,
    ...all,
    viewWidth,
    viewHeight,
    rows: cellsInView(scroll.y, viewHeight, cell, rows),
    columns: cellsInView(scroll.x, viewWidth, cell, columns),
    flat,
    rowLabel: label,
    columnLabel: flat ? name : label,
  }
}

/** Where to scroll so that a cell is in view. */
export function intoView(scroll: number, view: number, start: number, size: number): number {
  if (start < scroll) return start
  return start + size > scroll + view ? start + size - view : scroll
}
