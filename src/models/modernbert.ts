/**
 * ModernBERT: pre-LayerNorm encoder with rotary positions, gated feed-forward blocks and, in two layers of three, attention to neighbours
 * only (Warner et al. 2024, "Smarter, Better, Faster, Longer: A Modern Bidirectional Encoder"; transformers' ModernBertForMaskedLM,
 * ModernBertForSequenceClassification).
 *
 *   x₀      = LayerNorm(words[ids])
 *   a       = x + Wₒ · Attention(LayerNorm(x))                     for each of L layers; the first reads x as it is
 *   x       = a + W₂ · (gelu(W₁ · LayerNorm(a)) · (W₃ · LayerNorm(a)))
 *   h       = LayerNorm(gelu(Wₕ · x))                              the head's transform: of CLS, of the mean, or of every token
 *   classes = W · h                                                [1, K] or [1, T, K]
 *   mlm     = words · h + bias                                     [1, M, V]
 */

import { z } from 'zod'
import {
  activationName,
  activationOf,
  HEADS_RULE,
  headSettings,
  headsDivideWidth,
  positionCount,
  size,
  stackShape,
  vocabularySize,
} from './config.ts'
import { readExtraHeads } from './extra_heads.ts'
import { wordTable } from './tables.ts'
import { type HeadTransform, TextEncoder } from './text_encoder.ts'
import { classesOnce, classesPerToken, classified, isFor, span, vocabularyHead } from './text_heads.ts'
import type { WeightReader } from './weights.ts'

const GLOBAL = 'full_attention'
const LOCAL = 'sliding_attention'
const theta = z.number().positive()
const rope = (base: number) =>
  z.object({
    rope_type: z.literal('default', { error: 'default' }).default('default'),
    rope_theta: theta.default(base),
  })

/** Defaults are those of transformers' ModernBertConfig; older files give layer types and angles by numbers. */
export const modernbertConfig = z
  .object({
    model_type: z.literal('modernbert'),
    ...headSettings,
    ...stackShape,
    num_hidden_layers: stackShape.num_hidden_layers.unwrap().default(22),
    intermediate_size: size(131_072).default(1152),
    hidden_activation: activationName.default('gelu'),
    vocab_size: vocabularySize.default(50_368),
    max_position_embeddings: positionCount.default(8192),
    norm_eps: z.number().positive().max(1).default(1e-5),
    norm_bias: z.boolean().default(false),
    local_attention: size(1_000_000).default(128),
    global_attn_every_n_layers: size(256).default(3),
    layer_types: z.array(z.enum([GLOBAL, LOCAL])).optional(),
    global_rope_theta: theta.default(160_000),
    local_rope_theta: theta.default(10_000),
    rope_parameters: z.object({ [GLOBAL]: rope(160_000).optional(), [LOCAL]: rope(10_000).optional() }).optional(),
    classifier_pooling: z.enum(['cls', 'mean']).default('cls'),
    classifier_activation: activationName.default('gelu'),
    tie_word_embeddings: z.boolean().default(true),
  })
  .refine(headsDivideWidth, HEADS_RULE)
  .refine(({ hidden_size, num_attention_heads }) => (hidden_size / num_attention_heads) % 2 === 0, {
    path: ['hidden_size'],
    error: 'heads of an even width',
  })
  .refine(({ layer_types, num_hidden_layers }) => !layer_types || layer_types.length === num_hidden_layers, {
    path: ['layer_types'],
    error: 'a type for each layer',
  })
type ModernBertConfig = z.infer<typeof modernbertConfig>

/** First parts of names that are no heads. */
const ENCODER = new Set(['embeddings', 'layers', 'final_norm'])

export function modernbert(config: ModernBertConfig, reader: WeightReader): TextEncoder {
  const { hidden_size: D, vocab_size: V, norm_bias: normBias } = config
  const name = reader.first('embeddings.tok_embeddings.weight', 'decoder.weight')
  const words = wordTable(reader, name, V, D)
  const activation = activationOf(config.classifier_activation)
  const answersSpans = isFor(config, 'QuestionAnswering')
  const classifies = reader.has('classifier.weight') && !answersSpans ? classified(config, true) : undefined
  const transform = (): HeadTransform => ({
    dense: reader.linear('head.dense', D, D),
    activation,
    norm: reader.layerNorm('head.norm', D, normBias),
  })
  const spans = answersSpans ? span(reader, D, 'classifier') : undefined
  return new TextEncoder(
    {
      modelType: config.model_type,
      shape: {
        layers: config.num_hidden_layers,
        heads: config.num_attention_heads,
        width: D,
        feedForward: config.intermediate_size,
        maxTokens: config.max_position_embeddings,
      },
      kind: { norm: 'before', eps: config.norm_eps, activation: activationOf(config.hidden_activation), gated: true },
      embeddings: { words, norm: reader.layerNorm('embeddings.norm', D, normBias) },
      blocks: modernbertBlocks(config, reader),
      attentionOf: (layer) => layerAttention(config, layer),
      finalNorm: reader.layerNorm('final_norm', D, normBias),
      heads: {
        pooled: classifies === 'once' ? { ...transform(), over: config.classifier_pooling } : undefined,
        once: { classifier: classifies === 'once' ? classesOnce(config, reader, 'classifier', D) : undefined },
        perToken: {
          tokens:
            classifies === 'tokens'
              ? { ...classesPerToken(config, reader, 'classifier', D), transform: transform() }
              : undefined,
          span: spans && { ...spans, transform: transform() },
        },
        mlm: reader.has('decoder.bias')
          ? vocabularyHead(
              reader,
              { dense: 'head.dense', norm: 'head.norm', decoder: 'decoder', bias: ['decoder.bias'] },
              { words, tied: config.tie_word_embeddings, inputs: D, activation, normBias },
            )
          : undefined,
        extra: readExtraHeads(reader, config.clsroom, D),
        encoder: ENCODER,
      },
    },
    reader,
  )
}

function modernbertBlocks(config: ModernBertConfig, reader: WeightReader) {
  const { hidden_size: D, intermediate_size: F, norm_bias: normBias } = config
  return Array.from({ length: config.num_hidden_layers }, (_, l) => {
    const name = `layers.${l}`
    return {
      // The embeddings are normalised already.
      attentionNorm: l === 0 ? undefined : reader.layerNorm(`${name}.attn_norm`, D, normBias),
      qkv: reader.linear(`${name}.attn.Wqkv`, D, 3 * D),
      attentionOutput: reader.linear(`${name}.attn.Wo`, D, D),
      feedForwardNorm: reader.layerNorm(`${name}.mlp_norm`, D, normBias),
      intermediate: reader.linear(`${name}.mlp.Wi`, D, 2 * F),
      output: reader.linear(`${name}.mlp.Wo`, F, D),
    }
  })
}

/** A local layer reads as far as half of local_attention to either side. */
function layerAttention(config: ModernBertConfig, layer: number) {
  const type = config.layer_types?.[layer] ?? (layer % config.global_attn_every_n_layers === 0 ? GLOBAL : LOCAL)
  const given = config.rope_parameters?.[type]?.rope_theta
  return type === GLOBAL
    ? { rotary: { theta: given ?? config.global_rope_theta } }
    : { rotary: { theta: given ?? config.local_rope_theta }, window: Math.floor(config.local_attention / 2) }
}
