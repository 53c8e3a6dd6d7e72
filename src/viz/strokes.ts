/** What a stroke over the board covers. Pure: cells are row · T + column. */

/** What a stroke covers: the cells it passes, their rows, their columns, or the rectangle between its ends. */
export const STROKE_SHAPES = ['cell', 'row', 'column', 'rectangle'] as const
export type StrokeShape = (typeof STROKE_SHAPES)[number]

export interface Stroke {
  shape: StrokeShape
  /** Every cell that the pointer passed, in order; never empty. */
  path: readonly number[]
}

/** The cells on the straight way from one to another, both included: a quick pointer skips some (Bresenham 1965). */
export function wayBetween(from: number, to: number, T: number): number[] {
  let [row, column] = [Math.floor(from / T), from % T]
  const [lastRow, lastColumn] = [Math.floor(to / T), to % T]
  const [down, right] = [Math.abs(lastRow - row), Math.abs(lastColumn - column)]
  let error = right - down
  const way = [from]
  while (row !== lastRow || column !== lastColumn) {
    const twice = 2 * error
    if (twice > -down) {
      error -= down
      column += Math.sign(lastColumn - column)
    }
    if (twice < right) {
      error += right
      row += Math.sign(lastRow - row)
    }
    way.push(row * T + column)
  }
  return way
}

/** The rectangles that a stroke covers, as first row, first column, rows, columns. */
export function coverOf(
  { shape, path }: Stroke,
  T: number,
): [row: number, column: number, rows: number, columns: number][] {
  if (shape === 'cell') return [...new Set(path)].map((cell) => [Math.floor(cell / T), cell % T, 1, 1])
  const [first, last] = [path[0] as number, path.at(-1) as number]
  const rows =
    shape === 'rectangle' ? [Math.floor(first / T), Math.floor(last / T)] : path.map((c) => Math.floor(c / T))
  const columns = shape === 'rectangle' ? [first % T, last % T] : path.map((c) => c % T)
  const span = (places: readonly number[]): [number, number] => {
    const from = Math.min(...places)
    return [from, Math.max(...places) - from + 1]
  }
  const [row, height] = shape === 'column' ? [0, T] : span(rows)
  const [column, width] = shape === 'row' ? [0, T] : span(columns)
  return [[row, column, height, width]]
}

/** The cells of a stroke as pairs of rows. */
export function cellsOfStroke(stroke: Stroke, T: number): [query: number, key: number][] {
  return coverOf(stroke, T).flatMap(([row, column, rows, columns]) =>
    Array.from({ length: rows * columns }, (_, i): [number, number] => [
      row + Math.floor(i / columns),
      column + (i % columns),
    ]),
  )
}
