/**
 * Vision Transformer, pre-LayerNorm encoder (Dosovitskiy et al. 2021, "An Image is Worth 16×16 Words"; transformers'
 * ViTForImageClassification), with registers (Darcet et al. 2024, "Vision Transformers Need Registers").
 *
 *   x₀      = [CLS + position₀ ; registers (no position) ; patches · E + positions]
 *   a       = x + Wₒ · Attention(LayerNorm(x))                     for each of L layers
 *   x       = a + W₂ · gelu(W₁ · LayerNorm(a))
 *   logits  = W · LayerNorm(x)[CLS]                                [1, K]
 */

import { z } from 'zod'
import { ClsroomError } from '../core/errors.ts'
import type { Activation, Ops, Tensor } from '../core/ops.ts'
import { activationOf, encoderShape, HEADS_RULE, headsDivideWidth, labelsOf, scoring, size } from './config.ts'
import {
  type ExtraHead,
  extraHeadLogits,
  type Interventions,
  readExtraHeads,
  rowOf,
  selfAttention,
  uploadInterventions,
} from './encoder.ts'
import type { ForwardOptions, ForwardTensors, ImageInput, Model, ModelInfo, WeightViews } from './model.ts'
import type { LinearWeights, NormWeights, WeightReader } from './weights.ts'

/** One number for a square, or [height, width]. */
const sides = (limit: number) =>
  z.union([size(limit), z.tuple([size(limit), size(limit)])], { error: 'a whole number or [height, width]' })

/** Defaults are those of transformers' ViTConfig. */
export const vitConfig = z
  .object({
    model_type: z.literal('vit'),
    ...encoderShape,
    image_size: sides(16_384)
      .default(224)
      .transform((side): [height: number, width: number] => (typeof side === 'number' ? [side, side] : side)),
    patch_size: sides(1024)
      .default(16)
      .refine((side) => typeof side === 'number' || side[0] === side[1], { error: 'square patches' })
      .transform((side) => (typeof side === 'number' ? side : side[0])),
    num_channels: size(16).default(3),
  })
  .refine(headsDivideWidth, HEADS_RULE)
  .refine(({ image_size, patch_size }) => Math.min(...[image_size].flat()) >= patch_size, {
    path: ['image_size'],
    error: 'at least one patch',
  })

export type ViTConfig = z.infer<typeof vitConfig>

/** First parts of names that are no heads; the pooler of ViTModel feeds none. */
const ENCODER = new Set(['vit', 'embeddings', 'encoder', 'layernorm', 'pooler'])

interface ViTLayer {
  normBefore: NormWeights
  qkv: LinearWeights
  attentionOutput: LinearWeights
  normAfter: NormWeights
  intermediate: LinearWeights
  output: LinearWeights
}

export class ViT implements Model {
  readonly info: ModelInfo
  readonly tensors: readonly Tensor[]
  readonly tokenTable: Float32Array
  readonly views: WeightViews
  private readonly config: ViTConfig
  private readonly activation: Activation
  private readonly positionTable: Tensor
  private readonly patchBias: Float32Array
  private readonly patchEmbedding: { kernel: Tensor; bias: Tensor }
  private readonly layers: ViTLayer[]
  private readonly norm: NormWeights
  private readonly classifier?: LinearWeights
  private readonly extraHeads: ExtraHead[]

  constructor(config: ViTConfig, reader: WeightReader) {
    const { hidden_size: D, intermediate_size: F, patch_size: P, num_channels: C, clsroom } = config
    // ViTModel checkpoints carry no "vit." prefix.
    const vit = reader.has('vit.embeddings.cls_token') ? 'vit.' : ''
    const [height, width] = config.image_size
    const patches = Math.floor(height / P) * Math.floor(width / P)
    const registers = clsroom.num_register_tokens
    const labels = labelsOf(config)

    this.config = config
    this.activation = activationOf(config.hidden_act)
    const positions = reader.array(`${vit}embeddings.position_embeddings`, [1, 1 + patches, D]).data
    const filters = reader.array(`${vit}embeddings.patch_embeddings.projection.weight`, [D, C, P, P]).data
    const bias = reader.array(`${vit}embeddings.patch_embeddings.projection.bias`, [D]).data
    this.positionTable = reader.constant([1 + patches, D], positions)
    this.patchEmbedding = { kernel: reader.constant([D, C, P, P], filters), bias: reader.constant([D], bias) }
    this.patchBias = bias
    this.tokenTable = new Float32Array((1 + registers) * D)
    this.tokenTable.set(reader.array(`${vit}embeddings.cls_token`, [1, 1, D]).data)
    if (registers > 0) {
      this.tokenTable.set(reader.array(`${vit}embeddings.register_tokens`, [1, registers, D]).data, D)
    }
    this.views = {
      tokens: { dims: [1 + registers, D], data: this.tokenTable },
      positions: { dims: [1 + patches, D], data: positions },
      filters: { dims: [D, C, P, P], data: filters },
    }
    this.layers = Array.from({ length: config.num_hidden_layers }, (_, l) => {
      const name = `${vit}encoder.layer.${l}`
      return {
        normBefore: reader.layerNorm(`${name}.layernorm_before`, D),
        qkv: reader.packed(
          ['query', 'key', 'value'].map((part) => `${name}.attention.attention.${part}`),
          D,
          D,
        ),
        attentionOutput: reader.linear(`${name}.attention.output.dense`, D, D),
        normAfter: reader.layerNorm(`${name}.layernorm_after`, D),
        intermediate: reader.linear(`${name}.intermediate.dense`, D, F),
        output: reader.linear(`${name}.output.dense`, F, D),
      }
    })
    this.norm = reader.layerNorm(`${vit}layernorm`, D)
    if (reader.has('classifier.weight')) this.classifier = reader.linear('classifier', D, labels.length)
    this.extraHeads = readExtraHeads(reader, clsroom.heads, D)
    this.tensors = reader.tensors
    this.info = {
      modelType: 'vit',
      modality: 'image',
      layers: config.num_hidden_layers,
      heads: config.num_attention_heads,
      width: D,
      feedForward: config.intermediate_size,
      maxTokens: 1 + patches + 1024,
      labels: {
        ...(this.classifier && { classifier: labels }),
        ...Object.fromEntries(Object.entries(clsroom.heads).map(([name, head]) => [name, head.labels])),
      },
      otherHeads: reader.unread.filter((name) => !ENCODER.has(name)),
      activations: this.classifier && scoring(config),
      image: { size: [height, width], patch: P, channels: C, registers },
      parameters: reader.parameters,
    }
  }

  /** The patch embedding is linear, so the mean embedding is the embedding of the mean patch. */
  contentMean(input: ImageInput): Float32Array {
    const filters = this.views.filters?.data ?? new Float32Array()
    const patch = meanPatch(input, this.config.patch_size)
    return this.patchBias.map((bias, d) =>
      patch.reduce((sum, pixel, i) => sum + pixel * (filters[d * patch.length + i] as number), bias),
    )
  }

  forward(ops: Ops, input: ImageInput, options: ForwardOptions): ForwardTensors {
    const {
      hidden_size: D,
      layer_norm_eps: eps,
      num_attention_heads: H,
      num_hidden_layers: L,
      patch_size: P,
    } = this.config
    const T = input.sources.length
    const [channels, height, width] = input.dims
    if (channels !== this.config.num_channels || height < P || width < P) {
      throw new ClsroomError('input', 'The picture does not fit the model', {
        found: `${channels} channels of ${height} × ${width} pixels`,
        expected: `${this.config.num_channels} channels of at least ${P} × ${P} pixels`,
      })
    }
    const interventions = uploadInterventions(ops, T, L, H, options)
    const specials = new Float32Array(this.tokenTable.length + input.extra.length)
    specials.set(this.tokenTable)
    specials.set(input.extra, this.tokenTable.length)

    let x = ops.embedPatches({
      pixels: ops.input([1, channels, height, width], input.pixels),
      kernel: this.patchEmbedding.kernel,
      bias: this.patchEmbedding.bias,
      specials: ops.input([specials.length / D, D], specials),
      positionTable: input.positionTable
        ? ops.input([input.positionTable.length / D, D], input.positionTable)
        : this.positionTable,
      sources: ops.input([1, T], input.sources),
      positions: ops.input([1, T], input.positions),
    })

    const hiddenStates = [x]
    const attentions: (Tensor | null)[] = []
    this.layers.forEach((layer, l) => {
      const result = this.layer(ops, x, layer, l, interventions)
      attentions.push(result.probabilities)
      x = result.x
      hiddenStates.push(x)
    })

    const normed = ops.layerNorm(x, this.norm.weight, this.norm.bias, eps)
    const cls = rowOf(ops, normed, options.pooledRow ?? 0)
    const patchRows = options.contentRows ?? Uint32Array.from(input.sources, (source) => (source >= 0 ? 1 : 0))
    const content = ops.input([1, T], patchRows)
    const logits: Record<string, Tensor> = {}
    if (this.classifier) logits.classifier = ops.linear(cls, this.classifier.weight, this.classifier.bias)
    for (const head of this.extraHeads) logits[head.name] = extraHeadLogits(ops, head, normed, cls, undefined, content)
    const poolings: Record<string, Tensor> = options.poolings
      ? { cls, mean: ops.pool(normed, content, 'mean'), max: ops.pool(normed, content, 'max') }
      : {}
    return { hiddenStates, attentions, logits, poolings }
  }

  /** One encoder layer. x [1, T, D] → [1, T, D] */
  private layer(ops: Ops, x: Tensor, w: ViTLayer, layer: number, interventions: Interventions) {
    const { layer_norm_eps: eps, num_attention_heads: H } = this.config
    const normed = ops.layerNorm(x, w.normBefore.weight, w.normBefore.bias, eps)
    const { context, probabilities } = selfAttention(ops, normed, w.qkv, H, layer, interventions)
    const a = ops.linear(context, w.attentionOutput.weight, w.attentionOutput.bias, { residual: x })
    ops.release(normed, context)

    const normedAgain = ops.layerNorm(a, w.normAfter.weight, w.normAfter.bias, eps)
    const inner = ops.linear(normedAgain, w.intermediate.weight, w.intermediate.bias, { activation: this.activation })
    const out = ops.linear(inner, w.output.weight, w.output.bias, { residual: a })
    ops.release(normedAgain, inner, a)
    return { x: out, probabilities }
  }
}

/** The average [C · P · P] of the picture's patches. */
function meanPatch({ pixels, dims: [C, H, W] }: ImageInput, P: number): Float32Array {
  const rows = Math.floor(H / P)
  const columns = Math.floor(W / P)
  const mean = new Float32Array(C * P * P)
  for (let c = 0; c < C; c++) {
    for (let y = 0; y < rows * P; y++) {
      for (let x = 0; x < columns * P; x++) {
        const i = (c * P + (y % P)) * P + (x % P)
        mean[i] = (mean[i] as number) + (pixels[(c * H + y) * W + x] as number) / (rows * columns)
      }
    }
  }
  return mean
}
