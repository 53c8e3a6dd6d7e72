/** A grid of small grids: what every place of a grid has to do with every other, each at the place it is about. */

export interface Tiles {
  width: number
  height: number
  /** [height × width]; NaN between the tiles. */
  values: Float32Array
}

/** @param matrix [N, N] for N = rows · columns; the tile of place i is row i, with a line of one cell to the next tile */
export function tiled(matrix: Float32Array, rows: number, columns: number): Tiles {
  const width = columns * (columns + 1) - 1
  const height = rows * (rows + 1) - 1
  const values = new Float32Array(width * height).fill(Number.NaN)
  for (let place = 0; place < rows * columns; place++) {
    const top = Math.floor(place / columns) * (rows + 1)
    const left = (place % columns) * (columns + 1)
    for (let row = 0; row < rows; row++) {
      const from = place * rows * columns + row * columns
      values.set(matrix.subarray(from, from + columns), (top + row) * width + left)
    }
  }
  return { width, height, values }
}
