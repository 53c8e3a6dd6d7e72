/** What loaders hand to models: plain data, no backend. */

import type { Halves } from './dtypes.ts'
import type { Shape } from './shapes.ts'

/** One tensor of a weight file. */
export interface WeightArray {
  shape: Shape
  /** Decoded to f32 when it is first read. */
  data: Float32Array
  /** The same numbers as they are stored, where that is at half the width. */
  halves?: Halves
}

/** Weights by their Hugging Face names. */
export type Weights = ReadonlyMap<string, WeightArray>
