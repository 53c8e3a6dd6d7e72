/**
 * ELECTRA: BERT's encoder on narrower embeddings, trained to tell which words another model replaced (Clark et al. 2020, "ELECTRA:
 * Pre-training Text Encoders as Discriminators Rather Than Generators"; transformers' ElectraForPreTraining, ElectraForMaskedLM).
 *
 *   x₀       = Wₑ · LayerNorm(words[ids] + positions + segments)
 *   replaced = sigmoid(W · gelu(Wᵣ · x))                           [1, T, 1]: the discriminator
 *   classes  = W · gelu(Wₚ · x[CLS])                               [1, K]
 *   mlm      = words · LayerNorm(gelu(Wₜ · x)) + bias              [1, M, V]: the generator
 */

import { z } from 'zod'
import { bertBlocks, bertEmbeddings, bertSettings, bertStack } from './bert.ts'
import { activationOf, HEADS_RULE, headsDivideWidth, size } from './config.ts'
import { readExtraHeads } from './extra_heads.ts'
import { type ClassHead, TextEncoder } from './text_encoder.ts'
import { classesOnce, classesPerToken, span, vocabularyHead } from './text_heads.ts'
import type { WeightReader } from './weights.ts'

/** Defaults are those of transformers' ElectraConfig. */
export const electraConfig = z
  .object({
    model_type: z.literal('electra'),
    ...bertSettings,
    hidden_size: bertSettings.hidden_size.unwrap().default(256),
    num_attention_heads: bertSettings.num_attention_heads.unwrap().default(4),
    intermediate_size: bertSettings.intermediate_size.unwrap().default(1024),
    embedding_size: size(16_384).default(128),
  })
  .refine(headsDivideWidth, HEADS_RULE)

/** First parts of names that are no heads. */
const ENCODER = new Set(['electra', 'embeddings', 'embeddings_project', 'encoder'])

export function electra(config: z.infer<typeof electraConfig>, reader: WeightReader): TextEncoder {
  const { hidden_size: D, embedding_size: E } = config
  const prefix = reader.has('electra.embeddings.position_embeddings.weight') ? 'electra.' : ''
  const embeddings = bertEmbeddings(config, reader, prefix, E, 'generator_lm_head.weight')
  const once = reader.has('classifier.out_proj.weight')
  return new TextEncoder(
    {
      modelType: config.model_type,
      ...bertStack(config),
      embeddings: {
        ...embeddings,
        projection: E === D ? undefined : reader.linear(`${prefix}embeddings_project`, E, D),
      },
      blocks: bertBlocks(config, reader, prefix),
      heads: {
        pooled: once ? { over: 'cls', dense: reader.linear('classifier.dense', D, D), activation: 'gelu' } : undefined,
        once: { classifier: once ? classesOnce(config, reader, 'classifier.out_proj', D) : undefined },
        perToken: {
          replaced: discriminator(config, reader),
          tokens: reader.has('classifier.weight') ? classesPerToken(config, reader, 'classifier', D) : undefined,
          span: span(reader, D),
        },
        mlm: vocabularyHead(
          reader,
          {
            dense: 'generator_predictions.dense',
            norm: 'generator_predictions.LayerNorm',
            decoder: 'generator_lm_head',
            bias: ['generator_lm_head.bias'],
          },
          { words: embeddings.words, tied: config.tie_word_embeddings, inputs: D, activation: 'gelu' },
        ),
        extra: readExtraHeads(reader, config.clsroom, D),
        encoder: ENCODER,
      },
    },
    reader,
  )
}

/** Whether each token was replaced, where the checkpoint is a discriminator. */
function discriminator(
  { hidden_size: D, hidden_act }: z.infer<typeof electraConfig>,
  reader: WeightReader,
): ClassHead | undefined {
  if (!reader.has('discriminator_predictions.dense_prediction.weight')) return undefined
  return {
    transform: { dense: reader.linear('discriminator_predictions.dense', D, D), activation: activationOf(hidden_act) },
    weights: reader.linear('discriminator_predictions.dense_prediction', D, 1),
    labels: ['replaced'],
    scoring: 'sigmoid',
  }
}
