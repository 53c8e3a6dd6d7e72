/** Where the parts of a large map lie: a rail of labels left and top, the rest for cells. Lengths are CSS pixels. */

import { cellsInView, fitCell } from '../../viz/layout.ts'

/** In rem. */
const CHARACTER = 0.54 // width of a label's character
const LABEL = 0.94 // height of a label's line
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
  total: number
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
  /** Rows and columns. */
  count: number
  /** Characters of the longest label. */
  longest: number
  zoom: number
  scroll: { x: number; y: number }
  rem: number
}

export function mapGeometry({ width, height, count, longest, zoom, scroll, rem }: MapRoom): MapGeometry {
  const characters = Math.min(width < NARROW ? 8 : 12, Math.max(3, longest))
  const left = characters * CHARACTER * rem + 18
  const room = Math.max(40, width - left)
  const largest = LARGEST_CELL * rem
  const flat = fitCell(room, count, 0.5, largest) >= left - 6
  const overhang = flat || zoom > 1 ? 0 : left * SLANT.cos - 10
  const top = flat ? 1.75 * rem : left * SLANT.sin + 14
  const tall = Math.max(40, height - top)
  const cell = fitCell(Math.min(room - overhang, tall), count, 0.5, largest) * zoom
  const total = cell * count
  const viewWidth = Math.min(total, room)
  const viewHeight = Math.min(total, tall)
  const rows = cellsInView(scroll.y, viewHeight, cell, count)
  const columns = cellsInView(scroll.x, viewWidth, cell, count)
  const label = LABEL * rem
  return {
    left,
    top,
    cell,
    total,
    viewWidth,
    viewHeight,
    rows,
    columns,
    flat,
    rowLabel: label,
    columnLabel: flat ? left : label,
  }
}

/** Where to scroll so that a cell is in view. */
export function intoView(scroll: number, view: number, start: number, size: number): number {
  if (start < scroll) return start
  return start + size > scroll + view ? start + size - view : scroll
}
