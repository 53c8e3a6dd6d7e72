/** What the encoders share: the attention call with its interventions, and the extra heads of ours. */

import type { Ops, Tensor } from '../core/ops.ts'
import type { ForwardOptions } from './model.ts'
import type { LinearWeights, WeightReader } from './weights.ts'

/** What one forward needs in every layer, uploaded once. */
export interface Interventions {
  mask?: Tensor
  maskLayers: number
  /** For each layer u32 [H], or undefined when no head is silenced. */
  ablate: (Tensor | undefined)[]
  captureHeads: readonly (readonly number[])[]
}

export function uploadInterventions(
  ops: Ops,
  tokens: number,
  layers: number,
  heads: number,
  options: ForwardOptions,
): Interventions {
  const { mask, ablate } = options
  return {
    mask: mask && ops.input([mask.layers, 1, tokens, Math.ceil(tokens / 32)], mask.bits),
    maskLayers: mask?.layers ?? 0,
    ablate: Array.from({ length: layers }, (_, layer) => {
      const silenced = ablate?.slice(layer * heads, (layer + 1) * heads)
      return silenced?.some((on) => on === 1) ? ops.input([heads], silenced) : undefined
    }),
    captureHeads: options.captureHeads,
  }
}

/** Self-attention of one layer: packed QKV, masked attention. x [1, T, D] → context [1, T, D], probabilities [1, Hc, T, T] or null */
export function selfAttention(
  ops: Ops,
  x: Tensor,
  qkvWeights: LinearWeights,
  heads: number,
  layer: number,
  interventions: Interventions,
): { context: Tensor; probabilities: Tensor | null } {
  const qkv = ops.linear(x, qkvWeights.weight, qkvWeights.bias)
  const { context, logSumExp, probabilities } = ops.attention(qkv, {
    heads,
    mask: interventions.mask,
    maskLayer: interventions.maskLayers > 1 ? layer : 0,
    ablate: interventions.ablate[layer],
    captureHeads: interventions.captureHeads[layer] ?? [],
  })
  ops.release(qkv, logSumExp)
  return { context, probabilities }
}

/** One of CLSroom's extra heads, stored as `heads.<name>.*` and named in config.json under `clsroom.heads`. */
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

export function readExtraHeads(reader: WeightReader, heads: Record<string, HeadConfig>, width: number): ExtraHead[] {
  return Object.entries(heads).map(([name, { pooling, labels }]) => ({
    name,
    pooling,
    classifier: reader.linear(`heads.${name}`, width, labels.length),
    query: pooling === 'attention' ? reader.tensor(`heads.${name}.query`, [width]) : undefined,
  }))
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
