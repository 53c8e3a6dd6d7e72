/** Pieces of config.json that the model files' schemas share. */

import { z } from 'zod'
import { ClsroomError } from '../core/errors.ts'
import type { Activation } from '../core/ops.ts'

/** A positive integer of sane size: a config can be hostile. */
export const count = (max: number) => z.number().int().positive().max(max)

const ACTIVATIONS = { gelu: 'gelu', gelu_new: 'gelu_tanh', gelu_pytorch_tanh: 'gelu_tanh', relu: 'relu' } as const

export const hiddenAct = z.enum(['gelu', 'gelu_new', 'gelu_pytorch_tanh', 'relu']).default('gelu')

export function activationOf(name: z.infer<typeof hiddenAct>): Activation {
  return ACTIVATIONS[name]
}

/** Our own additions, ignored by transformers. */
export const clsroomSchema = z
  .object({
    num_register_tokens: z.number().int().min(0).max(1024).default(0),
    heads: z
      .record(
        z.string().regex(/^\w+$/),
        z.object({
          pooling: z.enum(['pooler', 'cls', 'mean', 'attention']),
          labels: z.array(z.string()).min(2).max(10_000),
        }),
      )
      .default({}),
  })
  .default({ num_register_tokens: 0, heads: {} })

export function headsDivideWidth(
  config: { hidden_size: number; num_attention_heads: number },
  context: z.RefinementCtx,
): void {
  if (config.hidden_size % config.num_attention_heads === 0) return
  context.addIssue({
    code: 'custom',
    path: ['num_attention_heads'],
    message: `${config.num_attention_heads} heads do not divide hidden_size ${config.hidden_size}`,
  })
}

/** Parses config.json with a model's schema; a `config` error names each offending key and value. */
export function parseConfig<T extends z.ZodType>(schema: T, config: unknown): z.infer<T> {
  const result = schema.safeParse(config)
  if (result.success) return result.data
  const problems = result.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`)
  throw new ClsroomError('config', 'config.json is not one that CLSroom can run', {
    found: problems.slice(0, 5).join('; '),
    advice: 'Compare it with the config.json of the original checkpoint',
  })
}
