/**
 * config.json of the models CLSroom runs, in Hugging Face's own names; what a file leaves out gets transformers' default
 * (BertConfig in models/bert/configuration_bert.py, ViTConfig in models/vit/configuration_vit.py).
 */

import { z } from 'zod'
import { ClsroomError } from '../core/errors.ts'
import { parseWith } from './json.ts'

const ACTIVATIONS = ['gelu', 'gelu_new', 'gelu_pytorch_tanh', 'relu'] as const

/** A positive whole number with a limit that no published model reaches: larger ones are damage, not models. */
const size = (limit: number) => z.int().positive().max(limit)

/** What CLSroom adds to a model of its own. */
const clsroomSchema = z.object({
  num_register_tokens: z.int().nonnegative().max(1024).optional(),
  /** Extra heads, stored as `heads.<name>.*` in the weights. */
  heads: z
    .record(
      z.string(),
      z.object({ pooling: z.enum(['pooler', 'cls', 'mean', 'attention']), labels: z.array(z.string()).min(1) }),
    )
    .optional(),
})

/** What BERT and ViT share: a transformer encoder and its class names. */
const encoderShape = {
  hidden_size: size(16_384).default(768),
  num_hidden_layers: size(256).default(12),
  num_attention_heads: size(256).default(12),
  intermediate_size: size(131_072).default(3072),
  hidden_act: z.enum(ACTIVATIONS).default('gelu'),
  layer_norm_eps: z.number().positive().max(1).default(1e-12),
  id2label: z.record(z.string(), z.string()).optional(),
  clsroom: clsroomSchema.optional(),
}

function headsDivideWidth(config: { hidden_size: number; num_attention_heads: number }): boolean {
  return config.hidden_size % config.num_attention_heads === 0
}
const HEADS_RULE = { path: ['hidden_size'], error: 'a multiple of num_attention_heads' }

const bertSchema = z
  .object({
    model_type: z.literal('bert'),
    ...encoderShape,
    vocab_size: size(2_000_000).default(30_522),
    max_position_embeddings: size(1_000_000).default(512),
    type_vocab_size: size(1024).default(2),
    pad_token_id: z.int().nonnegative().nullable().default(0),
  })
  .refine(headsDivideWidth, HEADS_RULE)

/** One number for a square, or [height, width]. */
const sides = (limit: number) =>
  z.union([size(limit), z.tuple([size(limit), size(limit)])], { error: 'a whole number or [height, width]' })

const vitSchema = z
  .object({
    model_type: z.literal('vit'),
    ...encoderShape,
    image_size: sides(16_384)
      .default(224)
      .transform((side): [height: number, width: number] => (typeof side === 'number' ? [side, side] : side)),
    patch_size: sides(1024)
      .default(16)
      .refine((side) => typeof side === 'number' || side[0] === side[1], { error: 'square patches' })
      .transform((side) => (typeof side === 'number' ? side : side[0])),
    num_channels: size(16).default(3),
    qkv_bias: z.boolean().default(true),
  })
  .refine(headsDivideWidth, HEADS_RULE)
  .refine(({ image_size, patch_size }) => Math.min(...image_size) >= patch_size, {
    path: ['image_size'],
    error: 'at least one patch',
  })

export type BertConfig = z.output<typeof bertSchema>
export type ViTConfig = z.output<typeof vitSchema>
export type ModelConfig = BertConfig | ViTConfig

export const MODEL_TYPES = ['bert', 'vit'] as const satisfies ModelConfig['model_type'][]

/** Settings that transformers runs and CLSroom does not: well-formed, so not called an error of the file. */
const SUPPORTED: Readonly<Record<string, readonly unknown[]>> = {
  model_type: MODEL_TYPES,
  hidden_act: ACTIVATIONS,
  position_embedding_type: ['absolute'],
  is_decoder: [false],
  add_cross_attention: [false],
}

/**
 * Checks and completes a parsed config.json.
 * @throws ClsroomError `config` for values that fit no model, `unsupported` for models outside what CLSroom runs
 */
export function parseModelConfig(raw: unknown): ModelConfig {
  const given = parseWith(z.record(z.string(), z.unknown()), raw, 'config.json', 'config')
  if (given.model_type === undefined) {
    throw new ClsroomError('config', 'config.json does not say what model it describes', {
      found: 'no model_type',
      expected: MODEL_TYPES.join(' or '),
      advice: 'Save the model with the transformers library, which writes model_type',
    })
  }
  for (const [key, values] of Object.entries(SUPPORTED)) expectSupported(key, given[key], values)
  return given.model_type === 'bert'
    ? parseWith(bertSchema, given, 'config.json', 'config')
    : parseWith(vitSchema, given, 'config.json', 'config')
}

function expectSupported(key: string, value: unknown, supported: readonly unknown[]): void {
  if (value === undefined || value === null || supported.includes(value)) return
  throw new ClsroomError('unsupported', `CLSroom cannot run this model's ${key}`, {
    found: String(JSON.stringify(value)).slice(0, 60),
    expected: supported.join(', '),
    advice: 'Choose a model with one of these',
  })
}
