/** What the model files' schemas of config.json share. Names are Hugging Face's, defaults those of transformers. */

import { z } from 'zod'
import { ClsroomError } from '../core/errors.ts'
import { parseWith } from '../core/json.ts'
import type { Activation } from '../core/ops.ts'

/** transformers' names of activation functions (ACT2FN), and ours. */
const ACTIVATIONS = {
  gelu: 'gelu',
  gelu_python: 'gelu',
  gelu_new: 'gelu_tanh',
  gelu_fast: 'gelu_tanh',
  gelu_accurate: 'gelu_tanh',
  gelu_pytorch_tanh: 'gelu_tanh',
  gelu_python_tanh: 'gelu_tanh',
  relu: 'relu',
  quick_gelu: 'quick_gelu',
  silu: 'silu',
  swish: 'silu',
} as const
const ACTIVATION_NAMES = Object.keys(ACTIVATIONS) as (keyof typeof ACTIVATIONS)[]

export function activationOf(name: keyof typeof ACTIVATIONS): Activation {
  return ACTIVATIONS[name]
}

/** A positive whole number with a limit that no published model reaches: larger ones are damage, not models. */
export const size = (limit: number) => z.int().positive().max(limit)

/** What CLSroom adds to a model of its own; transformers ignores it. */
export const clsroomSchema = z.object({
  num_register_tokens: z.int().nonnegative().max(1024).default(0),
  /** Extra heads, stored as `heads.<name>.*` in the weights. */
  heads: z
    .record(
      z.string().regex(/^\w+$/),
      z.object({ pooling: z.enum(['pooler', 'cls', 'mean', 'attention']), labels: z.array(z.string()).min(1) }),
    )
    .default({}),
})

/** transformers' name of an activation function. */
export const activationName = z.enum(ACTIVATION_NAMES)

/** One token, or several: what `eos_token_id` and its kin hold. */
export const tokenIds = z
  .union([z.int().nonnegative(), z.array(z.int().nonnegative())], { error: 'a token id, or several' })
  .transform((ids) => (typeof ids === 'number' ? [ids] : ids))

/** What every config.json may say of a checkpoint's heads. */
export const headSettings = {
  /** Names may be numbers; without names they are LABEL_0 …, as many as num_labels says. */
  id2label: z.record(z.string(), z.union([z.string(), z.number()]).transform(String)).optional(),
  num_labels: size(1_000_000).default(2),
  /** The class of transformers that saved the checkpoint; only a hint, so that nothing else in it is wrong. */
  architectures: z.array(z.string()).optional().catch(undefined),
  problem_type: z.enum(['regression', 'single_label_classification', 'multi_label_classification']).optional(),
  clsroom: clsroomSchema.default({ num_register_tokens: 0, heads: {} }),
}

/** A stack of layers under the names that most configs use. */
export const stackShape = {
  hidden_size: size(16_384).default(768),
  num_hidden_layers: size(256).default(12),
  num_attention_heads: size(256).default(12),
}

/** A transformer encoder and its class names. */
export const encoderShape = {
  ...stackShape,
  intermediate_size: size(131_072).default(3072),
  hidden_act: activationName.default('gelu'),
  layer_norm_eps: z.number().positive().max(1).default(1e-12),
  ...headSettings,
}

/** One number for a square, or [height, width]. */
export const sides = z
  .union([size(16_384), z.tuple([size(16_384), size(16_384)])], { error: 'a whole number or [height, width]' })
  .transform((side): [height: number, width: number] => (typeof side === 'number' ? [side, side] : side))
export const squareSide = z
  .union([size(1024), z.tuple([size(1024), size(1024)])], { error: 'a whole number or [height, width]' })
  .refine((side) => typeof side === 'number' || side[0] === side[1], { error: 'square patches' })
  .transform((side) => (typeof side === 'number' ? side : side[0]))

/** The pictures that a vision transformer reads. */
export const pictureShape = {
  image_size: sides.default([224, 224]),
  patch_size: squareSide.default(16),
  num_channels: size(16).default(3),
}
export function hasPatch({ image_size, patch_size }: { image_size: [number, number]; patch_size: number }): boolean {
  // A value that is refused already is looked at, too.
  return Math.min(...[image_size].flat()) >= patch_size
}
export const PATCH_RULE = { path: ['image_size'], error: 'at least one patch' }

export const vocabularySize = size(2_000_000)
export const positionCount = size(1_000_000)
export const segmentCount = size(1024)

export function headsDivideWidth(config: { hidden_size: number; num_attention_heads: number }): boolean {
  return config.hidden_size % config.num_attention_heads === 0
}
export const HEADS_RULE = { path: ['hidden_size'], error: 'a multiple of num_attention_heads' }

/** Settings that transformers runs and CLSroom does not: well-formed, so not called an error of the file. */
export type Supported = Readonly<Record<string, readonly unknown[]>>
const SUPPORTED: Supported = {
  hidden_act: ACTIVATION_NAMES,
  hidden_activation: ACTIVATION_NAMES,
  activation: ACTIVATION_NAMES,
  activation_function: ACTIVATION_NAMES,
  position_embedding_type: ['absolute'],
  is_decoder: [false],
  add_cross_attention: [false],
}

/**
 * Checks config.json against a model's schema and completes it.
 * @param own what the model runs, by key or path; other models' rules for the same keys do not count
 * @throws ClsroomError `config` for values that fit no model, `unsupported` for settings outside what CLSroom runs
 */
export function parseConfig<T>(
  schema: z.ZodType<T>,
  config: Readonly<Record<string, unknown>>,
  own: Supported = {},
): T {
  for (const [key, values] of Object.entries({ ...SUPPORTED, ...own })) {
    expectSupported(key, valueAt(config, key.split('.')), values)
  }
  return parseWith(schema, config, 'config.json', 'config')
}

function valueAt(value: unknown, [key, ...rest]: string[]): unknown {
  if (key === undefined) return value
  return typeof value === 'object' && value !== null
    ? valueAt((value as Record<string, unknown>)[key], rest)
    : undefined
}

/** @throws ClsroomError `unsupported` when a key has a value that is not among the supported ones */
export function expectSupported(key: string, value: unknown, supported: readonly unknown[]): void {
  if (value === undefined || value === null || supported.includes(value)) return
  throw new ClsroomError('unsupported', `CLSroom cannot run this model's ${key}`, {
    found: String(JSON.stringify(value)).slice(0, 60),
    expected: supported.join(', '),
    advice: 'Choose a model with one of these',
  })
}

interface ClassConfig {
  id2label?: Readonly<Record<string, string>>
  num_labels: number
  problem_type?: string
}

/** How a classifier's logits become scores where it is not a softmax, chosen as transformers' pipelines do. */
export function scoring(config: ClassConfig): 'sigmoid' | 'none' | undefined {
  if (config.problem_type === 'regression') return 'none'
  const several = config.problem_type === 'multi_label_classification'
  return several || labelsOf(config).length === 1 ? 'sigmoid' : undefined
}

/** Class names in the order of their ids. */
export function labelsOf({ id2label, num_labels }: ClassConfig): string[] {
  if (!id2label) return Array.from({ length: num_labels }, (_, id) => `LABEL_${id}`)
  return Object.entries(id2label)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, label]) => label)
}
