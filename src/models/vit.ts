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
import type { BlockWeights } from './block.ts'
import {
  activationOf,
  encoderShape,
  HEADS_RULE,
  hasPatch,
  type headSettings,
  headsDivideWidth,
  labelsOf,
  PATCH_RULE,
  pictureShape,
  scoring,
} from './config.ts'
import { readExtraHeads } from './extra_heads.ts'
import { ImageEncoder, type PatchEmbeddings } from './image_encoder.ts'
import type { ModelInfo } from './model.ts'
import type { WeightReader } from './weights.ts'

/** Defaults are those of transformers' ViTConfig. */
export const vitSettings = { ...encoderShape, ...pictureShape }
export const vitConfig = z
  .object({ model_type: z.literal('vit'), ...vitSettings })
  .refine(headsDivideWidth, HEADS_RULE)
  .refine(hasPatch, PATCH_RULE)

export type ViTConfig = z.infer<typeof vitConfig>

/** First parts of names that are no heads; the pooler of ViTModel feeds none. */
const ENCODER = new Set(['vit', 'embeddings', 'encoder', 'layernorm', 'pooler'])

export function vit(config: ViTConfig, reader: WeightReader): ImageEncoder {
  const { hidden_size: D } = config
  // ViTModel checkpoints carry no "vit." prefix.
  const prefix = reader.has('vit.embeddings.cls_token') ? 'vit.' : ''
  const registers = config.clsroom.num_register_tokens
  const specials = specialTokens(reader, prefix, D, [
    ['cls_token', 1],
    ['register_tokens', registers],
  ])
  const labels = labelsOf(config)
  return new ImageEncoder(
    {
      modelType: config.model_type,
      ...vitStack(config),
      image: pictureOf(config, { classTokens: 1, registers }),
      embeddings: patchEmbeddings(config, reader, prefix, specials, 1),
      blocks: vitBlocks(config, reader, prefix),
      norm: reader.layerNorm(`${prefix}layernorm`, D),
      heads: {
        once: {
          classifier: reader.has('classifier.weight')
            ? {
                labels,
                scoring: scoring(config),
                terms: [{ of: 'pooled', weights: reader.linear('classifier', D, labels.length) }],
              }
            : undefined,
        },
        extra: readExtraHeads(reader, config.clsroom, D),
        encoder: ENCODER,
      },
    },
    reader,
  )
}

/** What the pictures of a model are, and the trained tokens before their patches. */
export function pictureOf(
  config: Pick<ViTConfig, 'image_size' | 'patch_size' | 'num_channels'>,
  leading: { classTokens: number; registers: number },
): NonNullable<ModelInfo['image']> {
  return { size: config.image_size, patch: config.patch_size, channels: config.num_channels, ...leading }
}

/** Trained tokens [S, D] under `<prefix>embeddings`, one kind after another: how many of each name. */
export function specialTokens(
  reader: WeightReader,
  prefix: string,
  D: number,
  kinds: readonly [name: string, count: number][],
): Float32Array {
  const rows = new Float32Array(kinds.reduce((sum, [, count]) => sum + count, 0) * D)
  let offset = 0
  for (const [name, count] of kinds.filter(([, count]) => count > 0)) {
    rows.set(reader.array(`${prefix}embeddings.${name}`, [1, count, D]).data, offset)
    offset += count * D
  }
  return rows
}

/** The sizes and the kind of block of ViT and of what is built like it. */
export function vitStack(config: Omit<Pick<ViTConfig, keyof typeof encoderShape>, keyof typeof headSettings>) {
  return {
    shape: {
      layers: config.num_hidden_layers,
      heads: config.num_attention_heads,
      width: config.hidden_size,
      feedForward: config.intermediate_size,
    },
    kind: { norm: 'before', eps: config.layer_norm_eps, activation: activationOf(config.hidden_act) } as const,
  }
}

/**
 * The patch filters and positions under `<prefix>embeddings`, of ViT and of what is built like it.
 * @param positioned how many tokens before or after the patches have a position
 */
export function patchEmbeddings(
  config: {
    hidden_size: number
    image_size: [height: number, width: number]
    patch_size: number
    num_channels: number
  },
  reader: WeightReader,
  prefix: string,
  specials: Float32Array,
  positioned: number,
): PatchEmbeddings {
  const { hidden_size: D, patch_size: P, num_channels: C } = config
  const [height, width] = config.image_size
  const rows = positioned + Math.floor(height / P) * Math.floor(width / P)
  const projection = `${prefix}embeddings.patch_embeddings.projection`
  return {
    specials,
    positions: reader.array(`${prefix}embeddings.position_embeddings`, [1, rows, D]).data,
    filters: reader.array(`${projection}.weight`, [D, C, P, P]).data,
    bias: reader.array(`${projection}.bias`, [D]).data,
  }
}

/** The layers under `<prefix><layers>`, of ViT and of what is built like it. */
export function vitBlocks(
  config: { hidden_size: number; intermediate_size: number; num_hidden_layers: number },
  reader: WeightReader,
  prefix: string,
  layers = 'encoder.layer',
): BlockWeights[] {
  const { hidden_size: D } = config
  return Array.from({ length: config.num_hidden_layers }, (_, l) => {
    const name = `${prefix}${layers}.${l}`
    const attention = ['query', 'key', 'value'].map((part) => `${name}.attention.attention.${part}`)
    return { ...vitBlock(config, reader, name), qkv: reader.packed(attention, D, D) }
  })
}

/** The layer called `name`, but for its queries, keys and values. */
export function vitBlock(
  { hidden_size: D, intermediate_size: F }: { hidden_size: number; intermediate_size: number },
  reader: WeightReader,
  name: string,
) {
  return {
    attentionNorm: reader.layerNorm(`${name}.layernorm_before`, D),
    attentionOutput: reader.linear(`${name}.attention.output.dense`, D, D),
    feedForwardNorm: reader.layerNorm(`${name}.layernorm_after`, D),
    intermediate: reader.linear(`${name}.intermediate.dense`, D, F),
    output: reader.linear(`${name}.output.dense`, F, D),
  }
}
