/** Embedding tables: on the backend, and as numbers to look at and to copy start vectors from. */

import type { Tensor } from '../core/ops.ts'
import type { NDArray } from '../core/shapes.ts'
import type { WeightReader } from './weights.ts'

/** The token table [V, E] and the name that it is stored under. */
export interface WordTable {
  name: string
  table: Tensor
  data: Float32Array
}

/** Learned positions [M, E]. */
export interface PositionTable {
  table: Tensor
  view: NDArray
}

export function wordTable(reader: WeightReader, name: string, rows: number, width: number): WordTable {
  const array = reader.array(name, [rows, width])
  return { name, table: reader.asStored(array), data: array.data }
}

export function positionTable(reader: WeightReader, name: string, rows: number, width: number): PositionTable {
  const { shape, data } = reader.array(name, [rows, width])
  return { table: reader.constant(shape, data), view: { dims: [...shape], data } }
}
