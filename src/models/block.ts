/** The block that every transformer here repeats: attention, then a feed-forward part, each with a residual and a norm. */

import type { Activation, AttentionOptions, Ops, Tensor } from '../core/ops.ts'
import type { LinearWeights, NormWeights } from './weights.ts'

export interface BlockWeights {
  /** Before the attention, or after its residual (`BlockKind.norm`). Absent: none (ModernBERT's first layer). */
  attentionNorm?: NormWeights
  /** Queries, keys and values side by side: [D, (H + 2·Hk)·Dh]. */
  qkv: LinearWeights
  attentionOutput: LinearWeights
  feedForwardNorm: NormWeights
  /** [D, F]; of a gated one [D, 2·F]: what is activated, then what it is multiplied with. */
  intermediate: LinearWeights
  output: LinearWeights
}

export interface BlockKind {
  /** `after` as in the Transformer and BERT, `before` as in ViT and GPT-2 (Xiong et al. 2020, "On Layer Normalization in the Transformer Architecture"). */
  norm: 'before' | 'after'
  eps: number
  activation: Activation
  /** activation(x₁) · x₂ in place of activation(x) (Shazeer 2020, "GLU Variants Improve Transformer"). */
  gated?: boolean
}

/** Cosines and sines [T, Dh / 2] of the angles by which queries and keys turn. */
export interface RotaryAngles {
  cos: Tensor
  sin: Tensor
}

/** What positions do inside a layer. */
export interface LayerPositions {
  rotary?: RotaryAngles
  /** Added to the queries, keys and values, [1, T, (H + 2·Hk)·Dh]. */
  added?: Tensor
}

export interface BlockResult {
  x: Tensor
  /** [1, captured heads, T, T], or null where none was asked for. */
  probabilities: Tensor | null
}

/** x [1, T, D] → [1, T, D] */
export function block(
  ops: Ops,
  x: Tensor,
  weights: BlockWeights,
  kind: BlockKind,
  attention: AttentionOptions,
  positions: LayerPositions = {},
): BlockResult {
  const { attentionNorm, feedForwardNorm } = weights
  const before = kind.norm === 'before'

  const read = before && attentionNorm ? normalise(ops, x, attentionNorm, kind.eps) : x
  const { context, probabilities } = selfAttention(ops, read, weights.qkv, attention, positions)
  if (read !== x) ops.release(read)
  const attended = ops.linear(context, weights.attentionOutput.weight, weights.attentionOutput.bias, { residual: x })
  ops.release(context)
  if (before) {
    const normed = normalise(ops, attended, feedForwardNorm, kind.eps)
    const out = feedForward(ops, normed, weights, kind, attended)
    ops.release(normed, attended)
    return { x: out, probabilities }
  }
  const a = attentionNorm ? normalise(ops, attended, attentionNorm, kind.eps) : attended
  if (a !== attended) ops.release(attended)
  const outer = feedForward(ops, a, weights, kind, a)
  const out = normalise(ops, outer, feedForwardNorm, kind.eps)
  ops.release(a, outer)
  return { x: out, probabilities }
}

/** One block after another. x [1, T, D] */
export function stack(
  ops: Ops,
  x: Tensor,
  blocks: readonly BlockWeights[],
  kind: BlockKind,
  attentionOf: (layer: number) => AttentionOptions,
  {
    between,
    added,
  }: {
    /** What happens to x before the next layer, of which the hidden states tell nothing. */
    between?: (x: Tensor, layer: number) => Tensor
    /** What is added to the queries, keys and values of a layer, [1, T, (H + 2·Hk)·Dh]. */
    added?: (layer: number) => Tensor
  } = {},
): { x: Tensor; hiddenStates: Tensor[]; attentions: (Tensor | null)[] } {
  const hiddenStates = [x]
  const attentions: (Tensor | null)[] = []
  blocks.forEach((weights, layer) => {
    const result = block(ops, x, weights, kind, attentionOf(layer), { added: added?.(layer) })
    attentions.push(result.probabilities)
    hiddenStates.push(result.x)
    x = between ? between(result.x, layer) : result.x
  })
  return { x, hiddenStates, attentions }
}

/** LayerNorm; RMSNorm where the weights have no bias. */
export function normalise(ops: Ops, x: Tensor, { weight, bias }: NormWeights, eps: number): Tensor {
  return bias ? ops.layerNorm(x, weight, bias, eps) : ops.rmsNorm(x, weight, eps)
}

export function selfAttention(
  ops: Ops,
  x: Tensor,
  { weight, bias }: LinearWeights,
  attention: AttentionOptions,
  { rotary, added }: LayerPositions = {},
): { context: Tensor; probabilities: Tensor | null } {
  const qkv = ops.linear(x, weight, bias, { residual: added })
  const turning = attention.heads + (attention.keyHeads ?? attention.heads)
  const turned = rotary ? ops.rotary(qkv, rotary.cos, rotary.sin, { heads: turning, pairs: 'halves' }) : qkv
  const { context, logSumExp, probabilities } = ops.attention(turned, attention)
  ops.release(logSumExp, turned)
  if (turned !== qkv) ops.release(qkv)
  return { context, probabilities }
}

/** W₂ · activation(W₁ · x) + residual */
export function feedForward(
  ops: Ops,
  x: Tensor,
  { intermediate, output }: Pick<BlockWeights, 'intermediate' | 'output'>,
  { activation, gated }: Pick<BlockKind, 'activation' | 'gated'>,
  residual: Tensor,
): Tensor {
  const inner = gated
    ? gate(ops, ops.linear(x, intermediate.weight, intermediate.bias), activation)
    : ops.linear(x, intermediate.weight, intermediate.bias, { activation })
  const out = ops.linear(inner, output.weight, output.bias, { residual })
  ops.release(inner)
  return out
}

function gate(ops: Ops, x: Tensor, activation: Activation): Tensor {
  const out = ops.gated(x, activation)
  ops.release(x)
  return out
}
