/** The position table a ViT reads: trained, moved to the picture's grid, shuffled, switched off, or sines. */

import { patchGrid } from '../core/patch_grid.ts'
import { uniform } from '../core/random.ts'
import { type Grid, interpolatePositions } from '../loaders/interpolate_positions.ts'
import type { Model, ModelInfo } from '../models/model.ts'
import type { PositionTable } from './protocol.ts'

/**
 * @param size height and width of the picture in pixels
 * @returns [class tokens + rows · columns + detection tokens, D] for the picture's own patch grid, or undefined where the trained table
 *   serves as it is, or there is none
 */
export function positionTable(
  model: Model,
  size: [height: number, width: number],
  choice: PositionTable = { type: 'trained', interpolation: 'bicubic' },
): Float32Array | undefined {
  const { image, width: D } = model.info
  const trained = model.views.positions?.data
  if (!image || !trained) return undefined
  const [from, to] = [patchGrid(image, image.size), patchGrid(image, size)]
  if (choice.type === 'trained' && isSame(from, to)) return undefined
  return chosenTable(trained, D, from, to, choice, image)
}

/** The model's later tables for the picture's own patch grid, or undefined where they serve as they are, or there are none. */
export function laterPositions(
  { info: { image }, laterPositions: later }: Model,
  size: [height: number, width: number],
): Float32Array[] | undefined {
  if (!image || !later) return undefined
  const [from, to] = [patchGrid(image, image.size), patchGrid(image, size)]
  if (isSame(from, to)) return undefined
  // transformers' ViTMAEDecoder moves its table as if the patches stood in one row.
  const row = ([rows, columns]: Grid): Grid => [1, rows * columns]
  const [source, target] = later.move === 'row' ? [row(from), row(to)] : [from, to]
  return later.tables.map((table) =>
    chosenTable(table, later.width, source, target, { type: 'trained', interpolation: 'bicubic' }, image),
  )
}

/**
 * @param trained [classTokens + rows · columns of `from` + detections, D]
 * @returns [classTokens + rows · columns of `to` + detections, D]
 */
export function chosenTable(
  trained: Float32Array,
  D: number,
  from: Grid,
  to: Grid,
  choice: PositionTable,
  {
    classTokens,
    antialias,
    detections = 0,
  }: Pick<NonNullable<ModelInfo['image']>, 'classTokens' | 'antialias' | 'detections'>,
): Float32Array {
  if (detections > 0) {
    const last = trained.length - detections * D
    const before = chosenTable(trained.subarray(0, last), D, from, to, choice, { classTokens, antialias })
    const all = new Float32Array(before.length + detections * D)
    all.set(before)
    if (choice.type === 'trained' || choice.type === 'shuffled') all.set(trained.subarray(last), before.length)
    return all
  }
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
