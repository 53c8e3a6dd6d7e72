/**
 * A ViT with several class tokens, one a task: each task's head reads its own token (this project's own type; the PyTorch module is
 * training/tasks/model.py). Several CLS in one encoder: Xu et al. 2022, "Multi-class Token Transformer".
 *
 *   x₀      = [CLS₀ … CLS_C−1 ; patches · E] + positions
 *   x       = block(x)                                             for each of L layers, as ViT's
 *   <task>  = W · LayerNorm(x)[CLS of the task]                    [1, K]
 */

import { z } from 'zod'
import { encoderShape, HEADS_RULE, hasPatch, headsDivideWidth, PATCH_RULE, pictureShape, size } from './config.ts'
import { ImageEncoder, type ImageHeads } from './image_encoder.ts'
import { patchEmbeddings, pictureOf, specialTokens, vitBlocks, vitStack } from './vit.ts'
import type { WeightReader } from './weights.ts'

const task = z.object({
  pooling: z.literal('cls'),
  /** Which class token it reads. */
  token: z.int().nonnegative(),
  labels: z.array(z.string()).min(1),
})

export const vitTasksConfig = z
  .object({
    model_type: z.literal('clsroom_vit_tasks'),
    ...encoderShape,
    ...pictureShape,
    num_cls_tokens: size(64),
    clsroom: z.object({
      cls_tokens: z.array(z.string()),
      heads: z.record(z.string().regex(/^\w+$/), task),
    }),
  })
  .refine(headsDivideWidth, HEADS_RULE)
  .refine(hasPatch, PATCH_RULE)
  .refine(({ num_cls_tokens: C, clsroom }) => clsroom.cls_tokens.length === C, {
    path: ['clsroom', 'cls_tokens'],
    error: 'a name for each of num_cls_tokens',
  })
  .refine(({ num_cls_tokens: C, clsroom }) => Object.values(clsroom.heads).every(({ token }) => token < C), {
    path: ['clsroom', 'heads'],
    error: 'heads of class tokens below num_cls_tokens',
  })
type ViTTasksConfig = z.infer<typeof vitTasksConfig>

/** First parts of names that are no heads. */
const ENCODER = new Set(['vit', 'heads'])

export function vitTasks(config: ViTTasksConfig, reader: WeightReader): ImageEncoder {
  const { hidden_size: D, num_cls_tokens: classTokens } = config
  const specials = specialTokens(reader, 'vit.', D, [['cls_token', classTokens]])
  return new ImageEncoder(
    {
      modelType: config.model_type,
      ...vitStack(config),
      image: {
        ...pictureOf(config, { classTokens, registers: 0 }),
        classNames: config.clsroom.cls_tokens,
        classHeads: Object.fromEntries(Object.entries(config.clsroom.heads).map(([name, { token }]) => [name, token])),
      },
      embeddings: patchEmbeddings(config, reader, 'vit.', specials, classTokens),
      blocks: vitBlocks(config, reader, 'vit.'),
      norm: reader.layerNorm('vit.layernorm', D),
      heads: { once: taskHeads(config, reader), extra: { heads: [], config: {} }, encoder: ENCODER },
    },
    reader,
  )
}

function taskHeads({ hidden_size: D, clsroom }: ViTTasksConfig, reader: WeightReader): ImageHeads['once'] {
  return Object.fromEntries(
    Object.entries(clsroom.heads).map(([name, { token, labels }]) => [
      name,
      { labels, terms: [{ of: { row: token }, weights: reader.linear(`heads.${name}`, D, labels.length) }] },
    ]),
  )
}
