/**
 * BERT, post-LayerNorm encoder (Devlin et al. 2019, "BERT: Pre-training of Deep Bidirectional Transformers for Language
 * Understanding"; transformers' BertForPreTraining).
 *
 *   x₀      = LayerNorm(words[ids] + positions + segments)
 *   a       = LayerNorm(x + Wₒ · Attention(x))                     for each of L layers
 *   x       = LayerNorm(a + W₂ · gelu(W₁ · a))
 *   pooler  = tanh(Wₚ · x[CLS])
 *   nsp     = W · pooler                                           [1, 2]: 0 = "is next", 1 = "is not"
 *   tokens  = W · x                                                [1, T, K]: BertForTokenClassification
 *   span    = W · x                                                [1, T, 2]: start and end, BertForQuestionAnswering
 *   mlm     = words · LayerNorm(gelu(Wₜ · x)) + bias               [1, M, V], tied to the token table unless config.json unties it
 */

import { z } from 'zod'
import type { BlockWeights } from './block.ts'
import {
  activationOf,
  encoderShape,
  HEADS_RULE,
  headsDivideWidth,
  positionCount,
  segmentCount,
  vocabularySize,
} from './config.ts'
import { readExtraHeads } from './extra_heads.ts'
import { positionTable, wordTable } from './tables.ts'
import { type TextEmbeddings, TextEncoder, type TextEncoderParts } from './text_encoder.ts'
import { classesOnce, classesPerToken, classified, span, vocabularyHead } from './text_heads.ts'
import type { WeightReader } from './weights.ts'

/** Defaults are those of transformers' BertConfig. */
export const bertSettings = {
  ...encoderShape,
  vocab_size: vocabularySize.default(30_522),
  max_position_embeddings: positionCount.default(512),
  type_vocab_size: segmentCount.default(2),
  tie_word_embeddings: z.boolean().default(true),
}
export const bertConfig = z
  .object({ model_type: z.literal('bert'), ...bertSettings })
  .refine(headsDivideWidth, HEADS_RULE)

export type BertConfig = z.infer<typeof bertConfig>

/** First parts of names that are no heads. */
const ENCODER = new Set(['bert', 'embeddings', 'encoder', 'pooler'])

export function bert(config: BertConfig, reader: WeightReader): TextEncoder {
  const { hidden_size: D } = config
  // BertModel checkpoints carry no "bert." prefix.
  const prefix = reader.has('bert.embeddings.position_embeddings.weight') ? 'bert.' : ''
  const decoder = 'cls.predictions.decoder'
  const embeddings = bertEmbeddings(config, reader, prefix, D, `${decoder}.weight`)
  const blocks = bertBlocks(config, reader, prefix)

  // A checkpoint brings the heads it was trained with; the absent ones give no logits.
  const hasPooler = reader.has(`${prefix}pooler.dense.weight`)
  const classifies = reader.has('classifier.weight') ? classified(config, hasPooler) : undefined
  const pools = hasPooler || classifies === 'once'
  return new TextEncoder(
    {
      modelType: 'bert',
      ...bertStack(config),
      embeddings,
      blocks,
      heads: {
        pooled: pools
          ? { over: 'cls', dense: reader.linear(`${prefix}pooler.dense`, D, D), activation: 'tanh' }
          : undefined,
        once: {
          nsp:
            pools && reader.has('cls.seq_relationship.weight')
              ? { weights: reader.linear('cls.seq_relationship', D, 2), labels: ['is next', 'is not next'] }
              : undefined,
          classifier: classifies === 'once' ? classesOnce(config, reader, 'classifier', D) : undefined,
        },
        perToken: {
          tokens: classifies === 'tokens' ? classesPerToken(config, reader, 'classifier', D) : undefined,
          span: span(reader, D),
        },
        mlm: vocabularyHead(
          reader,
          {
            dense: 'cls.predictions.transform.dense',
            norm: 'cls.predictions.transform.LayerNorm',
            decoder,
            bias: ['cls.predictions.bias', `${decoder}.bias`],
          },
          {
            words: embeddings.words,
            tied: config.tie_word_embeddings,
            inputs: D,
            activation: activationOf(config.hidden_act),
          },
        ),
        extra: readExtraHeads(reader, config.clsroom, D),
        encoder: ENCODER,
      },
    },
    reader,
  )
}

/** The sizes and the kind of block of BERT and of what is built like it. */
export function bertStack(
  config: Omit<BertConfig, 'model_type' | 'clsroom'>,
): Pick<TextEncoderParts, 'shape' | 'kind'> {
  return {
    shape: {
      layers: config.num_hidden_layers,
      heads: config.num_attention_heads,
      width: config.hidden_size,
      feedForward: config.intermediate_size,
      maxTokens: config.max_position_embeddings,
    },
    kind: { norm: 'after', eps: config.layer_norm_eps, activation: activationOf(config.hidden_act) },
  }
}

/**
 * Three tables and a LayerNorm under `<prefix>embeddings`, of BERT and of what is built like it.
 * @param E width of the tables
 * @param decoder other name of the token table where it is tied to the head over the vocabulary and stored once
 */
export function bertEmbeddings(
  config: { vocab_size: number; max_position_embeddings: number; type_vocab_size: number },
  reader: WeightReader,
  prefix: string,
  E: number,
  decoder: string,
): TextEmbeddings {
  const name = reader.first(`${prefix}embeddings.word_embeddings.weight`, decoder)
  return {
    words: wordTable(reader, name, config.vocab_size, E),
    positions: positionTable(
      reader,
      `${prefix}embeddings.position_embeddings.weight`,
      config.max_position_embeddings,
      E,
    ),
    segments: reader.tensor(`${prefix}embeddings.token_type_embeddings.weight`, [config.type_vocab_size, E]),
    norm: reader.layerNorm(`${prefix}embeddings.LayerNorm`, E),
  }
}

/** The layers under `<prefix>encoder.layer`, of BERT and of what is built like it. */
export function bertBlocks(
  config: { hidden_size: number; intermediate_size: number; num_hidden_layers: number },
  reader: WeightReader,
  prefix: string,
): BlockWeights[] {
  const { hidden_size: D, intermediate_size: F } = config
  return Array.from({ length: config.num_hidden_layers }, (_, l) => {
    const name = `${prefix}encoder.layer.${l}`
    return {
      qkv: reader.packed(
        ['query', 'key', 'value'].map((part) => `${name}.attention.self.${part}`),
        D,
        D,
      ),
      attentionOutput: reader.linear(`${name}.attention.output.dense`, D, D),
      attentionNorm: reader.layerNorm(`${name}.attention.output.LayerNorm`, D),
      intermediate: reader.linear(`${name}.intermediate.dense`, D, F),
      output: reader.linear(`${name}.output.dense`, F, D),
      feedForwardNorm: reader.layerNorm(`${name}.output.LayerNorm`, D),
    }
  })
}
