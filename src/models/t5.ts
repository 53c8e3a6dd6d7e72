/**
 * T5: pre-RMSNorm encoder–decoder whose positions are a bias of the scores by distance (Raffel et al. 2020, "Exploring the Limits of
 * Transfer Learning with a Unified Text-to-Text Transformer"; transformers' T5ForConditionalGeneration). Scores are not scaled: the
 * initialisation does that.
 *
 *   x₀      = words[ids]
 *   a       = x + Wₒ · Attention(RMSNorm(x), bias by distance)     for each layer; the decoder also reads the encoder
 *   x       = a + W₂ · relu(W₁ · RMSNorm(a))                       or gated: gelu(W₁ · …) · (W₃ · …)
 *   lm      = words · RMSNorm(x) / √D                              [1, Td, V]; version 1.1 has a matrix of its own and no 1/√D
 */

import { z } from 'zod'
import { type DistanceBuckets, distanceBucket } from '../core/distance_bucket.ts'
import type { Ops, Tensor } from '../core/ops.ts'
import type { BlockWeights, CrossWeights } from './block.ts'
import { activationName, activationOf, positionCount, size, tokenIds, vocabularySize } from './config.ts'
import { EncoderDecoder } from './encoder_decoder.ts'
import { wordTable } from './tables.ts'
import type { WeightReader } from './weights.ts'

/** "relu", or "gated-silu". The gated gelu is the one by tanh, whatever it is called. */
const feedForwardProjection = z
  .string()
  .transform((name) => (name === 'gated-gelu' ? 'gated-gelu_new' : name))
  .transform((name) => ({ gated: name.startsWith('gated-'), activation: name.replace(/^gated-/, '') }))
  .pipe(z.object({ gated: z.boolean(), activation: activationName }))

/** Defaults are those of transformers' T5Config. */
export const t5Config = z
  .object({
    model_type: z.literal('t5'),
    vocab_size: vocabularySize.default(32_128),
    n_positions: positionCount.default(512),
    d_model: size(16_384).default(512),
    d_kv: size(16_384).default(64),
    d_ff: size(131_072).default(2048),
    num_layers: size(256).default(6),
    num_decoder_layers: size(256).optional(),
    num_heads: size(256).default(8),
    relative_attention_num_buckets: z.int().min(4).max(4096).default(32),
    relative_attention_max_distance: size(1_000_000).default(128),
    layer_norm_epsilon: z.number().positive().max(1).default(1e-6),
    feed_forward_proj: feedForwardProjection.prefault('relu'),
    tie_word_embeddings: z.boolean().default(true),
    scale_decoder_outputs: z.boolean().optional(),
    decoder_start_token_id: z.int().nonnegative().optional(),
    pad_token_id: z.int().nonnegative().default(0),
    eos_token_id: tokenIds.default([1]),
  })
  .refine((config) => startTokenOf(config) < config.vocab_size, {
    path: ['decoder_start_token_id'],
    error: 'a token of the vocabulary',
  })
type T5Config = z.infer<typeof t5Config>

/** First parts of names that are no heads. */
const STEM = new Set(['shared', 'encoder', 'decoder'])

export function t5(config: T5Config, reader: WeightReader): EncoderDecoder {
  const { d_model: D, vocab_size: V, num_heads: H, num_layers: L, num_decoder_layers: Ld = L } = config
  const name = reader.first('shared.weight', 'encoder.embed_tokens.weight')
  const { gated, activation } = config.feed_forward_proj
  // Before `scale_decoder_outputs`, tied logits were scaled and untied ones were not.
  const scaled = config.scale_decoder_outputs ?? config.tie_word_embeddings
  return new EncoderDecoder(
    {
      modelType: 't5',
      heads: H,
      width: D,
      feedForward: config.d_ff,
      maxTokens: config.n_positions,
      words: wordTable(reader, name, V, D),
      kind: { norm: 'before', eps: config.layer_norm_epsilon, activation: activationOf(activation), gated },
      scale: 1,
      encoder: {
        blocks: Array.from({ length: L }, (_, l) => blockOf(config, reader, `encoder.block.${l}`, 1)),
        ...distanceBias(config, reader, 'encoder', true),
        finalNorm: reader.rmsNorm('encoder.final_layer_norm', D),
      },
      decoder: {
        blocks: Array.from({ length: Ld }, (_, l) => ({
          ...blockOf(config, reader, `decoder.block.${l}`, 2),
          cross: crossOf(config, reader, `decoder.block.${l}.layer.1`),
        })),
        ...distanceBias(config, reader, 'decoder', false),
        finalNorm: reader.rmsNorm('decoder.final_layer_norm', D),
      },
      lm: reader.unembedding(reader.has('lm_head.weight') ? 'lm_head.weight' : name, V, D, scaled ? D ** -0.5 : 1),
      distances: bucketsOf(config),
      startToken: startTokenOf(config),
      endTokens: config.eos_token_id,
      stem: STEM,
    },
    reader,
  )
}

function startTokenOf(config: { decoder_start_token_id?: number; pad_token_id: number }): number {
  return config.decoder_start_token_id ?? config.pad_token_id
}

/** @param last which of the block's parts is the feed-forward one */
function blockOf(config: T5Config, reader: WeightReader, block: string, last: 1 | 2): BlockWeights {
  const { d_model: D, d_ff: F, feed_forward_proj: feedForward } = config
  const inner = config.num_heads * config.d_kv
  const attention = `${block}.layer.0.SelfAttention`
  const dense = `${block}.layer.${last}.DenseReluDense`
  return {
    attentionNorm: reader.rmsNorm(`${block}.layer.0.layer_norm`, D),
    qkv: reader.packed([`${attention}.q`, `${attention}.k`, `${attention}.v`], D, inner),
    attentionOutput: reader.linear(`${attention}.o`, inner, D),
    feedForwardNorm: reader.rmsNorm(`${block}.layer.${last}.layer_norm`, D),
    intermediate: reader.packed(feedForward.gated ? [`${dense}.wi_0`, `${dense}.wi_1`] : [`${dense}.wi`], D, F),
    output: reader.linear(`${dense}.wo`, F, D),
  }
}

function crossOf(config: T5Config, reader: WeightReader, part: string): CrossWeights {
  const { d_model: D } = config
  const inner = config.num_heads * config.d_kv
  const attention = `${part}.EncDecAttention`
  return {
    norm: reader.rmsNorm(`${part}.layer_norm`, D),
    queries: reader.linear(`${attention}.q`, D, inner),
    keysValues: reader.packed([`${attention}.k`, `${attention}.v`], D, inner),
    output: reader.linear(`${attention}.o`, inner, D),
  }
}

/** The bias of all layers of a stack, which its first layer holds: a row a bucket of distances. */
function distanceBias(config: T5Config, reader: WeightReader, stack: 'encoder' | 'decoder', bothSides: boolean) {
  const { num_heads: H } = config
  const shape = bucketsOf(config)
  const name = `${stack}.block.0.layer.0.SelfAttention.relative_attention_bias.weight`
  const table = reader.array(name, [shape.buckets, H]).data
  // The last query stands at the position of the last key: row r is of keys r + 1 − Tk further on.
  const bias = (ops: Ops, Tq: number, Tk: number): Tensor => {
    const rows = new Float32Array((Tq + Tk - 1) * H)
    for (let r = 0; r < Tq + Tk - 1; r++) {
      const bucket = distanceBucket(r + 1 - Tk, bothSides, shape)
      rows.set(table.subarray(bucket * H, (bucket + 1) * H), r * H)
    }
    return ops.input([Tq + Tk - 1, H], rows)
  }
  return { bias, biasTable: table }
}

function bucketsOf(config: T5Config): DistanceBuckets {
  return { buckets: config.relative_attention_num_buckets, furthest: config.relative_attention_max_distance }
}
