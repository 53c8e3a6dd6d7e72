/** What the page asks the second engine, and what it hears: one question a worker. Plain data only. */

import type { ErrorReport } from '../../../core/errors.ts'
import type { NDArray } from '../../../core/shapes.ts'

export interface OpinionRequest {
  /** The folder of the model's files, ending in "/". */
  address: string
  /** The graph lies there without weights: it reads those of `model.safetensors`. */
  sharesWeights: boolean
  /** Tensors of one run, batch of 1, by the names that transformers gives a model's inputs. */
  inputs: Record<string, { type: 'int64' | 'float32'; dims: number[]; data: number[] | Float32Array }>
  /** Inputs that say nothing new: a graph may lack them. */
  optional: string[]
}

export interface Opinion {
  /** By the graph's own names. */
  outputs: Record<string, NDArray>
  /** The best of `RUNS`, after one that does not count. */
  ms: number
  /** Bytes of what was fetched: the graph, its weights, the engine. */
  bytes: number
}

export type OpinionReply = { type: 'result'; result: Opinion } | { type: 'error'; error: ErrorReport }

/** Runs that are timed, on both sides. */
export const RUNS = 5
