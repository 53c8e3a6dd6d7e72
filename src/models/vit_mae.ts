/**
 * Masked autoencoder: a ViT that reads some patches, and a smaller one that draws the others (He et al. 2022, "Masked Autoencoders Are
 * Scalable Vision Learners"; transformers' ViTMAEForPreTraining). Which patches are read is the caller's choice: those among the
 * sequence's sources.
 *
 *   h               = ViT([CLS ; the patches that are kept])                          [1, 1 + kept, D]
 *   y₀              = [W · h[CLS] ; for each patch W · h[patch], or the mask token] + positions
 *   y               = block(y)                                                        for each of Ld layers
 *   reconstruction  = W · LayerNorm(y)[patches]                                       [1, N, P · P · C]
 */

import { z } from 'zod'
import type { Ops, Tensor } from '../core/ops.ts'
import { patchGrid } from '../core/patch_grid.ts'
import { type BlockKind, type BlockWeights, normalise, stack } from './block.ts'
import { activationOf, HEADS_RULE, hasPatch, headsDivideWidth, PATCH_RULE, size } from './config.ts'
import { ImageEncoder, type OwnAnswers } from './image_encoder.ts'
import { ofLayer, uploadInterventions } from './interventions.ts'
import type { ForwardOptions, ImageInput } from './model.ts'
import { patchEmbeddings, pictureOf, vitBlocks, vitSettings, vitStack } from './vit.ts'
import type { LinearWeights, NormWeights, WeightReader } from './weights.ts'

/** Defaults are those of transformers' ViTMAEConfig. */
export const vitMaeConfig = z
  .object({
    model_type: z.literal('vit_mae'),
    ...vitSettings,
    decoder_hidden_size: size(16_384).default(512),
    decoder_num_hidden_layers: size(256).default(8),
    decoder_num_attention_heads: size(256).default(16),
    decoder_intermediate_size: size(131_072).default(2048),
    norm_pix_loss: z.boolean().default(false),
  })
  .refine(headsDivideWidth, HEADS_RULE)
  .refine((config) => config.decoder_hidden_size % config.decoder_num_attention_heads === 0, {
    path: ['decoder_hidden_size'],
    error: 'a multiple of decoder_num_attention_heads',
  })
  .refine(hasPatch, PATCH_RULE)
type ViTMAEConfig = z.infer<typeof vitMaeConfig>

/** First parts of names that are no heads. */
const ENCODER = new Set(['vit', 'embeddings', 'encoder', 'layernorm', 'decoder'])

export function vitMae(config: ViTMAEConfig, reader: WeightReader): ImageEncoder {
  const { hidden_size: D, decoder_hidden_size: width } = config
  const prefix = reader.has('vit.embeddings.cls_token') ? 'vit.' : ''
  // ViTMAEModel checkpoints carry the encoder alone.
  const decoder = reader.has('decoder.mask_token') ? new Decoder(config, reader) : undefined
  return new ImageEncoder(
    {
      modelType: config.model_type,
      ...vitStack(config),
      image: pictureOf(config, { classTokens: 1, registers: 0 }),
      embeddings: patchEmbeddings(
        config,
        reader,
        prefix,
        reader.array(`${prefix}embeddings.cls_token`, [1, 1, D]).data,
        1,
      ),
      blocks: vitBlocks(config, reader, prefix),
      norm: reader.layerNorm(`${prefix}layernorm`, D),
      heads: { once: {}, extra: { heads: [], config: {} }, encoder: ENCODER },
      ...(decoder && {
        answers: (ops, x, input, options) => decoder.answers(ops, x, input, options),
        laterPositions: { tables: [decoder.positions], width, move: 'row' },
        maskToken: decoder.maskToken,
        info: { decoder: decoder.shape, reconstructs: { normalised: config.norm_pix_loss } },
      }),
    },
    reader,
  )
}

class Decoder {
  readonly shape: { layers: number; heads: number; width: number; feedForward: number }
  /** [1 + N, Dd]: CLS, then the patches row by row. */
  readonly positions: Float32Array
  private readonly patch: number
  private readonly embed: LinearWeights
  /** [Dd] */
  readonly maskToken: Float32Array
  private readonly trainedToken: Tensor
  private readonly positionTable: Tensor
  private readonly noSegments: Tensor
  private readonly blocks: BlockWeights[]
  private readonly kind: BlockKind
  private readonly norm: NormWeights
  private readonly predict: LinearWeights

  constructor(config: ViTMAEConfig, reader: WeightReader) {
    const { hidden_size: D, decoder_hidden_size: width, patch_size: P } = config
    const [rows, columns] = patchGrid({ patch: P }, config.image_size)
    this.shape = {
      layers: config.decoder_num_hidden_layers,
      heads: config.decoder_num_attention_heads,
      width,
      feedForward: config.decoder_intermediate_size,
    }
    this.patch = P
    this.embed = reader.linear('decoder.decoder_embed', D, width)
    this.maskToken = reader.array('decoder.mask_token', [1, 1, width]).data
    this.trainedToken = reader.constant([1, width], this.maskToken)
    this.positions = reader.array('decoder.decoder_pos_embed', [1, 1 + rows * columns, width]).data
    this.positionTable = reader.constant([1 + rows * columns, width], this.positions)
    this.noSegments = reader.constant([1, width], new Float32Array(width))
    const sizes = {
      hidden_size: width,
      intermediate_size: this.shape.feedForward,
      num_hidden_layers: this.shape.layers,
    }
    // transformers 5 saves them under a name that it does not read anywhere else.
    const layers = reader.has('decoder.decoder_layers.0.output.dense.weight')
      ? 'decoder_layers'
      : 'decoder_encoder.layer'
    this.blocks = vitBlocks(sizes, reader, 'decoder.', layers)
    this.kind = { norm: 'before', eps: config.layer_norm_eps, activation: activationOf(config.hidden_act) }
    this.norm = reader.layerNorm('decoder.decoder_norm', width)
    this.predict = reader.linear('decoder.decoder_pred', width, P * P * config.num_channels)
  }

  /** @param h what the encoder made of the tokens it read [1, T, D] */
  answers(ops: Ops, h: Tensor, input: ImageInput, { decoder }: ForwardOptions): OwnAnswers {
    const { layers, heads } = this.shape
    const [y0, first] = this.placed(ops, h, input)
    const interventions = uploadInterventions(ops, y0.shape[1] as number, this.shape, decoder)
    const decoded = stack(ops, y0, this.blocks, this.kind, (layer) => ({ heads, ...ofLayer(interventions, layer) }))
    const normed = normalise(ops, decoded.x, this.norm, this.kind.eps)
    const patches = Uint32Array.from({ length: (y0.shape[1] as number) - first }, (_, p) => first + p)
    const read = first > 0 ? ops.gatherRows(normed, ops.input([1, patches.length], patches)) : normed
    return {
      logits: { reconstruction: ops.linear(read, this.predict.weight, this.predict.bias) },
      decoder: { hiddenStates: decoded.hiddenStates.slice(0, layers + 1), attentions: decoded.attentions },
    }
  }

  /** y₀ [1, Td, Dd], and where its patches begin: the CLS stands before them, unless the encoder read none. */
  private placed(ops: Ops, h: Tensor, input: ImageInput): [Tensor, number] {
    const { sources, dims, laterPositions } = input
    const [rows, columns] = patchGrid({ patch: this.patch }, [dims[1], dims[2]])
    const masked = sources.length // the mask token is the row behind those that were read
    const rowOf = (source: number) => (sources.includes(source) ? sources.indexOf(source) : masked)
    const cls = sources.includes(-1) ? [-1] : []
    const order = [...cls, ...Array(rows * columns).keys()]
    const table = laterPositions?.[0]
    const words = ops.linear(h, this.embed.weight, this.embed.bias)
    const placed = ops.embedTokens({
      ids: ops.input([1, order.length], Uint32Array.from(order, rowOf)),
      positions: ops.input(
        [1, order.length],
        Uint32Array.from(order, (patch) => patch + 1),
      ),
      segments: ops.input([1, order.length], new Uint32Array(order.length)),
      words,
      positionTable: table ? ops.input([table.length / this.shape.width, this.shape.width], table) : this.positionTable,
      segmentTable: this.noSegments,
      extra: this.standIn(ops, words, input),
    })
    ops.release(words)
    return [placed, cls.length]
  }

  /** What stands for every hidden patch [1, Dd]. @param words what the decoder gets of the tokens that were read [1, T, Dd] */
  private standIn(ops: Ops, words: Tensor, { sources, maskToken }: ImageInput): Tensor {
    if (maskToken === 'mean') {
      const isPatch = Uint32Array.from(sources, (source) => (source >= 0 ? 1 : 0))
      return ops.pool(words, ops.input([1, sources.length], isPatch), 'mean')
    }
    return maskToken ? ops.input([1, maskToken.length], maskToken) : this.trainedToken
  }
}
