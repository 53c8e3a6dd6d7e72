/** The position table a ViT reads: trained, moved to the picture's grid, shuffled, switched off, or sines. */

import { uniform } from '../core/random.ts'
import { type Grid, interpolatePositions } from '../loaders/interpolate_positions.ts'
import type { Model, ModelInfo } from '../models/model.ts'
import type { PositionTable } from './protocol.ts'

/**
 * @param size height and width of the picture in pixels
 * @returns [class tokens + rows · columns, D] for the picture's own patch grid, or undefined where the trained table serves as it is
 */
export function positionTable(
  model: Model,
  size: [height: number, width: number],
  choice: PositionTable = { type: 'trained', interpolation: 'bicubic' },
): Float32Array | undefined {
  const { image, width: D } = model.info
  if (!image) return undefined
  const gridOf = ([height, width]: readonly [number, number]): Grid => [
    Math.floor(height / image.patch),
    Math.floor(width / image.patch),
  ]
  const [from, to] = [gridOf(image.size), gridOf(size)]
  if (choice.type === 'trained' && isSame(from, to)) return undefined
  return chosenTable(model.views.positions?.data ?? new Float32Array(), D, from, to, choice, image)
}

/**
 * @param trained [classTokens + rows · columns of `from`, D]
 * @returns [classTokens + rows · columns of `to`, D]
 */
export function chosenTable(
  trained: Float32Array,
  D: number,
  from: Grid,
  to: Grid,
  choice: PositionTable,
  { classTokens, antialias }: Pick<NonNullable<ModelInfo['image']>, 'classTokens' | 'antialias'>,
): Float32Array {
  if (choice.type === 'off') return new Float32Array((classTokens + to[0] * to[1]) * D)
  if (choice.type === 'sine') return sinePositions(to, D, classTokens)
  const interpolation = choice.type === 'trained' ? choice.interpolation : 'bicubic'
  const table = isSame(from, to)
    ? trained.slice()
    : interpolatePositions(trained, D, from, to, interpolation, { leading: classTokens, antialias })
  return choice.type === 'shuffled' ? shuffledPatches(table, D, choice.seed, classTokens) : table
}

function isSame(a: Grid, b: Grid): boolean {
  return a[0] === b[0] && a[1] === b[1]
}

/** The row of the table that each row of a shuffled one is (Fisher and Yates); class tokens keep theirs. */
export function shuffledRows(rows: number, seed: number, classTokens: number): number[] {
  const next = uniform(seed)
  const order = Array.from({ length: rows - classTokens }, (_, i) => i + classTokens)
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1))
    ;[order[i], order[j]] = [order[j] as number, order[i] as number]
  }
  return [...Array(classTokens).keys(), ...order]
}

function shuffledPatches(table: Float32Array, D: number, seed: number, classTokens: number): Float32Array {
  const out = new Float32Array(table.length)
  shuffledRows(table.length / D, seed, classTokens).forEach((from, to) => {
    out.set(table.subarray(from * D, (from + 1) * D), to * D)
  })
  return out
}

/**
 * 2-D sines and cosines: half the width codes the column, half the row; class tokens are zero (He et al. 2022, "Masked Autoencoders
 * Are Scalable Vision Learners", `get_2d_sincos_pos_embed`).
 */
function sinePositions([rows, columns]: Grid, D: number, classTokens: number): Float32Array {
  const out = new Float32Array((classTokens + rows * columns) * D)
  const quarter = Math.floor(D / 4)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const base = (classTokens + row * columns + column) * D
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
