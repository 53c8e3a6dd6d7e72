/**
 * Audio Spectrogram Transformer: a ViT with a distillation token that reads a spectrogram in patches that overlap (Gong et al. 2021,
 * "AST: Audio Spectrogram Transformer"; transformers' ASTForAudioClassification).
 *
 *   x₀      = [CLS ; distillation ; patches · E] + positions       patches row by row: bins from low to high, then frames
 *   h       = LayerNorm(block(… x₀))
 *   logits  = W · LayerNorm((h[CLS] + h[distillation]) / 2)        [1, K]
 *
 * The engine lays the patches side by side as a picture, so that each of them can be left out as in any ViT.
 */

import { z } from 'zod'
import type { Ops, Tensor } from '../core/ops.ts'
import { normalise } from './block.ts'
import { encoderShape, HEADS_RULE, headsDivideWidth, labelsOf, scoring, size, squareSide } from './config.ts'
import { ImageEncoder, type OwnAnswers } from './image_encoder.ts'
import { patchEmbeddings, specialTokens, vitBlocks, vitStack } from './vit.ts'
import type { WeightReader } from './weights.ts'

/** Defaults are those of transformers' ASTConfig. */
export const astConfig = z
  .object({
    model_type: z.literal('audio-spectrogram-transformer'),
    ...encoderShape,
    patch_size: squareSide.default(16),
    frequency_stride: size(1024).default(10),
    time_stride: size(1024).default(10),
    max_length: size(100_000).default(1024),
    num_mel_bins: size(16_384).default(128),
  })
  .refine(headsDivideWidth, HEADS_RULE)
  .refine((config) => Math.min(config.max_length, config.num_mel_bins) >= config.patch_size, {
    path: ['max_length'],
    error: 'at least one patch',
  })
type ASTConfig = z.infer<typeof astConfig>

/** First parts of names that are no heads. */
const ENCODER = new Set(['audio_spectrogram_transformer', 'embeddings', 'encoder', 'layernorm'])
const CLASS_TOKENS = 2

export function audioSpectrogramTransformer(config: ASTConfig, reader: WeightReader): ImageEncoder {
  const { hidden_size: D, patch_size: patch, frequency_stride, time_stride, max_length, num_mel_bins } = config
  const named = 'audio_spectrogram_transformer.'
  const prefix = reader.has(`${named}embeddings.cls_token`) ? named : ''
  const specials = specialTokens(reader, prefix, D, [
    ['cls_token', 1],
    ['distillation_token', 1],
  ])
  const along = (length: number, stride: number) => Math.floor((length - patch) / stride) + 1
  const sideBySide: [number, number] = [
    along(num_mel_bins, frequency_stride) * patch,
    along(max_length, time_stride) * patch,
  ]
  const pictures = { hidden_size: D, image_size: sideBySide, patch_size: patch, num_channels: 1 }
  const labels = labelsOf(config)
  const how = scoring(config)
  const classifier = reader.has('classifier.dense.weight') ? classifierOf(config, reader, labels.length) : undefined
  return new ImageEncoder(
    {
      modelType: config.model_type,
      ...vitStack(config),
      image: { size: sideBySide, patch, channels: 1, classTokens: CLASS_TOKENS, registers: 0 },
      embeddings: patchEmbeddings(pictures, reader, prefix, specials, CLASS_TOKENS),
      blocks: vitBlocks(config, reader, prefix),
      norm: reader.layerNorm(`${prefix}layernorm`, D),
      heads: { once: {}, extra: { heads: [], config: {} }, encoder: ENCODER },
      answers: (ops, x, { sources }): OwnAnswers => {
        const read = Uint32Array.from(sources, (source) => (source === -1 || source === -2 ? 1 : 0))
        if (!classifier || !read.includes(1)) return { logits: {} }
        return { logits: { classifier: classifier(ops, x, read) } }
      },
      info: {
        modality: 'audio',
        audio: { frames: max_length, bins: num_mel_bins, stride: [frequency_stride, time_stride] },
        ...(classifier && { labels: { classifier: labels }, activations: how && { classifier: how } }),
      },
    },
    reader,
  )
}

function classifierOf({ hidden_size: D, layer_norm_eps: eps }: ASTConfig, reader: WeightReader, classes: number) {
  const norm = reader.layerNorm('classifier.layernorm', D)
  const { weight, bias } = reader.linear('classifier.dense', D, classes)
  return (ops: Ops, x: Tensor, read: Uint32Array): Tensor => {
    const pooled = ops.pool(x, ops.input([1, read.length], read), 'mean')
    return ops.linear(normalise(ops, pooled, norm, eps), weight, bias)
  }
}
