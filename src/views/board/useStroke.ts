import { type RefObject, useRef } from 'react'
import { cellsOfStroke, coverOf, type StrokeShape, wayBetween } from '../../viz/strokes.ts'

export type { StrokeShape }

export interface StrokeInput {
  /** Lies over the board: a stroke under way is drawn here alone, so that a frame costs the same however many cells there are. */
  canvas: RefObject<HTMLCanvasElement | null>
  /** Cells along one side. */
  count: number
  cell: number
  scroll: { x: number; y: number }
  shape: StrokeShape
  width: number
  height: number
  /** @param first where it began */
  onStroke: (cells: [row: number, column: number][], first: [row: number, column: number]) => void
}

/** A stroke over the board: begun, drawn on, and given to the board's owner when it ends. */
export function useStroke(input: StrokeInput) {
  const path = useRef<number[]>([])
  const { canvas, count, cell, scroll, shape, width, height, onStroke } = input

  /** @param from a stroke of single cells is drawn on from here */
  const draw = (from = 0) => {
    const context = pen(canvas.current, width, height)
    if (!context) return
    const grows = shape === 'cell'
    if (!grows || from === 0) context.clearRect(0, 0, width, height)
    if (path.current.length === 0) return
    for (const [row, column, rows, columns] of coverOf({ shape, path: path.current.slice(grows ? from : 0) }, count)) {
      context.fillRect(
        column * cell - scroll.x,
        row * cell - scroll.y,
        Math.max(1, columns * cell),
        Math.max(1, rows * cell),
      )
    }
  }
  const clear = () => {
    path.current = []
    draw()
  }

  return {
    begin(at: number) {
      path.current = [at]
      draw()
    },
    goOn(at: number) {
      const last = path.current.at(-1)
      if (last === undefined || last === at) return
      const from = path.current.length
      path.current.push(...wayBetween(last, at, count).slice(1))
      draw(from)
    },
    /** By keys: from one cell to its neighbour. */
    extend(from: number, to: number) {
      if (path.current.length === 0) path.current = [from]
      path.current.push(to)
      draw()
    },
    end() {
      if (path.current.length === 0) return
      const first = path.current[0] as number
      const cells = cellsOfStroke({ shape, path: path.current }, count)
      clear()
      onStroke(cells, [Math.floor(first / count), first % count])
    },
    /** The stroke under way, or one of this cell alone. */
    at(place: number) {
      if (path.current.length === 0) path.current = [place]
      this.end()
    },
    /** @returns whether there was one */
    cancel(): boolean {
      const wasDrawn = path.current.length > 0
      clear()
      return wasDrawn
    },
  }
}

function pen(canvas: HTMLCanvasElement | null, width: number, height: number): CanvasRenderingContext2D | null {
  const context = canvas?.getContext('2d')
  if (!canvas || !context) return null
  const ratio = window.devicePixelRatio || 1
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)]
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w
    canvas.height = h
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.fillStyle = 'rgb(214 90 30 / 55%)'
  return context
}
