/**
 * CLIP: a tower for texts and a tower for pictures that meet in one space (Radford et al. 2021, "Learning Transferable Visual Models From
 * Natural Language Supervision"; transformers' CLIPModel). A text or a picture alone runs its tower.
 *
 *   text     x = block(words[ids] + positions), causal             u = Wₜ · LayerNorm(x)[first EOS]
 *   picture  x = block(LayerNorm([CLS ; patches · E] + positions)) v = Wᵥ · LayerNorm(x)[CLS]
 *   textEmbeds = u / |u|, imageEmbeds = v / |v|                    [1, E]
 *   logitsPerImage = e^τ · imageEmbeds · textEmbeds                [1, 1]
 */

import { z } from 'zod'
import { CAUSAL, type Ops, type Tensor } from '../core/ops.ts'
import { patchGrid } from '../core/patch_grid.ts'
import { type BlockKind, type BlockWeights, normalise, stack } from './block.ts'
import {
  activationName,
  activationOf,
  HEADS_RULE,
  hasPatch,
  headsDivideWidth,
  PATCH_RULE,
  pictureShape,
  positionCount,
  size,
  stackShape,
  vocabularySize,
} from './config.ts'
import { rowOf } from './extra_heads.ts'
import { ImageEncoder } from './image_encoder.ts'
import { ofLayer, uploadInterventions } from './interventions.ts'
import type { ForwardOptions, ForwardTensors, ImageInput, Model, ModelInfo, PairInput, TextInput } from './model.ts'
import type { LinearWeights, NormWeights, WeightReader } from './weights.ts'

const tower = {
  ...stackShape,
  hidden_act: activationName.default('quick_gelu'),
  layer_norm_eps: z.number().positive().max(1).default(1e-5),
}

/** Defaults are those of transformers' CLIPTextConfig, CLIPVisionConfig and CLIPConfig. */
const textConfig = z
  .object({
    ...tower,
    hidden_size: stackShape.hidden_size.unwrap().default(512),
    num_attention_heads: stackShape.num_attention_heads.unwrap().default(8),
    intermediate_size: size(131_072).default(2048),
    vocab_size: vocabularySize.default(49_408),
    max_position_embeddings: positionCount.default(77),
    eos_token_id: z.int().nonnegative().default(49_407),
  })
  .refine(headsDivideWidth, HEADS_RULE)
const visionConfig = z
  .object({
    ...tower,
    ...pictureShape,
    intermediate_size: size(131_072).default(3072),
    patch_size: pictureShape.patch_size.unwrap().default(32),
  })
  .refine(headsDivideWidth, HEADS_RULE)
  .refine(hasPatch, PATCH_RULE)
export const clipConfig = z.object({
  model_type: z.literal('clip'),
  projection_dim: size(16_384).default(512),
  text_config: textConfig.prefault({}),
  vision_config: visionConfig.prefault({}),
})
type ClipConfig = z.infer<typeof clipConfig>
type TowerConfig = { hidden_size: number; intermediate_size: number; num_hidden_layers: number }

export function clip(config: ClipConfig, reader: WeightReader): Model {
  return new Clip(config, reader)
}

class Clip implements Model {
  readonly towers: { text: Model; image: Model }
  readonly info: ModelInfo
  readonly tensors: readonly Tensor[]
  readonly tokenTable: Float32Array
  readonly views: Model['views']
  private readonly text: TextTower
  private readonly image: ImageEncoder
  /** [E, 2 · E]: an embedding as the key of an attention, whose value is zero. */
  private readonly asKey: LinearWeights
  private readonly scale: number

  constructor(config: ClipConfig, reader: WeightReader) {
    const E = config.projection_dim
    this.text = new TextTower(config, reader)
    this.image = pictureTower(config, reader)
    this.towers = { text: this.text, image: this.image }
    const identity = Float32Array.from({ length: E * 2 * E }, (_, i) =>
      i % (2 * E) === Math.floor(i / (2 * E)) ? 1 : 0,
    )
    this.asKey = {
      weight: reader.constant([E, 2 * E], identity),
      bias: reader.constant([2 * E], new Float32Array(2 * E)),
    }
    this.scale = Math.exp(reader.array('logit_scale', []).data[0] as number)
    this.tensors = reader.tensors
    this.tokenTable = this.image.tokenTable
    this.views = this.image.views
    const otherHeads = reader.unread.filter((name) => !MODEL.has(name))
    this.info = {
      ...this.image.info,
      modality: 'pair',
      otherHeads,
      towers: { text: this.text.info, image: this.image.info },
    }
  }

  contentMean(): Float32Array {
    return new Float32Array(this.info.width)
  }

  forward(ops: Ops, input: TextInput | ImageInput | PairInput, options: ForwardOptions): ForwardTensors {
    if (input.kind === 'text') return this.text.forward(ops, input, options)
    if (input.kind === 'image') return this.image.forward(ops, input, options)
    const plain = { captureHeads: [] }
    const { textEmbeds } = this.text.forward(ops, input.text, plain).logits as { textEmbeds: Tensor }
    const { imageEmbeds } = this.image.forward(ops, input.image, plain).logits as { imageEmbeds: Tensor }
    // How much a picture attends to a text, before the softmax over texts: of one key, that is the log-sum-exp.
    const keysValues = ops.linear(textEmbeds, this.asKey.weight, this.asKey.bias)
    const { logSumExp } = ops.attention(imageEmbeds, { heads: 1, keysValues, scale: this.scale, captureHeads: [] })
    const logits = { textEmbeds, imageEmbeds, logitsPerImage: logSumExp }
    return { hiddenStates: [], attentions: [], logits, poolings: {} }
  }
}

/** First parts of names that are no heads. */
const MODEL = new Set(['text_model', 'vision_model', 'logit_scale'])

function blocksOf(config: TowerConfig, reader: WeightReader, name: string): BlockWeights[] {
  const { hidden_size: D, intermediate_size: F } = config
  return Array.from({ length: config.num_hidden_layers }, (_, l) => {
    const layer = `${name}.encoder.layers.${l}`
    return {
      attentionNorm: reader.layerNorm(`${layer}.layer_norm1`, D),
      qkv: reader.packed(
        ['q', 'k', 'v'].map((part) => `${layer}.self_attn.${part}_proj`),
        D,
        D,
      ),
      attentionOutput: reader.linear(`${layer}.self_attn.out_proj`, D, D),
      feedForwardNorm: reader.layerNorm(`${layer}.layer_norm2`, D),
      intermediate: reader.linear(`${layer}.mlp.fc1`, D, F),
      output: reader.linear(`${layer}.mlp.fc2`, F, D),
    }
  })
}

function shapeOf(config: TowerConfig & { num_attention_heads: number }) {
  return {
    layers: config.num_hidden_layers,
    heads: config.num_attention_heads,
    width: config.hidden_size,
    feedForward: config.intermediate_size,
  }
}

function kindOf(config: Pick<ClipConfig['text_config'], 'layer_norm_eps' | 'hidden_act'>): BlockKind {
  return { norm: 'before', eps: config.layer_norm_eps, activation: activationOf(config.hidden_act) }
}

/** W · x as a vector of length 1. */
class Projection {
  private readonly weights: LinearWeights
  private readonly unit: Tensor

  constructor(name: string, width: number, E: number, reader: WeightReader) {
    this.weights = reader.linear(name, width, E)
    // x / √mean(x²) / √E = x / |x|
    this.unit = reader.constant([E], new Float32Array(E).fill(1 / Math.sqrt(E)))
  }

  /** x [1, 1, D] → [1, 1, E] */
  of(ops: Ops, x: Tensor): Tensor {
    return ops.rmsNorm(ops.linear(x, this.weights.weight, this.weights.bias), this.unit, 0)
  }
}

function pictureTower(config: ClipConfig, reader: WeightReader): ImageEncoder {
  const vision = config.vision_config
  const { hidden_size: D, patch_size: P, num_channels: C } = vision
  const [rows, columns] = patchGrid({ patch: P }, vision.image_size)
  const projection = new Projection('visual_projection', D, config.projection_dim, reader)
  return new ImageEncoder(
    {
      modelType: 'clip',
      shape: shapeOf(vision),
      kind: kindOf(vision),
      image: { size: vision.image_size, patch: P, channels: C, classTokens: 1, registers: 0 },
      embeddings: {
        specials: reader.array('vision_model.embeddings.class_embedding', [D]).data,
        positions: reader.array('vision_model.embeddings.position_embedding.weight', [1 + rows * columns, D]).data,
        filters: reader.array('vision_model.embeddings.patch_embedding.weight', [D, C, P, P]).data,
        bias: new Float32Array(D),
      },
      firstNorm: reader.layerNorm('vision_model.pre_layrnorm', D),
      blocks: blocksOf(vision, reader, 'vision_model'),
      norm: reader.layerNorm('vision_model.post_layernorm', D),
      heads: { once: {}, extra: { heads: [], config: {} }, encoder: MODEL },
      answers: (ops, x, _, { pooledRow = 0 }) => ({
        logits: { imageEmbeds: projection.of(ops, rowOf(ops, x, pooledRow)) },
      }),
    },
    reader,
  )
}

class TextTower implements Model {
  readonly info: ModelInfo
  readonly tensors: readonly Tensor[]
  readonly tokenTable: Float32Array
  readonly views: Model['views']
  private readonly words: Tensor
  private readonly positions: Tensor
  private readonly noSegments: Tensor
  private readonly blocks: BlockWeights[]
  private readonly kind: BlockKind
  private readonly norm: NormWeights
  private readonly projection: Projection
  private readonly eos: number

  constructor(config: ClipConfig, reader: WeightReader) {
    const text = config.text_config
    const { hidden_size: D, vocab_size: V, max_position_embeddings: M } = text
    const positions = reader.array('text_model.embeddings.position_embedding.weight', [M, D]).data
    const words = reader.array('text_model.embeddings.token_embedding.weight', [V, D])
    this.tokenTable = words.data
    this.words = reader.asStored(words)
    this.positions = reader.constant([M, D], positions)
    this.noSegments = reader.constant([1, D], new Float32Array(D))
    this.blocks = blocksOf(text, reader, 'text_model')
    this.kind = kindOf(text)
    this.norm = reader.layerNorm('text_model.final_layer_norm', D)
    this.projection = new Projection('text_projection', D, config.projection_dim, reader)
    this.eos = text.eos_token_id
    this.tensors = reader.tensors
    this.views = { tokens: { dims: [V, D], data: this.tokenTable }, positions: { dims: [M, D], data: positions } }
    this.info = {
      modelType: 'clip',
      modality: 'text',
      ...shapeOf(text),
      maxTokens: M,
      vocabulary: V,
      segmentTypes: 1,
      predictsTokens: false,
      labels: {},
      parameters: reader.parameters,
    }
  }

  contentMean({ ids }: TextInput, contentRows?: Uint32Array): Float32Array {
    return meanRow(
      this.tokenTable,
      this.info.width,
      [...ids].filter((_, t) => (contentRows?.[t] ?? 1) === 1),
    )
  }

  forward(ops: Ops, input: TextInput, options: ForwardOptions): ForwardTensors {
    const { heads, width: D } = this.info
    const T = input.ids.length
    const interventions = uploadInterventions(ops, T, this.info, options)
    const embedded = ops.embedTokens({
      ids: ops.input([1, T], input.ids),
      positions: ops.input([1, T], input.positions),
      segments: ops.input([1, T], new Uint32Array(T)),
      words: this.words,
      positionTable: this.positions,
      segmentTable: this.noSegments,
      extra: ops.input([input.extra.length / D, D], input.extra),
    })
    const { x, hiddenStates, attentions } = stack(ops, embedded, this.blocks, this.kind, (layer) => ({
      heads,
      window: CAUSAL,
      ...ofLayer(interventions, layer),
    }))
    const normed = normalise(ops, x, this.norm, this.kind.eps)
    const pooled = rowOf(ops, normed, options.pooledRow ?? this.endOf(input.ids))
    const content = ops.input([1, T], options.contentRows ?? new Uint32Array(T).fill(1))
    const poolings: Record<string, Tensor> = options.poolings
      ? { cls: pooled, mean: ops.pool(normed, content, 'mean'), max: ops.pool(normed, content, 'max') }
      : {}
    return { hiddenStates, attentions, logits: { textEmbeds: this.projection.of(ops, pooled) }, poolings }
  }

  /**
   * The row that a text is read from: its first EOS; without one the first row, as transformers does. Configs from before transformers
   * 4.31 say 2 for it and mean the row of the highest id.
   */
  private endOf(ids: Uint32Array): number {
    return Math.max(0, ids.indexOf(this.eos === 2 ? Math.max(...ids) : this.eos))
  }
}

/** The average of some rows of a table [V, D]; ids outside of it do not count. */
function meanRow(table: Float32Array, D: number, ids: readonly number[]): Float32Array {
  const rows = ids.filter((id) => id < table.length / D)
  const mean = new Float32Array(D)
  for (const id of rows) {
    for (let d = 0; d < D; d++) mean[d] = (mean[d] as number) + (table[id * D + d] as number) / rows.length
  }
  return mean
}
