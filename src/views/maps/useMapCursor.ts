import { type KeyboardEvent, type RefObject, useState } from 'react'
import { keyPressed, MAP_KEYS } from '../keys/tables.ts'
import { cellSentence, type MapCells } from './cells.ts'
import { intoView, type MapGeometry } from './geometry.ts'

export interface Cell {
  row: number
  column: number
}

export const ZOOMS = [1, 1.5, 2, 3, 4, 6, 9, 14, 20]

export interface MapCursorInput {
  pane: RefObject<HTMLDivElement | null>
  cells: MapCells
  geometry: MapGeometry
  scroll: { x: number; y: number }
  zoom: number
  setZoom: (zoom: number) => void
  say: (sentence: string) => void
  pickRow: (row: number) => void
  pickColumn: (column: number) => void
  /** Opens or closes the cell under the cursor, while the mask is painted. */
  toggle?: (cell: Cell) => void
}

/** The keyboard's place in a map, the pointer's, and how close the map is. */
export function useMapCursor(input: MapCursorInput) {
  const { pane, cells, geometry, scroll, zoom, setZoom, say, pickRow, pickColumn, toggle } = input
  const [cursor, setCursor] = useState<Cell | null>(null)
  const [hover, setHover] = useState<Cell | null>(null)
  const { cell, viewWidth, viewHeight, rows, columns } = geometry
  const counts = { rows: cells.rows.count, columns: cells.columns.count }

  const moveTo = (row: number, column: number) => {
    const next = { row: clamp(row, counts.rows), column: clamp(column, counts.columns) }
    setCursor(next)
    setHover(null)
    say(cellSentence(cells, next.row, next.column))
    pane.current?.scrollTo({
      left: intoView(scroll.x, viewWidth, next.column * cell, cell),
      top: intoView(scroll.y, viewHeight, next.row * cell, cell),
    })
  }

  /** @param way 0: all of it */
  const changeZoom = (way: 1 | -1 | 0) => {
    const next = way === 0 ? 1 : (ZOOMS[clamp(ZOOMS.indexOf(zoom) + way, ZOOMS.length)] ?? 1)
    const centre = cursor ?? { row: (rows.first + rows.last) / 2, column: (columns.first + columns.last) / 2 }
    setZoom(next)
    requestAnimationFrame(() => {
      const size = (cell / zoom) * next
      pane.current?.scrollTo({
        left: (centre.column + 0.5) * size - viewWidth / 2,
        top: (centre.row + 0.5) * size - viewHeight / 2,
      })
    })
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const { row, column } = cursor ?? { row: 0, column: 0 }
    const pressed = keyPressed(MAP_KEYS, event.nativeEvent)
    if (pressed === null || (pressed === 'toggle' && !toggle)) return
    const act = {
      up: () => moveTo(row - 1, column),
      down: () => moveTo(row + 1, column),
      left: () => moveTo(row, column - 1),
      right: () => moveTo(row, column + 1),
      start: () => moveTo(row, 0),
      end: () => moveTo(row, counts.columns - 1),
      first: () => moveTo(0, 0),
      last: () => moveTo(counts.rows - 1, counts.columns - 1),
      'ten-up': () => moveTo(row - 10, column),
      'ten-down': () => moveTo(row + 10, column),
      column: () => pickColumn(column),
      row: () => pickRow(row),
      toggle: () => toggle?.({ row, column }),
      closer: () => changeZoom(1),
      further: () => changeZoom(-1),
    }
    act[pressed]()
    event.preventDefault()
  }

  return { cursor, hover, shown: hover ?? cursor, setCursor, setHover, moveTo, changeZoom, onKeyDown }
}

function clamp(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index))
}
