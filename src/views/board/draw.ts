/** Drawing of a board of cells on a canvas. Lengths are CSS pixels. */

import { type BoardColour, boardPixels } from '../../viz/board_colours.ts'
import { shadeOf, type Theme } from '../../viz/colour.ts'
import { paintHatching } from '../maps/paint.ts'

export interface BoardView {
  /** [T, T] */
  codes: Uint8Array
  count: number
  colours: readonly BoardColour[]
  theme: Theme
  cell: number
  /** What has been scrolled away, and the cells in view. */
  scroll: { x: number; y: number }
  rows: { first: number; last: number }
  columns: { first: number; last: number }
  /** Lines between tiles of so many cells. */
  tile?: number
}

/** Below this, cells are pixels of a picture. */
const CELLS_FROM = 10
const HATCHING_FROM = 3
const DOTS_FROM = 5

let scratch: HTMLCanvasElement | undefined

export function drawBoard(context: CanvasRenderingContext2D, view: BoardView): void {
  if (view.cell < CELLS_FROM) drawPixels(context, view)
  else drawCells(context, view)
  const { codes, count, colours, cell, rows, columns, scroll, theme } = view
  const at = (row: number, column: number) => colours[codes[row * count + column] as number]
  if (cell >= HATCHING_FROM) {
    const blocked = (row: number, column: number) => at(row, column)?.hatched === true
    paintHatching(context, blocked, cell, { rows, columns, ...scroll }, shadeOf(theme))
  }
  if (cell >= DOTS_FROM) drawDots(context, view)
  if (view.tile) drawTiles(context, view, view.tile)
}

/** The whole board as a picture: smoothed where several cells share a pixel. */
function drawPixels(context: CanvasRenderingContext2D, { codes, count, colours, cell, scroll }: BoardView): void {
  scratch ??= document.createElement('canvas')
  scratch.width = count
  scratch.height = count
  scratch.getContext('2d')?.putImageData(new ImageData(boardPixels(codes, colours), count, count), 0, 0)
  context.imageSmoothingEnabled = cell * context.getTransform().a < 1
  context.drawImage(scratch, -scroll.x, -scroll.y, count * cell, count * cell)
}

function drawCells(context: CanvasRenderingContext2D, view: BoardView): void {
  const { codes, count, colours, cell, scroll } = view
  const gap = cell >= 20 ? 1.5 : 1
  forCells(view, (row, column) => {
    context.fillStyle = colours[codes[row * count + column] as number]?.fill ?? 'transparent'
    context.fillRect(column * cell - scroll.x + gap / 2, row * cell - scroll.y + gap / 2, cell - gap, cell - gap)
  })
}

function drawDots(context: CanvasRenderingContext2D, view: BoardView): void {
  const { codes, count, colours, cell, scroll, theme } = view
  context.fillStyle = shadeOf(theme) === 'light' ? '#b23a12' : '#ff9c74'
  forCells(view, (row, column) => {
    if (!colours[codes[row * count + column] as number]?.dotted) return
    context.beginPath()
    context.arc(
      (column + 0.5) * cell - scroll.x,
      (row + 0.5) * cell - scroll.y,
      Math.max(1.2, cell / 7),
      0,
      2 * Math.PI,
    )
    context.fill()
  })
}

function drawTiles(context: CanvasRenderingContext2D, { count, cell, scroll, theme }: BoardView, side: number): void {
  context.strokeStyle = shadeOf(theme) === 'light' ? '#b23a12' : '#ff9c74'
  context.lineWidth = 1
  context.beginPath()
  for (let place = side; place < count; place += side) {
    context.moveTo(place * cell - scroll.x, 0)
    context.lineTo(place * cell - scroll.x, count * cell)
    context.moveTo(0, place * cell - scroll.y)
    context.lineTo(count * cell, place * cell - scroll.y)
  }
  context.stroke()
}

function forCells({ rows, columns }: BoardView, act: (row: number, column: number) => void): void {
  for (let row = rows.first; row <= rows.last; row++) {
    for (let column = columns.first; column <= columns.last; column++) act(row, column)
  }
}
