import { type RefObject, useCallback } from 'react'
import { type Contrast, groundOf, type ScaleName } from '../../viz/colour.ts'
import { useCanvas } from '../hooks/useCanvas.ts'
import { useFonts } from '../hooks/useFonts.ts'
import { useTheme } from '../hooks/useTheme.ts'
import type { MapCells } from './cells.ts'
import type { MapGeometry } from './geometry.ts'
import { type CellWindow, paintCells, paintHatching, paintImage } from './paint.ts'

/** Below this, cells are pixels of a picture; hatching needs a few. */
const CELLS_FROM = 10
const HATCHING_FROM = 3

export interface PaintedMapInput {
  cells: MapCells
  geometry: MapGeometry
  scroll: { x: number; y: number }
  scale: ScaleName
  bound: number
  contrast?: Contrast
  /** False while something else stands in the canvas' place: a new one is drawn when it comes back. */
  shown: boolean
}

/** Draws a map's cells in view on its canvas. */
export function usePaintedMap(canvas: RefObject<HTMLCanvasElement | null>, input: PaintedMapInput): void {
  const { cells, geometry, scroll, scale, bound, contrast, shown } = input
  const theme = useTheme()
  const fonts = useFonts()
  const { cell, width, height, viewWidth, viewHeight } = geometry
  const { first: firstRow, last: lastRow } = geometry.rows
  const { first: firstColumn, last: lastColumn } = geometry.columns
  const { x, y } = scroll
  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      if (cells.values.length === 0) return
      const rows = { first: firstRow, last: lastRow }
      const columns = { first: firstColumn, last: lastColumn }
      const view: CellWindow = { rows, columns, x, y }
      const style = { scale, theme, bound, contrast }
      const shape = { rows: cells.rows.count, columns: cells.columns.count }
      if (cell < CELLS_FROM) paintImage(context, cells.values, shape, { x: -x, y: -y, width, height }, style)
      else paintCells(context, cells.value, cell, view, style, cells.signed)
      if (cell >= HATCHING_FROM) paintHatching(context, cells.blocked, cell, view, groundOf(scale, theme))
    },
    [cells, firstRow, lastRow, firstColumn, lastColumn, x, y, scale, theme, bound, contrast, cell, width, height],
  )
  useCanvas(canvas, viewWidth, viewHeight, draw, shown ? fonts : -1)
}
