/**
 * DistilBERT: BERT with half the layers, no segments and no pooler (Sanh et al. 2019, "DistilBERT, a distilled version of BERT: smaller,
 * faster, cheaper and lighter"; transformers' DistilBertForMaskedLM, DistilBertForSequenceClassification).
 *
 *   x₀      = LayerNorm(words[ids] + positions)
 *   classes = W · relu(Wₚ · x[CLS])                                [1, K]
 *   mlm     = words · LayerNorm(gelu(Wₜ · x)) + bias               [1, M, V]
 */

import { z } from 'zod'
import { activationName, activationOf, headSettings, positionCount, size, vocabularySize } from './config.ts'
import { readExtraHeads } from './extra_heads.ts'
import { positionTable, wordTable } from './tables.ts'
import { TextEncoder } from './text_encoder.ts'
import { classesOnce, classesPerToken, span, vocabularyHead } from './text_heads.ts'
import type { WeightReader } from './weights.ts'

/** Defaults are those of transformers' DistilBertConfig. */
export const distilbertConfig = z
  .object({
    model_type: z.literal('distilbert'),
    ...headSettings,
    dim: size(16_384).default(768),
    n_layers: size(256).default(6),
    n_heads: size(256).default(12),
    hidden_dim: size(131_072).default(3072),
    activation: activationName.default('gelu'),
    vocab_size: vocabularySize.default(30_522),
    max_position_embeddings: positionCount.default(512),
    tie_word_embeddings: z.boolean().default(true),
  })
  .refine(({ dim, n_heads }) => dim % n_heads === 0, { path: ['dim'], error: 'a multiple of n_heads' })

/** Not a setting: the class fixes it. */
const EPS = 1e-12

/** First parts of names that are no heads. */
const ENCODER = new Set(['distilbert', 'embeddings', 'transformer'])

export function distilbert(config: z.infer<typeof distilbertConfig>, reader: WeightReader): TextEncoder {
  const { dim: D, hidden_dim: F } = config
  const prefix = reader.has('distilbert.embeddings.position_embeddings.weight') ? 'distilbert.' : ''
  const activation = activationOf(config.activation)
  const name = reader.first(`${prefix}embeddings.word_embeddings.weight`, 'vocab_projector.weight')
  const words = wordTable(reader, name, config.vocab_size, D)
  const once = reader.has('pre_classifier.weight')
  return new TextEncoder(
    {
      modelType: config.model_type,
      shape: {
        layers: config.n_layers,
        heads: config.n_heads,
        width: D,
        feedForward: F,
        maxTokens: config.max_position_embeddings,
      },
      kind: { norm: 'after', eps: EPS, activation },
      embeddings: {
        words,
        positions: positionTable(
          reader,
          `${prefix}embeddings.position_embeddings.weight`,
          config.max_position_embeddings,
          D,
        ),
        norm: reader.layerNorm(`${prefix}embeddings.LayerNorm`, D),
      },
      blocks: Array.from({ length: config.n_layers }, (_, l) => {
        const layer = `${prefix}transformer.layer.${l}`
        return {
          qkv: reader.packed(
            ['q_lin', 'k_lin', 'v_lin'].map((part) => `${layer}.attention.${part}`),
            D,
            D,
          ),
          attentionOutput: reader.linear(`${layer}.attention.out_lin`, D, D),
          attentionNorm: reader.layerNorm(`${layer}.sa_layer_norm`, D),
          intermediate: reader.linear(`${layer}.ffn.lin1`, D, F),
          output: reader.linear(`${layer}.ffn.lin2`, F, D),
          feedForwardNorm: reader.layerNorm(`${layer}.output_layer_norm`, D),
        }
      }),
      heads: {
        pooled: once ? { over: 'cls', dense: reader.linear('pre_classifier', D, D), activation: 'relu' } : undefined,
        once: { classifier: once ? classesOnce(config, reader, 'classifier', D) : undefined },
        perToken: {
          tokens:
            !once && reader.has('classifier.weight') ? classesPerToken(config, reader, 'classifier', D) : undefined,
          span: span(reader, D),
        },
        mlm: vocabularyHead(
          reader,
          {
            dense: 'vocab_transform',
            norm: 'vocab_layer_norm',
            decoder: 'vocab_projector',
            bias: ['vocab_projector.bias'],
          },
          { words, tied: config.tie_word_embeddings, inputs: D, activation },
        ),
        extra: readExtraHeads(reader, config.clsroom, D),
        encoder: ENCODER,
      },
    },
    reader,
  )
}
