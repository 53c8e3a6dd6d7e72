/**
 * GPT-2: pre-LayerNorm decoder with learned positions (Radford et al. 2019, "Language Models are Unsupervised Multitask Learners";
 * transformers' GPT2LMHeadModel, GPT2ForSequenceClassification).
 *
 *   x₀      = words[ids] + positions
 *   a       = x + Wₒ · CausalAttention(LayerNorm(x))               for each of L layers
 *   x       = a + W₂ · gelu(W₁ · LayerNorm(a))
 *   lm      = words · LayerNorm(x)                                 [1, T, V]
 *   classes = W · LayerNorm(x)[last]                               [1, 1, K]
 */

import { z } from 'zod'
import {
  activationName,
  activationOf,
  headSettings,
  positionCount,
  size,
  stackShape,
  tokenIds,
  vocabularySize,
} from './config.ts'
import { positionTable, wordTable } from './tables.ts'
import { TextDecoder } from './text_decoder.ts'
import { lastTokenClasses } from './text_heads.ts'
import type { WeightReader } from './weights.ts'

/** Defaults are those of transformers' GPT2Config. */
export const gpt2Config = z
  .object({
    model_type: z.literal('gpt2'),
    ...headSettings,
    vocab_size: vocabularySize.default(50_257),
    n_positions: positionCount.default(1024),
    n_embd: stackShape.hidden_size,
    n_layer: stackShape.num_hidden_layers,
    n_head: stackShape.num_attention_heads,
    n_inner: size(131_072).optional(),
    activation_function: activationName.default('gelu_new'),
    layer_norm_epsilon: z.number().positive().max(1).default(1e-5),
    scale_attn_weights: z.boolean().default(true),
    scale_attn_by_inverse_layer_idx: z.boolean().default(false),
    tie_word_embeddings: z.boolean().default(true),
    eos_token_id: tokenIds.default([50_256]),
    pad_token_id: z.int().optional(),
  })
  .refine(({ n_embd, n_head }) => n_embd % n_head === 0, { path: ['n_embd'], error: 'a multiple of n_head' })
type Gpt2Config = z.infer<typeof gpt2Config>

/** First parts of names that are no heads. */
const STEM = new Set(['transformer', 'wte', 'wpe', 'h', 'ln_f'])

export function gpt2(config: Gpt2Config, reader: WeightReader): TextDecoder {
  const { n_embd: D, n_layer: L, n_head: H, vocab_size: V, n_inner: F = 4 * D } = config
  // GPT2Model checkpoints carry no "transformer." prefix.
  const prefix = reader.has('transformer.wte.weight') ? 'transformer.' : ''
  const name = `${prefix}wte.weight`
  const classifies = reader.has('score.weight')
  return new TextDecoder(
    {
      modelType: 'gpt2',
      shape: { layers: L, heads: H, width: D, feedForward: F, maxTokens: config.n_positions },
      words: wordTable(reader, name, V, D),
      positions: positionTable(reader, `${prefix}wpe.weight`, config.n_positions, D),
      blocks: Array.from({ length: L }, (_, l) => {
        const layer = `${prefix}h.${l}`
        return {
          attentionNorm: reader.layerNorm(`${layer}.ln_1`, D),
          qkv: reader.inputMajor(`${layer}.attn.c_attn`, D, 3 * D),
          attentionOutput: reader.inputMajor(`${layer}.attn.c_proj`, D, D),
          feedForwardNorm: reader.layerNorm(`${layer}.ln_2`, D),
          intermediate: reader.inputMajor(`${layer}.mlp.c_fc`, D, F),
          output: reader.inputMajor(`${layer}.mlp.c_proj`, F, D),
        }
      }),
      kind: { norm: 'before', eps: config.layer_norm_epsilon, activation: activationOf(config.activation_function) },
      scaleOf: (layer) => scaleOf(config, layer),
      finalNorm: reader.layerNorm(`${prefix}ln_f`, D),
      lm: classifies
        ? undefined
        : reader.unembedding(config.tie_word_embeddings ? name : reader.first('lm_head.weight', name), V, D),
      classifier: lastTokenClasses(config, reader, D),
      endTokens: config.eos_token_id,
      stem: STEM,
    },
    reader,
  )
}

/** Of q · k: 1/√Dh, and deeper layers may have smaller ones. */
function scaleOf(config: Gpt2Config, layer: number): number {
  const scale = config.scale_attn_weights ? (config.n_embd / config.n_head) ** -0.5 : 1
  return config.scale_attn_by_inverse_layer_idx ? scale / (layer + 1) : scale
}
