import { type PointerEvent, useRef } from 'react'
import type { MapCells } from './cells.ts'
import type { Cell } from './useMapCursor.ts'

/** Opening and closing cells of the mask by pressing and dragging: the first cell says which. */
export function useCellPainting(
  cells: MapCells,
  onPaint: ((query: number, key: number, readable: boolean) => void) | undefined,
) {
  const open = useRef<boolean | null>(null)
  const paint = ({ row, column }: Cell, readable: boolean) => {
    const [query, key] = [cells.rows.places[row], cells.columns.places[column]]
    if (query !== undefined && key !== undefined && cells.blocked(row, column) === readable)
      onPaint?.(query, key, readable)
  }
  return {
    begin(cell: Cell, event: PointerEvent) {
      open.current = cells.blocked(cell.row, cell.column)
      paint(cell, open.current)
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    goOn(cell: Cell) {
      if (open.current !== null) paint(cell, open.current)
    },
    end() {
      open.current = null
    },
    toggle: (cell: Cell) => paint(cell, cells.blocked(cell.row, cell.column)),
  }
}
