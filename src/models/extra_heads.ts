/** The extra heads of ours, which config.json names under `clsroom.heads`. */

import type { Ops, Tensor } from '../core/ops.ts'
import type { LinearWeights, WeightReader } from './weights.ts'

/** Stored as `heads.<name>.*`. */
export interface ExtraHead {
  name: string
  pooling: 'pooler' | 'cls' | 'mean' | 'attention'
  classifier: LinearWeights
  /** Attention pooling's learned query [D]. */
  query?: Tensor
}

export interface HeadConfig {
  pooling: ExtraHead['pooling']
  labels: string[]
}

/** The extra heads of a checkpoint, and what config.json says of them. */
export interface ExtraHeads {
  heads: ExtraHead[]
  config: Record<string, HeadConfig>
}

export function readExtraHeads(
  reader: WeightReader,
  { heads: config }: { heads: Record<string, HeadConfig> },
  width: number,
): ExtraHeads {
  const heads = Object.entries(config).map(([name, { pooling, labels }]) => ({
    name,
    pooling,
    classifier: reader.linear(`heads.${name}`, width, labels.length),
    query: pooling === 'attention' ? reader.tensor(`heads.${name}.query`, [width]) : undefined,
  }))
  return { heads, config }
}

/**
 * Logits [1, K] of an extra head.
 * @param x last hidden states [1, T, D]
 * @param cls the pooled row [1, D]; `pooler` what a pooler made of it, where the model has one
 * @param content u32 [1, T]: the rows that mean and attention pooling go over
 */
export function extraHeadLogits(
  ops: Ops,
  head: ExtraHead,
  x: Tensor,
  cls: Tensor,
  pooler: Tensor | undefined,
  content: Tensor,
): Tensor {
  const { weight, bias } = head.classifier
  const pooled = {
    pooler: () => pooler ?? cls,
    cls: () => cls,
    mean: () => ops.pool(x, content, 'mean'),
    attention: () => ops.attentionPool(x, content, head.query as Tensor).pooled,
  }[head.pooling]()
  return ops.linear(pooled, weight, bias)
}

/** Row `row` of x [1, T, D] as [1, 1, D]. */
export function rowOf(ops: Ops, x: Tensor, row: number): Tensor {
  return ops.gatherRows(x, ops.input([1, 1], new Uint32Array([row])))
}

/** The same number of rows of each of B sequences: x [B, T, D], rows [B, M] → [B, M, D] */
export function chosenRows(ops: Ops, x: Tensor, B: number, rows: Uint32Array): Tensor {
  return ops.gatherRows(x, ops.input([B, rows.length / B], rows))
}
