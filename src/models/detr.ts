/**
 * DETR: a convolutional backbone, an encoder over the places of its feature map, and a decoder whose object queries each say one box
 * (Carion et al. 2020, "End-to-End Object Detection with Transformers"; transformers' DetrForObjectDetection).
 *
 *   x₀      = W ⋆ ResNet(pixels)                                   [1, h · w, D]
 *   x       = LayerNorm(x + Attention(x + p, x + p, x)), LayerNorm(x + FFN(x))             for each encoder layer; p are sines
 *   y       = Decoder(y₀ = 0, x)                                   [1, Q, D]; q, its positions, are the object queries (query_decoder.ts)
 *   classes = W · LayerNorm(y)                                     [1, Q, K + 1], the last for no object
 *   boxes   = sigmoid(MLP(LayerNorm(y)))                           [1, Q, 4]: centre, width, height
 */

import { z } from 'zod'
import { ClsroomError } from '../core/errors.ts'
import type { Ops, Tensor } from '../core/ops.ts'
import { patchGrid } from '../core/patch_grid.ts'
import { type BlockKind, type BlockWeights, normalise, stack } from './block.ts'
import { activationName, activationOf, headSettings, type Supported, size } from './config.ts'
import { type DetectionHeads, detected, detectedByLayer, detectionHeads, detectionInfo } from './detection.ts'
import { ofLayer, uploadInterventions } from './interventions.ts'
import type { ForwardOptions, ForwardTensors, ImageInput, Model, ModelInfo } from './model.ts'
import { EPS, positionShare, projections, QueryDecoder, times } from './query_decoder.ts'
import { ResNet, resnetConfig, TIMM_SIZES } from './resnet.ts'
import type { LinearWeights, NormWeights, WeightReader } from './weights.ts'

const backbones = Object.keys(TIMM_SIZES)
export const DETR_SUPPORTED: Supported = {
  position_embedding_type: ['sine'],
  dilation: [false],
  is_decoder: [false],
  backbone: backbones,
  'backbone_config.model_type': ['resnet', 'timm_backbone'],
  'backbone_config.backbone': backbones,
}

/** Defaults are those of transformers' DetrConfig. */
export const detrConfig = z
  .object({
    model_type: z.literal('detr'),
    ...headSettings,
    d_model: size(16_384).default(256),
    num_queries: size(10_000).default(100),
    encoder_layers: size(256).default(6),
    encoder_ffn_dim: size(131_072).default(2048),
    encoder_attention_heads: size(256).default(8),
    decoder_layers: size(256).default(6),
    decoder_ffn_dim: size(131_072).default(2048),
    decoder_attention_heads: size(256).default(8),
    activation_function: activationName.default('relu'),
    auxiliary_loss: z.boolean().default(false),
    num_channels: size(16).default(3),
    backbone: z.string().default('resnet50'),
    /** The sizes of a timm backbone are those of its name. */
    backbone_config: z.looseObject({ backbone: z.string().optional(), model_type: z.string().optional() }).optional(),
  })
  .refine(
    ({ d_model, encoder_attention_heads, decoder_attention_heads }) =>
      d_model % encoder_attention_heads === 0 && d_model % decoder_attention_heads === 0 && d_model % 4 === 0,
    { path: ['d_model'], error: 'a multiple of four and of both numbers of heads' },
  )
  .transform((config, context) => {
    const { backbone_config: given, backbone, num_channels } = config
    const timm = given?.model_type !== 'resnet'
    const named = { ...TIMM_SIZES[given?.backbone ?? backbone], num_channels }
    const parsed = resnetConfig.safeParse(timm ? named : given)
    if (parsed.success) return { ...config, resnet: parsed.data }
    for (const { path, message } of parsed.error.issues) {
      context.addIssue({ code: 'custom', path: ['backbone_config', ...path], message })
    }
    return z.NEVER
  })
type DetrConfig = z.infer<typeof detrConfig>

/** Of pictures as the published models met them; any other size serves, too. */
const USUAL_SIZE: [number, number] = [800, 800]
const MAX_TOKENS = 65_536

/** First parts of names that are no heads. */
const MODEL = new Set(['backbone', 'input_projection', 'query_position_embeddings', 'encoder', 'decoder', 'detr'])

export function detr(config: DetrConfig, reader: WeightReader): Model {
  return new Detr(config, reader)
}

class Detr implements Model {
  readonly info: ModelInfo
  readonly tensors: readonly Tensor[]
  /** The object queries: the rows that the model trained. */
  readonly tokenTable: Float32Array
  readonly views: Model['views']
  private readonly backbone: ResNet
  private readonly projection: { kernel: Tensor; bias: Tensor }
  private readonly noRow: Tensor
  private readonly encoder: BlockWeights[]
  private readonly encoderShares: LinearWeights[]
  private readonly kind: BlockKind
  private readonly queries: Tensor
  private readonly decoder: QueryDecoder
  private readonly decoderNorm: NormWeights
  private readonly normBetween: boolean
  private readonly heads: DetectionHeads | undefined

  constructor(config: DetrConfig, reader: WeightReader) {
    const { d_model: D, num_queries: Q, resnet } = config
    this.backbone = new ResNet(resnet, reader, 'backbone.conv_encoder.model.')
    this.projection = {
      kernel: reader.tensor('input_projection.weight', [D, this.backbone.channels, 1, 1]),
      bias: reader.tensor('input_projection.bias', [D]),
    }
    this.noRow = reader.constant([1, D], new Float32Array(D))
    this.kind = { norm: 'after', eps: EPS, activation: activationOf(config.activation_function) }
    this.encoder = Array.from({ length: config.encoder_layers }, (_, l) => encoderLayer(config, reader, l))
    this.encoderShares = this.encoder.map((_, l) =>
      positionShare(reader, `encoder.layers.${l}.self_attn`, ['q', 'k', null], D),
    )
    this.tokenTable = reader.array('query_position_embeddings.weight', [Q, D]).data
    this.queries = reader.constant([1, Q, D], this.tokenTable)
    this.decoder = new QueryDecoder(
      {
        layers: config.decoder_layers,
        heads: config.decoder_attention_heads,
        width: D,
        feedForward: config.decoder_ffn_dim,
      },
      this.kind.activation,
      reader,
    )
    this.decoderNorm = reader.layerNorm('decoder.layernorm', D)
    this.normBetween = config.auxiliary_loss
    this.heads = detectionHeads(config, reader, D, 1)
    this.views = { tokens: { dims: [Q, D], data: this.tokenTable } }
    this.tensors = reader.tensors
    this.info = {
      modelType: config.model_type,
      modality: 'image',
      layers: config.encoder_layers,
      heads: config.encoder_attention_heads,
      width: D,
      feedForward: config.encoder_ffn_dim,
      maxTokens: MAX_TOKENS,
      labels: {},
      otherHeads: reader.unread.filter((name) => !MODEL.has(name)),
      image: {
        size: USUAL_SIZE,
        patch: this.backbone.stride,
        channels: resnet.num_channels,
        classTokens: 0,
        registers: 0,
        partialPatches: true,
      },
      decoder: this.decoder.shape,
      ...(this.heads && detectionInfo(config, Q)),
      parameters: reader.parameters,
    }
  }

  contentMean(): Float32Array {
    throw new ClsroomError('unsupported', 'This model has no mean of its patches to start from', {
      found: 'a backbone of many layers before its tokens',
      advice: 'Choose another start vector',
    })
  }

  forward(ops: Ops, input: ImageInput, options: ForwardOptions): ForwardTensors {
    const T = input.sources.length
    const { heads } = this.info
    const interventions = uploadInterventions(ops, T, this.info, options)
    const sines = ops.input([1, T, this.info.width], this.sines(input))
    const encoded = stack(
      ops,
      this.embed(ops, input),
      this.encoder,
      this.kind,
      (layer) => ({ heads, ...ofLayer(interventions, layer) }),
      { added: (layer) => times(ops, sines, this.encoderShares[layer] as LinearWeights) },
    )
    const decoded = this.decode(ops, encoded.x, sines, input, options)
    const content = ops.input([1, T], options.contentRows ?? new Uint32Array(T).fill(1))
    return {
      hiddenStates: encoded.hiddenStates,
      attentions: encoded.attentions,
      decoder: decoded.seen,
      logits: decoded.logits,
      poolings: options.poolings
        ? { mean: ops.pool(encoded.x, content, 'mean'), max: ops.pool(encoded.x, content, 'max') }
        : {},
    }
  }

  /** x₀ [1, T, D]: the places of the feature map are patches of one pixel. */
  private embed(ops: Ops, { pixels, dims, sources, extra }: ImageInput): Tensor {
    const { width: D, image } = this.info
    if (dims[0] !== image?.channels) {
      throw new ClsroomError('input', 'The picture does not fit the model', {
        found: `${dims[0]} channels`,
        expected: `${image?.channels} channels`,
      })
    }
    const features = this.backbone.forward(ops, ops.input([1, ...dims], pixels))
    const x = ops.embedPatches({
      pixels: features,
      ...this.projection,
      specials: extra.length > 0 ? ops.input([extra.length / D, D], extra) : this.noRow,
      positionTable: this.noRow,
      sources: ops.input([1, sources.length], sources),
      positions: ops.input([1, sources.length], new Int32Array(sources.length).fill(-1)),
    })
    ops.release(features)
    return x
  }

  /** p [T, D] of each token's place; zeros for a token without one. */
  private sines({ dims: [, height, width], positions }: ImageInput): Float32Array {
    const { width: D, image } = this.info
    const [rows, columns] = patchGrid(image as NonNullable<ModelInfo['image']>, [height, width])
    const out = new Float32Array(positions.length * D)
    positions.forEach((place, t) => {
      if (place < 0) return
      const [row, column] = [Math.floor(place / columns), place % columns]
      out.set(sine(row + 1, rows, D / 2), t * D)
      out.set(sine(column + 1, columns, D / 2), t * D + D / 2)
    })
    return out
  }

  /** @param x what the encoder gave [1, T, D] → y [1, Q, D] after LayerNorm */
  private decode(ops: Ops, x: Tensor, sines: Tensor, { queries: other }: ImageInput, options: ForwardOptions) {
    const Q = other ? other.count : (this.queries.shape[1] as number)
    // Nobody asks.
    if (Q === 0) return { logits: {}, seen: this.decoder.unasked }
    const normed = (state: Tensor) => normalise(ops, state, this.decoderNorm, EPS)
    const queries = other ? ops.input([1, Q, this.info.width], other.data) : this.queries
    const y0 = ops.input(queries.shape, new Float32Array(Q * this.info.width))
    const seen = this.decoder.forward(
      ops,
      { y: y0, queryPlaces: queries, x, places: sines },
      options,
      // As transformers does where the model was trained with losses after every layer.
      this.normBetween ? normed : undefined,
    )
    const { hiddenStates } = seen
    const inside = hiddenStates.slice(0, -1)
    // Where norms stand between the layers the last state has been through one, and transformers puts it through another.
    const last = hiddenStates.at(-1) as Tensor
    const y = normed(this.normBetween ? normed(last) : last)
    const states = options.layerAnswers ? [...inside.map(normed), y] : []
    return {
      logits: this.heads ? { ...detected(ops, y, this.heads), ...detectedByLayer(ops, states, this.heads) } : {},
      seen: { ...seen, hiddenStates: [...inside, y] },
    }
  }
}

function encoderLayer({ d_model: D, encoder_ffn_dim: F }: DetrConfig, reader: WeightReader, l: number): BlockWeights {
  const name = `encoder.layers.${l}`
  return {
    attentionNorm: reader.layerNorm(`${name}.self_attn_layer_norm`, D),
    qkv: projections(reader, `${name}.self_attn`, ['q', 'k', 'v'], D),
    attentionOutput: reader.linear(`${name}.self_attn.out_proj`, D, D),
    feedForwardNorm: reader.layerNorm(`${name}.final_layer_norm`, D),
    intermediate: reader.linear(`${name}.fc1`, D, F),
    output: reader.linear(`${name}.fc2`, F, D),
  }
}

/** Sine and cosine by turns of one coordinate, 1 … length, as angles from 0 to 2π (transformers' DetrSinePositionEmbedding). */
function sine(coordinate: number, length: number, width: number): Float32Array {
  const angle = (coordinate / (length + 1e-6)) * 2 * Math.PI
  return Float32Array.from({ length: width }, (_, i) => {
    const turned = angle / 10_000 ** ((2 * Math.floor(i / 2)) / width)
    return i % 2 === 0 ? Math.sin(turned) : Math.cos(turned)
  })
}
