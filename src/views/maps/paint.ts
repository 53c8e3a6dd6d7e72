/** Drawing of matrices on canvases. Lengths are CSS pixels. */

import { type ColourRamp, ramp, rampPosition, type Shade, textOn } from '../../viz/colour.ts'
import { formatCell } from '../../viz/format.ts'
import { snapped } from '../../viz/layout.ts'
import { type Rectangle, shrink } from '../../viz/matrix.ts'
import { type PixelStyle, valuePixels } from '../../viz/pixels.ts'

export type MatrixStyle = PixelStyle

let scratch: HTMLCanvasElement | undefined

/** Draws a matrix into a box: one pixel a cell, scaled up without smoothing. */
export function paintImage(
  context: CanvasRenderingContext2D,
  matrix: Float32Array,
  shape: Rectangle,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  style: MatrixStyle,
): void {
  const ratio = context.getTransform().a
  const pixels = (length: number) => Math.max(1, Math.floor(length * ratio))
  const { data, rows, columns } = shrink(matrix, shape, { rows: pixels(height), columns: pixels(width) })
  scratch ??= document.createElement('canvas')
  scratch.width = columns
  scratch.height = rows
  scratch.getContext('2d')?.putImageData(new ImageData(valuePixels(data, style), columns, rows), 0, 0)
  context.imageSmoothingEnabled = false
  context.drawImage(scratch, 0, 0, columns, rows, x, y, width, height)
}

export interface CellWindow {
  rows: { first: number; last: number }
  columns: { first: number; last: number }
  /** What has been scrolled away, to the left and above. */
  x: number
  y: number
}

/** Draws the cells in view one by one, with room between them and values inside where they fit. */
export function paintCells(
  context: CanvasRenderingContext2D,
  valueAt: (row: number, column: number) => number,
  cell: number,
  { rows, columns, x, y }: CellWindow,
  style: MatrixStyle,
  signed: boolean,
): void {
  const colour: ColourRamp = ramp(style.scale, style.theme)
  const gap = cell >= 20 ? 1.5 : cell >= 10 ? 1 : 0
  const round = cell >= 24 ? 3 : 0
  const print = cell >= 34
  if (print) {
    context.font = `500 ${Math.min(24, Math.round(cell * 0.36))}px 'Atkinson Mono', monospace`
    context.textAlign = 'center'
    context.textBaseline = 'middle'
  }
  for (let row = rows.first; row <= rows.last; row++) {
    for (let column = columns.first; column <= columns.last; column++) {
      const value = valueAt(row, column)
      const fill = colour(rampPosition(value, style.bound, style.scale, style.contrast))
      const left = column * cell - x
      const top = row * cell - y
      context.fillStyle = fill
      context.beginPath()
      context.roundRect(left + gap / 2, top + gap / 2, cell - gap, cell - gap, round)
      context.fill()
      if (!print) continue
      const text = formatCell(value)
      if (!text) continue
      context.fillStyle = textOn(fill)
      context.fillText(signed && value > 0 ? `+${text}` : text, left + cell / 2, top + cell / 2 + 0.5)
    }
  }
}

/** Fills the cells of `blocked` with diagonal hatching. @param ground what they are without it */
export function paintHatching(
  context: CanvasRenderingContext2D,
  blocked: (row: number, column: number) => boolean,
  cell: number,
  { rows, columns, x, y }: CellWindow,
  ground: Shade,
): void {
  const pattern = hatching(context, ground)
  if (!pattern) return
  context.fillStyle = pattern
  for (let row = rows.first; row <= rows.last; row++) {
    const [top, bottom] = snapped(row, cell, 1)
    for (let column = columns.first; column <= columns.last; column++) {
      if (!blocked(row, column)) continue
      const [left, right] = snapped(column, cell, 1)
      context.fillRect(left - x, top - y, right - left, bottom - top)
    }
  }
}

function hatching(context: CanvasRenderingContext2D, ground: Shade): CanvasPattern | null {
  const tile = document.createElement('canvas')
  tile.width = 8
  tile.height = 8
  const pen = tile.getContext('2d')
  if (!pen) return null
  pen.strokeStyle = ground === 'light' ? 'rgb(70 62 40 / 42%)' : 'rgb(225 225 205 / 38%)'
  pen.lineWidth = 1.25
  for (const offset of [-8, 0, 8]) {
    pen.moveTo(offset - 1, 9)
    pen.lineTo(offset + 9, -1)
  }
  pen.stroke()
  return context.createPattern(tile, 'repeat')
}

/** A matrix as a PNG's data address, one pixel a cell. */
export function matrixPicture(matrix: Float32Array, { rows, columns }: Rectangle, style: MatrixStyle): string {
  const canvas = document.createElement('canvas')
  canvas.width = columns
  canvas.height = rows
  canvas.getContext('2d')?.putImageData(new ImageData(valuePixels(matrix, style), columns, rows), 0, 0)
  return canvas.toDataURL('image/png')
}
