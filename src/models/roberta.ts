/**
 * RoBERTa and XLM-RoBERTa: BERT without next sentence, whose positions count from the one after padding (Liu et al. 2019, "RoBERTa: A
 * Robustly Optimized BERT Pretraining Approach"; Conneau et al. 2020, "Unsupervised Cross-lingual Representation Learning at Scale";
 * transformers' RobertaForMaskedLM, RobertaForSequenceClassification).
 *
 *   position = padding + 1 + t, and padding for a PAD
 *   classes  = W · tanh(Wₚ · x[<s>])                               [1, K]
 *   mlm      = words · LayerNorm(gelu(Wₜ · x)) + bias              [1, M, V]
 */

import { z } from 'zod'
import { bertBlocks, bertEmbeddings, bertSettings, bertStack } from './bert.ts'
import { HEADS_RULE, headsDivideWidth } from './config.ts'
import { readExtraHeads } from './extra_heads.ts'
import { TextEncoder } from './text_encoder.ts'
import { classesOnce, classesPerToken, span, vocabularyHead } from './text_heads.ts'
import type { WeightReader } from './weights.ts'

/** Defaults are those of transformers' RobertaConfig. */
export const robertaConfig = z
  .object({
    model_type: z.enum(['roberta', 'xlm-roberta']),
    ...bertSettings,
    vocab_size: bertSettings.vocab_size.unwrap().default(50_265),
    pad_token_id: z.int().nonnegative().max(2_000_000).default(1),
  })
  .refine(headsDivideWidth, HEADS_RULE)
  .refine(({ pad_token_id, max_position_embeddings }) => pad_token_id + 1 < max_position_embeddings, {
    path: ['max_position_embeddings'],
    error: 'more positions than pad_token_id + 1',
  })

/** First parts of names that are no heads. */
const ENCODER = new Set(['roberta', 'embeddings', 'encoder', 'pooler'])

export function roberta(config: z.infer<typeof robertaConfig>, reader: WeightReader): TextEncoder {
  const { hidden_size: D, pad_token_id: padding } = config
  const prefix = reader.has('roberta.embeddings.position_embeddings.weight') ? 'roberta.' : ''
  const embeddings = bertEmbeddings(config, reader, prefix, D, 'lm_head.decoder.weight')
  const { shape, kind } = bertStack(config)
  const once = reader.has('classifier.out_proj.weight')
  return new TextEncoder(
    {
      modelType: config.model_type,
      shape: { ...shape, maxTokens: config.max_position_embeddings - padding - 1 },
      kind,
      embeddings: { ...embeddings, paddingIndex: padding },
      blocks: bertBlocks(config, reader, prefix),
      heads: {
        pooled: once ? { over: 'cls', dense: reader.linear('classifier.dense', D, D), activation: 'tanh' } : undefined,
        once: { classifier: once ? classesOnce(config, reader, 'classifier.out_proj', D) : undefined },
        perToken: {
          tokens: reader.has('classifier.weight') ? classesPerToken(config, reader, 'classifier', D) : undefined,
          span: span(reader, D),
        },
        mlm: vocabularyHead(
          reader,
          {
            dense: 'lm_head.dense',
            norm: 'lm_head.layer_norm',
            decoder: 'lm_head.decoder',
            bias: ['lm_head.bias', 'lm_head.decoder.bias'],
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
