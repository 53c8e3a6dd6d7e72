/**
 * ALBERT: BERT with narrow embeddings and one set of weights for many layers, trained on the order of sentences (Lan et al. 2020,
 * "ALBERT: A Lite BERT for Self-supervised Learning of Language Representations"; transformers' AlbertForPreTraining).
 *
 *   x₀      = Wₑ · LayerNorm(words[ids] + positions + segments)
 *   pooler  = tanh(Wₚ · x[CLS])
 *   sop     = W · pooler                                           [1, 2]: 0 = in order, 1 = swapped
 *   mlm     = words · LayerNorm(gelu(Wₜ · x)) + bias               [1, M, V]
 */

import { z } from 'zod'
import { bertEmbeddings, bertSettings, bertStack } from './bert.ts'
import type { BlockWeights } from './block.ts'
import { activationOf, HEADS_RULE, headsDivideWidth, size } from './config.ts'
import { readExtraHeads } from './extra_heads.ts'
import { TextEncoder } from './text_encoder.ts'
import { classesOnce, classesPerToken, classified, span, vocabularyHead } from './text_heads.ts'
import type { WeightReader } from './weights.ts'

/** Defaults are those of transformers' AlbertConfig. */
export const albertConfig = z
  .object({
    model_type: z.literal('albert'),
    ...bertSettings,
    vocab_size: bertSettings.vocab_size.unwrap().default(30_000),
    hidden_size: bertSettings.hidden_size.unwrap().default(4096),
    num_attention_heads: bertSettings.num_attention_heads.unwrap().default(64),
    intermediate_size: bertSettings.intermediate_size.unwrap().default(16_384),
    hidden_act: bertSettings.hidden_act.unwrap().default('gelu_new'),
    embedding_size: size(16_384).default(128),
    num_hidden_groups: size(256).default(1),
    inner_group_num: z.literal(1, { error: '1' }).default(1),
  })
  .refine(headsDivideWidth, HEADS_RULE)
  .refine(({ num_hidden_groups, num_hidden_layers }) => num_hidden_groups <= num_hidden_layers, {
    path: ['num_hidden_groups'],
    error: 'at most num_hidden_layers',
  })
type AlbertConfig = z.infer<typeof albertConfig>

/** First parts of names that are no heads. */
const ENCODER = new Set(['albert', 'embeddings', 'encoder', 'pooler'])

export function albert(config: AlbertConfig, reader: WeightReader): TextEncoder {
  const { hidden_size: D, embedding_size: E } = config
  const prefix = reader.has('albert.embeddings.position_embeddings.weight') ? 'albert.' : ''
  const embeddings = bertEmbeddings(config, reader, prefix, E, 'predictions.decoder.weight')
  const hasPooler = reader.has(`${prefix}pooler.weight`)
  const classifies = reader.has('classifier.weight') ? classified(config, hasPooler) : undefined
  const pools = hasPooler || classifies === 'once'
  return new TextEncoder(
    {
      modelType: config.model_type,
      ...bertStack(config),
      embeddings: { ...embeddings, projection: reader.linear(`${prefix}encoder.embedding_hidden_mapping_in`, E, D) },
      blocks: sharedBlocks(config, reader, prefix),
      heads: {
        pooled: pools ? { over: 'cls', dense: reader.linear(`${prefix}pooler`, D, D), activation: 'tanh' } : undefined,
        once: {
          sop:
            pools && reader.has('sop_classifier.classifier.weight')
              ? { weights: reader.linear('sop_classifier.classifier', D, 2), labels: ['in order', 'swapped'] }
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
            dense: 'predictions.dense',
            norm: 'predictions.LayerNorm',
            decoder: 'predictions.decoder',
            bias: ['predictions.bias', 'predictions.decoder.bias'],
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

/** The weights of each group are those of several layers in a row, on the backend once. */
function sharedBlocks(config: AlbertConfig, reader: WeightReader, prefix: string): BlockWeights[] {
  const { hidden_size: D, intermediate_size: F, num_hidden_groups: groups, num_hidden_layers: layers } = config
  const blocks = Array.from({ length: groups }, (_, group) => {
    const name = `${prefix}encoder.albert_layer_groups.${group}.albert_layers.0`
    return {
      qkv: reader.packed(
        ['query', 'key', 'value'].map((part) => `${name}.attention.${part}`),
        D,
        D,
      ),
      attentionOutput: reader.linear(`${name}.attention.dense`, D, D),
      attentionNorm: reader.layerNorm(`${name}.attention.LayerNorm`, D),
      intermediate: reader.linear(`${name}.ffn`, D, F),
      output: reader.linear(`${name}.ffn_output`, F, D),
      feedForwardNorm: reader.layerNorm(`${name}.full_layer_layer_norm`, D),
    }
  })
  return Array.from({ length: layers }, (_, l) => blocks[Math.floor((l * groups) / layers)] as BlockWeights)
}
