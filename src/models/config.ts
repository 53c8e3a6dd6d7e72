/** What the model files' schemas of config.json share. Names are Hugging Face's, defaults those of transformers. */

import { z } from 'zod'
import { ClsroomError } from '../core/errors.ts'
import { parseWith } from '../core/json.ts'
import type { Activation } from '../core/ops.ts'
import type { ModelInfo } from './model.ts'

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
} as const
const ACTIVATION_NAMES = Object.keys(ACTIVATIONS) as (keyof typeof ACTIVATIONS)[]

export function activationOf(name: keyof typeof ACTIVATIONS): Activation {
  return ACTIVATIONS[name]
}

/** A positive whole number with a limit that no published model reaches: larger ones are damage, not models. */
export const size = (limit: number) => z.int().positive().max(limit)

/** What CLSroom adds to a model of its own; transformers ignores it. */
const clsroomSchema = z.object({
  num_register_tokens: z.int().nonnegative().max(1024).default(0),
  /** Extra heads, stored as `heads.<name>.*` in the weights. */
  heads: z
    .record(
      z.string().regex(/^\w+$/),
      z.object({ pooling: z.enum(['pooler', 'cls', 'mean', 'attention']), labels: z.array(z.string()).min(1) }),
    )
    .default({}),
})

/** A transformer encoder and its class names. */
export const encoderShape = {
  hidden_size: size(16_384).default(768),
  num_hidden_layers: size(256).default(12),
  num_attention_heads: size(256).default(12),
  intermediate_size: size(131_072).default(3072),
  hidden_act: z.enum(ACTIVATION_NAMES).default('gelu'),
  layer_norm_eps: z.number().positive().max(1).default(1e-12),
  /** Names may be numbers; without names they are LABEL_0 …, as many as num_labels says. */
  id2label: z.record(z.string(), z.union([z.string(), z.number()]).transform(String)).optional(),
  num_labels: size(1_000_000).default(2),
  /** The class of transformers that saved the checkpoint; only a hint, so that nothing else in it is wrong. */
  architectures: z.array(z.string()).optional().catch(undefined),
  problem_type: z.enum(['regression', 'single_label_classification', 'multi_label_classification']).optional(),
  clsroom: clsroomSchema.default({ num_register_tokens: 0, heads: {} }),
}

export function headsDivideWidth(config: { hidden_size: number; num_attention_heads: number }): boolean {
  return config.hidden_size % config.num_attention_heads === 0
}
export const HEADS_RULE = { path: ['hidden_size'], error: 'a multiple of num_attention_heads' }

/** Settings that transformers runs and CLSroom does not: well-formed, so not called an error of the file. */
const SUPPORTED: Readonly<Record<string, readonly unknown[]>> = {
  hidden_act: ACTIVATION_NAMES,
  position_embedding_type: ['absolute'],
  is_decoder: [false],
  add_cross_attention: [false],
}

/**
 * Checks config.json against a model's schema and completes it.
 * @throws ClsroomError `config` for values that fit no model, `unsupported` for settings outside what CLSroom runs
 */
export function parseConfig<T>(schema: z.ZodType<T>, config: Readonly<Record<string, unknown>>): T {
  for (const [key, values] of Object.entries(SUPPORTED)) expectSupported(key, config[key], values)
  return parseWith(schema, config, 'config.json', 'config')
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

/** `ModelInfo.activations` of a classifier: how its logits become scores, chosen as transformers' pipelines do. */
export function scoring(config: ClassConfig): ModelInfo['activations'] {
  if (config.problem_type === 'regression') return { classifier: 'none' }
  const several = config.problem_type === 'multi_label_classification'
  return several || labelsOf(config).length === 1 ? { classifier: 'sigmoid' } : undefined
}

/** Class names in the order of their ids. */
export function labelsOf({ id2label, num_labels }: ClassConfig): string[] {
  if (!id2label) return Array.from({ length: num_labels }, (_, id) => `LABEL_${id}`)
  return Object.entries(id2label)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, label]) => label)
}
