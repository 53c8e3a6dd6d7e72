/**
 * DeiT: ViT with a second class token, which learns what a teacher says (Touvron et al. 2021, "Training data-efficient image transformers
 * & distillation through attention"; transformers' DeiTForImageClassification, DeiTForImageClassificationWithTeacher).
 *
 *   x₀             = [CLS + position₀ ; distillation + position₁ ; patches · E + positions]
 *   classifier       = W · h[CLS]                                  [1, K]
 *   or cls           = W · h[CLS]
 *      distillation  = W · h[distillation]
 *      cls_distillation = (cls + distillation) / 2                 what transformers calls its logits
 */

import { z } from 'zod'
import { HEADS_RULE, hasPatch, headsDivideWidth, labelsOf, PATCH_RULE, scoring } from './config.ts'
import { readExtraHeads } from './extra_heads.ts'
import { ImageEncoder, type ImageHeads } from './image_encoder.ts'
import { patchEmbeddings, pictureOf, specialTokens, vitBlocks, vitSettings, vitStack } from './vit.ts'
import type { WeightReader } from './weights.ts'

/** Defaults are those of transformers' DeiTConfig. */
export const deitConfig = z
  .object({ model_type: z.literal('deit'), ...vitSettings })
  .refine(headsDivideWidth, HEADS_RULE)
  .refine(hasPatch, PATCH_RULE)
type DeiTConfig = z.infer<typeof deitConfig>

/** First parts of names that are no heads. */
const ENCODER = new Set(['deit', 'embeddings', 'encoder', 'layernorm', 'pooler'])
const CLASS_TOKENS = 2

export function deit(config: DeiTConfig, reader: WeightReader): ImageEncoder {
  const { hidden_size: D } = config
  const prefix = reader.has('deit.embeddings.cls_token') ? 'deit.' : ''
  const specials = specialTokens(reader, prefix, D, [
    ['cls_token', 1],
    ['distillation_token', 1],
  ])
  return new ImageEncoder(
    {
      modelType: config.model_type,
      ...vitStack(config),
      image: pictureOf(config, { classTokens: CLASS_TOKENS, registers: 0 }),
      embeddings: patchEmbeddings(config, reader, prefix, specials, CLASS_TOKENS),
      blocks: vitBlocks(config, reader, prefix),
      norm: reader.layerNorm(`${prefix}layernorm`, D),
      heads: {
        once: classifiers(config, reader),
        extra: readExtraHeads(reader, config.clsroom, D),
        encoder: ENCODER,
      },
    },
    reader,
  )
}

function classifiers(config: DeiTConfig, reader: WeightReader): ImageHeads['once'] {
  const { hidden_size: D } = config
  const labels = labelsOf(config)
  const head = { labels, scoring: scoring(config) }
  const linear = (name: string) => reader.linear(name, D, labels.length)
  if (reader.has('classifier.weight')) {
    return { classifier: { ...head, terms: [{ of: 'pooled', weights: linear('classifier') }] } }
  }
  if (!reader.has('cls_classifier.weight')) return {}
  const half = (name: string) =>
    reader.linear(name, D, labels.length, { scale: new Float32Array(labels.length).fill(0.5) })
  const distillation = { row: 1 }
  return {
    cls_distillation: {
      ...head,
      terms: [
        { of: 'pooled', weights: half('cls_classifier') },
        { of: distillation, weights: half('distillation_classifier') },
      ],
    },
    cls: { ...head, terms: [{ of: 'pooled', weights: linear('cls_classifier') }] },
    distillation: { ...head, terms: [{ of: distillation, weights: linear('distillation_classifier') }] },
  }
}
