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
  /** Queries, keys and values, where they are to be kept. */
  qkv?: Tensor
}

/** Keys and values [1, Tmax, 2·Hk·Dh] that a decoder's layer keeps between steps; the first `length` rows are filled. */
export interface KeptRows {
  keysValues: Tensor
  length: number
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
  const { x: attended, probabilities } = attend(ops, x, weights, kind, attention, positions)
  const out = feed(ops, attended, weights, kind)
  ops.release(attended)
  return { x: out, probabilities }
}

/**
 * The first part of a block: x [1, T, D] → [1, T, D].
 * @param kept what came before x: x's own keys and values are put behind it, and both are read
 */
export function attend(
  ops: Ops,
  x: Tensor,
  { attentionNorm, qkv, attentionOutput }: BlockWeights,
  { norm, eps }: BlockKind,
  attention: AttentionOptions,
  { kept, keepsQkv, ...positions }: LayerPositions & { kept?: KeptRows; keepsQkv?: boolean } = {},
): BlockResult {
  const before = norm === 'before'
  const read = before && attentionNorm ? normalise(ops, x, attentionNorm, eps) : x
  const { context, probabilities, ...inside } = selfAttention(ops, read, qkv, attention, positions, kept)
  if (!keepsQkv) ops.release(inside.qkv)
  if (read !== x) ops.release(read)
  const after = before || !attentionNorm ? undefined : { ...attentionNorm, eps }
  const attended = linearThenNorm(ops, context, attentionOutput, x, after)
  ops.release(context)
  return { x: attended, probabilities, ...(keepsQkv && inside) }
}

/** Attention to another sequence, between the two parts of a decoder's block. */
export interface CrossWeights {
  norm: NormWeights
  /** [D, H·Dh] */
  queries: LinearWeights
  /** Side by side, of what is read: [D, 2·H·Dh]. */
  keysValues: LinearWeights
  output: LinearWeights
}

/** x + Wₒ · Attention(norm(x)) over keys and values [1, Tk, 2·H·Dh] from elsewhere: x [1, Tq, D] → [1, Tq, D] */
export function attendAcross(
  ops: Ops,
  x: Tensor,
  { norm, queries, output }: CrossWeights,
  eps: number,
  keysValues: Tensor,
  attention: AttentionOptions,
): BlockResult {
  const read = normalise(ops, x, norm, eps)
  const asked = ops.linear(read, queries.weight, queries.bias)
  const { context, logSumExp, probabilities } = ops.attention(asked, { ...attention, keysValues })
  const out = ops.linear(context, output.weight, output.bias, { residual: x })
  ops.release(read, asked, context, logSumExp)
  return { x: out, probabilities }
}

/** The second part of a block: x [1, T, D] → [1, T, D] */
export function feed(
  ops: Ops,
  x: Tensor,
  weights: Pick<BlockWeights, 'feedForwardNorm' | 'intermediate' | 'output'>,
  kind: BlockKind,
): Tensor {
  if (kind.norm === 'before') {
    const normed = normalise(ops, x, weights.feedForwardNorm, kind.eps)
    const out = feedForward(ops, normed, weights, kind, x)
    ops.release(normed)
    return out
  }
  return feedForward(ops, x, weights, kind, x, { ...weights.feedForwardNorm, eps: kind.eps })
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
  kept?: KeptRows,
): { context: Tensor; probabilities: Tensor | null; qkv: Tensor } {
  const qkv = ops.linear(x, weight, bias, { residual: added })
  const turning = attention.heads + (attention.keyHeads ?? attention.heads)
  const turned = rotary ? ops.rotary(qkv, rotary.cos, rotary.sin, { heads: turning, pairs: 'halves' }) : qkv
  if (kept) ops.keep(kept.keysValues, turned, kept.length)
  const before = kept && { keysValues: kept.keysValues, keys: kept.length + (x.shape[1] as number) }
  const { context, logSumExp, probabilities } = ops.attention(turned, { ...attention, ...before })
  ops.release(logSumExp)
  if (turned !== qkv) ops.release(qkv)
  return { context, probabilities, qkv: turned }
}

/** W · x + residual, normalised where a norm is given. */
function linearThenNorm(
  ops: Ops,
  x: Tensor,
  { weight, bias }: LinearWeights,
  residual: Tensor,
  norm: (NormWeights & { eps: number }) | undefined,
): Tensor {
  // LayerNorm goes along with the product, RMSNorm comes after it.
  const layerNorm = norm?.bias && { weight: norm.weight, bias: norm.bias, eps: norm.eps }
  const out = ops.linear(x, weight, bias, { residual, norm: layerNorm })
  if (!norm || layerNorm) return out
  const normed = normalise(ops, out, norm, norm.eps)
  ops.release(out)
  return normed
}

/** W₂ · activation(W₁ · x) + residual, normalised where a norm is given. */
export function feedForward(
  ops: Ops,
  x: Tensor,
  { intermediate, output }: Pick<BlockWeights, 'intermediate' | 'output'>,
  { activation, gated }: Pick<BlockKind, 'activation' | 'gated'>,
  residual: Tensor,
  norm?: NormWeights & { eps: number },
): Tensor {
  const inner = gated
    ? gate(ops, ops.linear(x, intermediate.weight, intermediate.bias), activation)
    : ops.linear(x, intermediate.weight, intermediate.bias, { activation })
  const out = linearThenNorm(ops, inner, output, residual, norm)
  ops.release(inner)
  return out
}

function gate(ops: Ops, x: Tensor, activation: Activation): Tensor {
  const out = ops.gated(x, activation)
  ops.release(x)
  return out
}
