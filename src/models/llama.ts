/**
 * Llama and what is built like it: pre-RMSNorm decoder with rotary positions, SwiGLU and shared key heads (Touvron et al. 2023, "LLaMA:
 * Open and Efficient Foundation Language Models"; Ainslie et al. 2023, "GQA"; transformers' LlamaForCausalLM,
 * LlamaForSequenceClassification).
 *
 *   x₀      = words[ids]
 *   a       = x + Wₒ · CausalAttention(RMSNorm(x))                 for each of L layers; queries and keys turn by their positions
 *   x       = a + W₂ · (silu(W₁ · RMSNorm(a)) · (W₃ · RMSNorm(a)))
 *   lm      = W · RMSNorm(x)                                       [1, T, V], tied to the token table where config.json ties it
 *   classes = W · RMSNorm(x)[last]                                 [1, 1, K]
 */

import { z } from 'zod'
import { ClsroomError } from '../core/errors.ts'
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
import { rotaryFrequencies } from './rotary.ts'
import { wordTable } from './tables.ts'
import { TextDecoder } from './text_decoder.ts'
import { lastTokenClasses } from './text_heads.ts'
import type { WeightReader } from './weights.ts'

const positive = z.number().positive()
const wholeHeads = z.literal(1, { error: '1: positions turn whole heads' }).default(1)
/** How angles are made; older files call the kind `type`, and have `rope_theta` beside it. */
const rope = z.object({
  rope_type: z.string().optional(),
  type: z.string().optional(),
  rope_theta: positive.optional(),
  factor: positive.default(1),
  low_freq_factor: positive.default(1),
  high_freq_factor: positive.default(4),
  original_max_position_embeddings: positive.optional(),
  partial_rotary_factor: wholeHeads,
})

type Rope = z.infer<typeof rope>

/** Defaults are those of transformers' LlamaConfig. */
export const llamaConfig = z
  .object({
    model_type: z.literal('llama'),
    ...headSettings,
    vocab_size: vocabularySize.default(32_000),
    hidden_size: stackShape.hidden_size.unwrap().default(4096),
    intermediate_size: size(131_072).default(11_008),
    num_hidden_layers: stackShape.num_hidden_layers.unwrap().default(32),
    num_attention_heads: stackShape.num_attention_heads.unwrap().default(32),
    num_key_value_heads: size(256).optional(),
    head_dim: size(16_384).optional(),
    hidden_act: activationName.default('silu'),
    max_position_embeddings: positionCount.default(2048),
    rms_norm_eps: z.number().positive().max(1).default(1e-6),
    rope_theta: positive.default(10_000),
    rope_parameters: rope.optional(),
    rope_scaling: rope.optional(),
    partial_rotary_factor: wholeHeads,
    tie_word_embeddings: z.boolean().default(false),
    eos_token_id: tokenIds.default([2]),
    pad_token_id: z.int().optional(),
  })
  .refine(({ head_dim, hidden_size, num_attention_heads }) => head_dim ?? hidden_size % num_attention_heads === 0, {
    path: ['hidden_size'],
    error: 'a multiple of num_attention_heads',
  })
  .refine((config) => headWidth(config) % 2 === 0, { path: ['head_dim'], error: 'heads of an even width' })
  .refine(({ num_attention_heads: H, num_key_value_heads: Hk = H }) => H % Hk === 0, {
    path: ['num_key_value_heads'],
    error: 'a divisor of num_attention_heads',
  })
  .transform((config) => ({ ...config, frequencies: frequenciesOf(config) }))
type LlamaConfig = z.infer<typeof llamaConfig>

/** First parts of names that are no heads. */
const STEM = new Set(['embed_tokens', 'layers', 'norm', 'rotary_emb'])

export function llama(config: LlamaConfig, reader: WeightReader): TextDecoder {
  const { hidden_size: D, vocab_size: V, num_attention_heads: H, num_key_value_heads: Hk = H } = config
  const { intermediate_size: F, num_hidden_layers: L } = config
  const Dh = headWidth(config)
  const name = reader.first('embed_tokens.weight', 'lm_head.weight')
  const head = config.tie_word_embeddings ? name : 'lm_head.weight'
  const classifies = reader.has('score.weight')
  return new TextDecoder(
    {
      modelType: 'llama',
      shape: { layers: L, heads: H, width: D, feedForward: F, maxTokens: config.max_position_embeddings },
      keyHeads: Hk,
      words: wordTable(reader, name, V, D),
      frequencies: config.frequencies,
      blocks: Array.from({ length: L }, (_, l) => {
        const layer = `layers.${l}`
        const attention = `${layer}.self_attn`
        return {
          attentionNorm: reader.rmsNorm(`${layer}.input_layernorm`, D),
          qkv: reader.packed(
            ['q_proj', 'k_proj', 'v_proj'].map((part) => `${attention}.${part}`),
            D,
            [H * Dh, Hk * Dh, Hk * Dh],
          ),
          attentionOutput: reader.linear(`${attention}.o_proj`, H * Dh, D),
          feedForwardNorm: reader.rmsNorm(`${layer}.post_attention_layernorm`, D),
          intermediate: reader.packed([`${layer}.mlp.gate_proj`, `${layer}.mlp.up_proj`], D, F),
          output: reader.linear(`${layer}.mlp.down_proj`, F, D),
        }
      }),
      kind: { norm: 'before', eps: config.rms_norm_eps, activation: activationOf(config.hidden_act), gated: true },
      finalNorm: reader.rmsNorm('norm', D),
      lm: !classifies && reader.has(head) ? reader.unembedding(head, V, D) : undefined,
      classifier: lastTokenClasses(config, reader, D),
      endTokens: config.eos_token_id,
      stem: STEM,
    },
    reader,
  )
}

function headWidth(config: { head_dim?: number; hidden_size: number; num_attention_heads: number }): number {
  return config.head_dim ?? config.hidden_size / config.num_attention_heads
}

/**
 * The frequencies of the angles, stretched for texts longer than those of the training (transformers' modeling_rope_utils).
 * @throws ClsroomError `unsupported` for other kinds
 */
function frequenciesOf(config: {
  head_dim?: number
  hidden_size: number
  num_attention_heads: number
  max_position_embeddings: number
  rope_theta: number
  rope_parameters?: Rope
  rope_scaling?: Rope
}): number[] {
  const { rope_parameters: given = config.rope_scaling } = config
  const kind = given?.rope_type ?? given?.type ?? 'default'
  const frequencies = rotaryFrequencies(headWidth(config), given?.rope_theta ?? config.rope_theta)
  if (kind === 'default' || !given) return frequencies
  if (kind === 'linear') return frequencies.map((frequency) => frequency / given.factor)
  if (kind === 'llama3') {
    const trained = given.original_max_position_embeddings ?? config.max_position_embeddings
    return frequencies.map((frequency) => llama3Frequency(frequency, trained, given))
  }
  throw new ClsroomError('unsupported', "CLSroom cannot run this model's positions", {
    found: `rope_type ${kind}`,
    expected: 'default, linear, llama3',
    advice: 'Choose a model with one of these',
  })
}

/** Llama 3.1: slow turns are slowed by the factor, fast ones kept, and those between them mixed. */
function llama3Frequency(frequency: number, trained: number, { factor, ...given }: Rope): number {
  const turns = (trained * frequency) / (2 * Math.PI)
  if (turns < given.low_freq_factor) return frequency / factor
  if (turns > given.high_freq_factor) return frequency
  const kept = (turns - given.low_freq_factor) / (given.high_freq_factor - given.low_freq_factor)
  return (1 - kept) * (frequency / factor) + kept * frequency
}
