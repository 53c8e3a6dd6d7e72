/**
 * The decoder that queries go through to say boxes (Carion et al. 2020, "End-to-End Object Detection with Transformers"; transformers'
 * DetrDecoderLayer). q are the queries' positions, p those of what they look at:
 *
 *   a  = LayerNorm(y + Attention(y + q, y + q, y))                 queries among themselves
 *   b  = LayerNorm(a + Attention(a + q, x + p, x))                 queries at the picture
 *   y  = LayerNorm(b + FFN(b))                                     [1, Q, D], for each layer
 *
 * W · (x + p) is taken as W · x + W · p, so that queries, keys and values stay side by side.
 */

import type { Ops, Tensor } from '../core/ops.ts'
import { type BlockKind, feedForward, normalise, selfAttention } from './block.ts'
import { ofLayer, uploadInterventions } from './interventions.ts'
import type { ForwardOptions } from './model.ts'
import type { LinearWeights, NormWeights, WeightReader } from './weights.ts'

/** nn.LayerNorm's default. */
export const EPS = 1e-5

export interface QueryDecoderShape {
  layers: number
  heads: number
  width: number
  feedForward: number
}

interface DecoderLayer {
  self: LinearWeights
  /** What the queries' positions add to their queries and keys. */
  selfShare: LinearWeights
  selfOutput: LinearWeights
  selfNorm: NormWeights
  crossQuery: LinearWeights
  crossQueryShare: LinearWeights
  crossKeysValues: LinearWeights
  crossShare: LinearWeights
  crossOutput: LinearWeights
  crossNorm: NormWeights
  intermediate: LinearWeights
  output: LinearWeights
  finalNorm: NormWeights
}

/** What a decoder reads: queries and what they look at, each with its positions. */
export interface Asked {
  y: Tensor // [1, Q, D]
  queryPlaces: Tensor // [1, Q, D]
  x: Tensor // [1, T, D]
  places: Tensor // [1, T, D]
}

export interface Decoded {
  /** What each layer reads, and what the last one gave: Ld + 1 of [1, Q, D]. */
  hiddenStates: Tensor[]
  attentions: (Tensor | null)[]
  crossAttentions: (Tensor | null)[]
}

export class QueryDecoder {
  readonly shape: QueryDecoderShape
  private readonly kind: BlockKind
  private readonly layers: DecoderLayer[]

  constructor(shape: QueryDecoderShape, activation: BlockKind['activation'], reader: WeightReader) {
    this.shape = shape
    this.kind = { norm: 'after', eps: EPS, activation }
    this.layers = Array.from({ length: shape.layers }, (_, l) => decoderLayer(shape, reader, l))
  }

  /** What it is where nobody asks. */
  get unasked(): Decoded {
    const none = this.layers.map(() => null)
    return { hiddenStates: [], attentions: none, crossAttentions: none }
  }

  /** @param between what happens to y before the next layer, of which the hidden states tell nothing */
  forward(
    ops: Ops,
    { y, queryPlaces, x, places }: Asked,
    { decoder, cross }: Pick<ForwardOptions, 'decoder' | 'cross'>,
    between: (state: Tensor) => Tensor = (state) => state,
  ): Decoded {
    const { heads } = this.shape
    const Q = y.shape[1] as number
    const inside = uploadInterventions(ops, Q, this.shape, decoder)
    const across = uploadInterventions(ops, Q, this.shape, cross, x.shape[1])
    const decoded: Decoded = { hiddenStates: [y], attentions: [], crossAttentions: [] }
    this.layers.forEach((weights, layer) => {
      const asked = selfAttention(
        ops,
        y,
        weights.self,
        { heads, ...ofLayer(inside, layer) },
        { added: times(ops, queryPlaces, weights.selfShare) },
      )
      const a = after(ops, asked.context, weights.selfOutput, y, weights.selfNorm)
      const keysValues = times(ops, x, weights.crossKeysValues, times(ops, places, weights.crossShare))
      const asking = times(ops, a, weights.crossQuery, times(ops, queryPlaces, weights.crossQueryShare))
      const crossed = ops.attention(asking, { heads, ...ofLayer(across, layer), keysValues })
      ops.release(crossed.logSumExp, keysValues, asking)
      const b = after(ops, crossed.context, weights.crossOutput, a, weights.crossNorm)
      const c = normalise(ops, feedForward(ops, b, weights, this.kind, b), weights.finalNorm, EPS)
      decoded.attentions.push(asked.probabilities)
      decoded.crossAttentions.push(crossed.probabilities)
      decoded.hiddenStates.push(c)
      y = between(c)
    })
    return decoded
  }
}

function decoderLayer({ width: D, feedForward: F }: QueryDecoderShape, reader: WeightReader, l: number): DecoderLayer {
  const name = `decoder.layers.${l}`
  const [own, cross] = [`${name}.self_attn`, `${name}.encoder_attn`]
  return {
    self: projections(reader, own, ['q', 'k', 'v'], D),
    selfShare: positionShare(reader, own, ['q', 'k', null], D),
    selfOutput: reader.linear(`${own}.out_proj`, D, D),
    selfNorm: reader.layerNorm(`${own}_layer_norm`, D),
    crossQuery: projections(reader, cross, ['q'], D),
    crossQueryShare: positionShare(reader, cross, ['q'], D),
    crossKeysValues: projections(reader, cross, ['k', 'v'], D),
    crossShare: positionShare(reader, cross, ['k', null], D),
    crossOutput: reader.linear(`${cross}.out_proj`, D, D),
    crossNorm: reader.layerNorm(`${cross}_layer_norm`, D),
    intermediate: reader.linear(`${name}.fc1`, D, F),
    output: reader.linear(`${name}.fc2`, F, D),
    finalNorm: reader.layerNorm(`${name}.final_layer_norm`, D),
  }
}

type Part = 'q' | 'k' | 'v'

export function projections(reader: WeightReader, attention: string, parts: Part[], D: number): LinearWeights {
  return reader.packed(
    parts.map((part) => `${attention}.${part}_proj`),
    D,
    D,
  )
}

/** What positions add to queries and keys, and not to values (null). */
export function positionShare(
  reader: WeightReader,
  attention: string,
  parts: (Part | null)[],
  D: number,
): LinearWeights {
  return reader.packed(
    parts.map((part) => part && `${attention}.${part}_proj`),
    D,
    D,
    false,
  )
}

export function times(ops: Ops, x: Tensor, { weight, bias }: LinearWeights, residual?: Tensor): Tensor {
  return ops.linear(x, weight, bias, { residual })
}

/** LayerNorm(W · context + x) */
function after(ops: Ops, context: Tensor, output: LinearWeights, x: Tensor, norm: NormWeights): Tensor {
  return normalise(ops, times(ops, context, output, x), norm, EPS)
}
