/** What loaders hand to models: plain data, no backend. */

import type { Shape } from './shapes.ts'

/** One tensor of a weight file, decoded to f32. */
export interface WeightArray {
  shape: Shape
  data: Float32Array
}

/** Weights by their Hugging Face names. */
export type Weights = ReadonlyMap<string, WeightArray>
