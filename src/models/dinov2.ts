/**
 * DINOv2, also with registers: ViT with scaled residuals, trained without labels (Oquab et al. 2024, "DINOv2: Learning Robust Visual
 * Features without Supervision"; Darcet et al. 2024, "Vision Transformers Need Registers"; transformers' Dinov2ForImageClassification,
 * Dinov2WithRegistersForImageClassification).
 *
 *   a       = x + λ₁ · Wₒ · Attention(LayerNorm(x))                for each of L layers; λ is folded into Wₒ and W₂ when they are read
 *   x       = a + λ₂ · W₂ · gelu(W₁ · LayerNorm(a)), or SwiGLU
 *   cls_patches = W · [h[CLS] ; mean of the patches of h]          [1, K]
 */

import { z } from 'zod'
import type { BlockWeights } from './block.ts'
import {
  activationOf,
  encoderShape,
  HEADS_RULE,
  hasPatch,
  headsDivideWidth,
  labelsOf,
  PATCH_RULE,
  pictureShape,
  scoring,
  sides,
  size,
  squareSide,
} from './config.ts'
import { readExtraHeads } from './extra_heads.ts'
import { type ImageClassHead, ImageEncoder } from './image_encoder.ts'
import { patchEmbeddings, pictureOf, specialTokens } from './vit.ts'
import type { WeightReader } from './weights.ts'

const { intermediate_size: _, ...shape } = encoderShape

/** Defaults are those of transformers' Dinov2Config. */
export const dinov2Config = z
  .object({
    model_type: z.enum(['dinov2', 'dinov2_with_registers']),
    ...shape,
    ...pictureShape,
    layer_norm_eps: encoderShape.layer_norm_eps.unwrap().default(1e-6),
    mlp_ratio: z.number().positive().max(64).default(4),
    use_swiglu_ffn: z.boolean().default(false),
    num_register_tokens: size(1024).default(4),
    patch_size: squareSide.default(14),
    image_size: sides.default([224, 224]),
  })
  .refine(headsDivideWidth, HEADS_RULE)
  .refine(hasPatch, PATCH_RULE)
type Dinov2Config = z.infer<typeof dinov2Config>

/** First parts of names that are no heads. */
const ENCODER = new Set(['dinov2', 'dinov2_with_registers', 'embeddings', 'encoder', 'layernorm'])

export function dinov2(config: Dinov2Config, reader: WeightReader): ImageEncoder {
  const { hidden_size: D, model_type: modelType } = config
  const registers = modelType === 'dinov2_with_registers' ? config.num_register_tokens : 0
  const prefix = reader.has(`${modelType}.embeddings.cls_token`) ? `${modelType}.` : ''
  const specials = specialTokens(reader, prefix, D, [
    ['cls_token', 1],
    ['register_tokens', registers],
  ])
  const F = feedForwardWidth(config)
  const activation = activationOf(config.hidden_act)
  return new ImageEncoder(
    {
      modelType,
      shape: { layers: config.num_hidden_layers, heads: config.num_attention_heads, width: D, feedForward: F },
      kind: config.use_swiglu_ffn
        ? { norm: 'before', eps: config.layer_norm_eps, activation: 'silu', gated: true }
        : { norm: 'before', eps: config.layer_norm_eps, activation },
      image: {
        ...pictureOf(config, { classTokens: 1, registers }),
        ...(registers > 0 && { antialias: true as const }),
      },
      embeddings: patchEmbeddings(config, reader, prefix, specials, 1),
      blocks: dinov2Blocks(config, reader, prefix, F),
      norm: reader.layerNorm(`${prefix}layernorm`, D),
      heads: {
        once: { cls_patches: classifier(config, reader) },
        extra: readExtraHeads(reader, config.clsroom, D),
        encoder: ENCODER,
      },
    },
    reader,
  )
}

/** SwiGLU keeps two thirds of the width, rounded up to a multiple of eight. */
function feedForwardWidth({ hidden_size, mlp_ratio, use_swiglu_ffn }: Dinov2Config): number {
  const width = Math.floor(hidden_size * mlp_ratio)
  return use_swiglu_ffn ? Math.floor((Math.floor((width * 2) / 3) + 7) / 8) * 8 : width
}

function dinov2Blocks(config: Dinov2Config, reader: WeightReader, prefix: string, F: number): BlockWeights[] {
  const { hidden_size: D, use_swiglu_ffn: gated } = config
  return Array.from({ length: config.num_hidden_layers }, (_, l) => {
    const name = `${prefix}encoder.layer.${l}`
    const scaled = (linear: string, inputs: number, scale: string) =>
      reader.linear(`${name}.${linear}`, inputs, D, { scale: reader.array(`${name}.${scale}.lambda1`, [D]).data })
    return {
      attentionNorm: reader.layerNorm(`${name}.norm1`, D),
      qkv: reader.packed(
        ['query', 'key', 'value'].map((part) => `${name}.attention.attention.${part}`),
        D,
        D,
      ),
      attentionOutput: scaled('attention.output.dense', D, 'layer_scale1'),
      feedForwardNorm: reader.layerNorm(`${name}.norm2`, D),
      intermediate: gated ? reader.linear(`${name}.mlp.weights_in`, D, 2 * F) : reader.linear(`${name}.mlp.fc1`, D, F),
      output: scaled(gated ? 'mlp.weights_out' : 'mlp.fc2', F, 'layer_scale2'),
    }
  })
}

/** One matrix over CLS and the mean of the patches side by side: two over one each. */
function classifier(config: Dinov2Config, reader: WeightReader): ImageClassHead | undefined {
  if (!reader.has('classifier.weight')) return undefined
  const { hidden_size: D } = config
  const labels = labelsOf(config)
  const [cls, patches] = reader.split('classifier', [D, D], labels.length)
  return {
    labels,
    scoring: scoring(config),
    terms: [
      { of: 'pooled', weights: cls as NonNullable<typeof cls> },
      { of: 'patches', weights: patches as NonNullable<typeof patches> },
    ],
  }
}
