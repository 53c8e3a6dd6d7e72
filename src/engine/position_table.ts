/** The position table a ViT reads: trained, moved to the picture's grid, shuffled, switched off, or sines. */

import { uniform } from '../core/random.ts'
import { interpolatePositions } from '../loaders/interpolate_positions.ts'
import type { Model } from '../models/model.ts'
import type { PositionTable } from './protocol.ts'

/**
 * @param size height and width of the picture in pixels
 * @returns [1 + rows · columns, D] for the picture's own patch grid, or undefined where the trained table serves as it is
 */
export function positionTable(
  model: Model,
  size: [height: number, width: number],
  choice: PositionTable = { type: 'trained', interpolation: 'bicubic' },
): Float32Array | undefined {
  const { image, width: D } = model.info
  if (!image) return undefined
  const gridOf = ([height, width]: readonly number[]): [number, number] => [
    Math.floor((height as number) / image.patch),
    Math.floor((width as number) / image.patch),
  ]
  const [trainedGrid, grid] = [gridOf(image.size), gridOf(size)]
  const sameGrid = trainedGrid[0] === grid[0] && trainedGrid[1] === grid[1]
  if (choice.type === 'trained' && sameGrid) return undefined

  const rows = 1 + grid[0] * grid[1]
  if (choice.type === 'off') return new Float32Array(rows * D)
  if (choice.type === 'sine') return sinePositions(grid, D)
  const interpolation = choice.type === 'trained' ? choice.interpolation : 'bicubic'
  const table = sameGrid
    ? model.views.positions.data.slice()
    : interpolatePositions(model.views.positions.data, D, trainedGrid, grid, interpolation)
  return choice.type === 'shuffled' ? shuffledPatches(table, D, choice.seed) : table
}

/** CLS keeps row 0; the patches' rows change places (Fisher and Yates). */
function shuffledPatches(table: Float32Array, D: number, seed: number): Float32Array {
  const next = uniform(seed)
  const order = Array.from({ length: table.length / D - 1 }, (_, i) => i + 1)
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1))
    ;[order[i], order[j]] = [order[j] as number, order[i] as number]
  }
  const out = table.slice()
  order.forEach((from, to) => {
    out.set(table.subarray(from * D, (from + 1) * D), (to + 1) * D)
  })
  return out
}

/**
 * 2-D sines and cosines: half the width codes the column, half the row; CLS is zero (He et al. 2022, "Masked Autoencoders
 * Are Scalable Vision Learners", `get_2d_sincos_pos_embed`).
 */
function sinePositions([rows, columns]: [number, number], D: number): Float32Array {
  const out = new Float32Array((1 + rows * columns) * D)
  const quarter = Math.floor(D / 4)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const base = (1 + row * columns + column) * D
      for (let i = 0; i < quarter; i++) {
        const frequency = 1 / 10000 ** (i / quarter)
        out[base + i] = Math.sin(column * frequency)
        out[base + quarter + i] = Math.cos(column * frequency)
        out[base + 2 * quarter + i] = Math.sin(row * frequency)
        out[base + 3 * quarter + i] = Math.cos(row * frequency)
      }
    }
  }
  return out
}
