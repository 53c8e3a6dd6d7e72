/**
 * A frozen ViT and learnable memory for more tasks (Sandler et al. 2022, "Fine-tuning Image Transformers using Learnable Memory"; this
 * project's own type, the PyTorch module is training/vit_memory/model.py). A task adds a class token, a head, and fresh rows Mₗ in each layer,
 * which are read as keys and values and then dropped.
 *
 *   x₀      = [CLS + position₀ ; patches · E + positions ; CLS of each task]
 *   n       = LayerNorm([x ; Mₗ])                                   for each of L layers
 *   a       = x + Wₒ · Attention(queries of n[x], keys and values of n)
 *   x       = a + W₂ · gelu(W₁ · LayerNorm(a))
 *   base    = W · LayerNorm(x)[CLS]                                 [1, K]
 *   <task>  = Wₜ · LayerNorm(x)[CLS of the task]                    [1, Kₜ]
 *
 * Who reads what (the paper's Table 1) is `clsroom.tasks.<name>.reads`; a request brings it as its mask [T, T + M].
 */

import { z } from 'zod'
import type { Ops, Tensor } from '../core/ops.ts'
import { attendAcross, type CrossWeights, feed, normalise, type stack } from './block.ts'
import {
  clsroomSchema,
  encoderShape,
  HEADS_RULE,
  hasPatch,
  headsDivideWidth,
  labelsOf,
  PATCH_RULE,
  pictureShape,
} from './config.ts'
import { readExtraHeads } from './extra_heads.ts'
import { type ImageClassHead, ImageEncoder, joined, type OwnLayers } from './image_encoder.ts'
import { ofLayer, uploadInterventions } from './interventions.ts'
import type { ImageInput, TaskMemory } from './model.ts'
import { patchEmbeddings, pictureOf, specialTokens, vitBlock, vitStack } from './vit.ts'
import type { WeightReader } from './weights.ts'

/** The base's class token and the patches, as `reads` calls them. */
const BASE = ['base', 'inputs']

const task = z.object({
  labels: z.array(z.string()).min(1),
  reads: z.array(z.string()).default(['inputs']),
  memory_tokens: z.int().nonnegative().max(1024),
})

export const vitMemoryConfig = z
  .object({
    model_type: z.literal('clsroom_vit_memory'),
    ...encoderShape,
    ...pictureShape,
    clsroom: clsroomSchema.extend({ tasks: z.record(z.string().regex(/^\w+$/), task) }),
  })
  .refine(headsDivideWidth, HEADS_RULE)
  .refine(hasPatch, PATCH_RULE)
  .refine(
    ({ clsroom: { tasks } }) => Object.values(tasks).every(({ reads }) => reads.every((of) => isThere(of, tasks))),
    {
      path: ['clsroom', 'tasks'],
      error: 'tasks that read base, inputs or one another',
    },
  )
  .refine(({ clsroom: { tasks } }) => !BASE.some((name) => Object.hasOwn(tasks, name)), {
    path: ['clsroom', 'tasks'],
    error: 'tasks by other names than base and inputs',
  })
type ViTMemoryConfig = z.infer<typeof vitMemoryConfig>

function isThere(name: string, tasks: Readonly<Record<string, unknown>>): boolean {
  return BASE.includes(name) || Object.hasOwn(tasks, name)
}

/** First parts of names that are no heads. */
const ENCODER = new Set(['vit', 'tasks'])

export function vitMemory(config: ViTMemoryConfig, reader: WeightReader): ImageEncoder {
  const { hidden_size: D, num_hidden_layers: L } = config
  const tasks = Object.entries(config.clsroom.tasks).map(
    ([name, { labels, reads, memory_tokens: rows }]): TaskMemory => ({
      name,
      labels,
      rows,
      reads: reads.filter((of) => of !== name),
    }),
  )
  const cls = tasks.map(({ name }) => reader.array(`tasks.${name}.cls_token`, [1, 1, D]).data)
  const specials = joined(specialTokens(reader, 'vit.', D, [['cls_token', 1]]), ...cls)
  const memories = tasks.map(({ name, rows }) => reader.array(`tasks.${name}.memory_tokens`, [L, rows, D]).data)
  const every = layerByLayer(memories, L)
  return new ImageEncoder(
    {
      modelType: config.model_type,
      ...vitStack(config),
      image: pictureOf(config, { classTokens: 1, registers: 0 }),
      embeddings: patchEmbeddings(config, reader, 'vit.', specials, 1),
      blocks: memoryLayers(config, reader, (input) => input.memory ?? memoryOf(input, memories, config)),
      norm: reader.layerNorm('vit.layernorm', D),
      heads: {
        once: taskHeads(config, tasks, reader),
        extra: readExtraHeads(reader, config.clsroom, D),
        encoder: ENCODER,
      },
      info: { taskMemory: { tasks } },
      views: { memory: { dims: [L, every.length / (L * D), D], data: every } },
    },
    reader,
  )
}

function taskHeads(
  config: ViTMemoryConfig,
  tasks: readonly TaskMemory[],
  reader: WeightReader,
): Record<string, ImageClassHead> {
  const { hidden_size: D } = config
  const head = (name: string, labels: string[], row: number): ImageClassHead => ({
    labels,
    terms: [{ of: { row }, weights: reader.linear(name, D, labels.length) }],
  })
  return {
    base: head('classifier', labelsOf(config), 0),
    ...Object.fromEntries(
      tasks.map(({ name, labels }, t) => [name, head(`tasks.${name}.classifier`, labels, firstTask + t)]),
    ),
  }
}

/** The row of the special tokens in which the first task's class token stands. */
const firstTask = 1

/** The trained rows of the tasks whose class tokens are in the sequence. */
function memoryOf(
  { sources }: ImageInput,
  memories: readonly Float32Array[],
  { num_hidden_layers: L, hidden_size: D }: ViTMemoryConfig,
): NonNullable<ImageInput['memory']> {
  const data = layerByLayer(
    memories.filter((_, t) => sources.includes(-1 - (firstTask + t))),
    L,
  )
  return { data, rows: data.length / (L * D) }
}

/** Several [L, m, D] as one [L, M, D]. */
function layerByLayer(memories: readonly Float32Array[], L: number): Float32Array<ArrayBuffer> {
  const ofLayer = (memory: Float32Array, l: number) =>
    memory.subarray((l * memory.length) / L, ((l + 1) * memory.length) / L)
  return joined(...Array.from({ length: L }, (_, l) => memories.map((memory) => ofLayer(memory, l))).flat())
}

/** The layers, each of which reads its own memory beside x. */
function memoryLayers(
  config: ViTMemoryConfig,
  reader: WeightReader,
  memoryFor: (input: ImageInput) => NonNullable<ImageInput['memory']>,
): OwnLayers {
  const { hidden_size: D } = config
  const { shape, kind } = vitStack(config)
  const layers = Array.from({ length: shape.layers }, (_, l) => {
    const name = `vit.encoder.layer.${l}`
    const attention = `${name}.attention.attention`
    const block = vitBlock(config, reader, name)
    const cross: CrossWeights = {
      norm: block.attentionNorm,
      queries: reader.linear(`${attention}.query`, D, D),
      keysValues: reader.packed([`${attention}.key`, `${attention}.value`], D, D),
      output: block.attentionOutput,
    }
    return { block, cross }
  })
  const nothing = reader.constant([1, D], new Float32Array(D))

  return (ops, x, input, options): ReturnType<typeof stack> => {
    const T = x.shape[1] as number
    const memory = memoryFor(input)
    const interventions = uploadInterventions(ops, T, shape, options, T + memory.rows)
    const hiddenStates = [x]
    const attentions: (Tensor | null)[] = []
    layers.forEach(({ block, cross }, l) => {
      const rows = memory.data.subarray(l * memory.rows * D, (l + 1) * memory.rows * D)
      const read = behind(ops, x, ops.input([memory.rows, D], rows), nothing)
      const normed = normalise(ops, read, cross.norm, kind.eps)
      const keysValues = ops.linear(normed, cross.keysValues.weight, cross.keysValues.bias)
      const attended = attendAcross(ops, x, cross, kind.eps, keysValues, {
        heads: shape.heads,
        ...ofLayer(interventions, l),
      })
      x = feed(ops, attended.x, block, kind)
      ops.release(read, normed, keysValues, attended.x)
      hiddenStates.push(x)
      attentions.push(attended.probabilities)
    })
    return { x, hiddenStates, attentions }
  }
}

/** [x ; rows]: x [1, T, D], rows [M, D] → [1, T + M, D] */
function behind(ops: Ops, x: Tensor, rows: Tensor, nothing: Tensor): Tensor {
  const length = (x.shape[1] as number) + (rows.shape[0] as number)
  const none = ops.input([1, length], new Uint32Array(length))
  return ops.embedTokens({
    ids: ops.input(
      [1, length],
      Uint32Array.from({ length }, (_, t) => t),
    ),
    positions: none,
    segments: none,
    words: x,
    positionTable: nothing,
    segmentTable: nothing,
    extra: rows,
  })
}
