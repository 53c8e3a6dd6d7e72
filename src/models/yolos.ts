/**
 * YOLOS: a ViT with detection tokens behind the patches, each of which says one box (Fang et al. 2021, "You Only Look at One Sequence:
 * Rethinking Transformer in Vision through Object Detection"; transformers' YolosForObjectDetection).
 *
 *   x₀       = [CLS ; patches · E ; DET₁ … DET_Q] + positions
 *   x        = block(x), and where the checkpoint has mid positions, + positions of that layer
 *   classes  = MLP(LayerNorm(x)[DET])                              [1, Q, K + 1], the last for no object
 *   boxes    = sigmoid(MLP(LayerNorm(x)[DET]))                     [1, Q, 4]: centre, width, height
 */

import { z } from 'zod'
import type { Ops, Tensor } from '../core/ops.ts'
import { patchGrid } from '../core/patch_grid.ts'
import { normalise } from './block.ts'
import { HEADS_RULE, hasPatch, headsDivideWidth, PATCH_RULE, sides, size } from './config.ts'
import { detected, detectedByLayer, detectionHeads, detectionInfo } from './detection.ts'
import { ImageEncoder } from './image_encoder.ts'
import type { ImageInput, Model } from './model.ts'
import { patchEmbeddings, pictureOf, specialTokens, vitBlocks, vitSettings, vitStack } from './vit.ts'
import type { WeightReader } from './weights.ts'

/** Defaults are those of transformers' YolosConfig. */
export const yolosConfig = z
  .object({
    model_type: z.literal('yolos'),
    ...vitSettings,
    image_size: sides.default([512, 864]),
    num_detection_tokens: size(10_000).default(100),
    use_mid_position_embeddings: z.boolean().default(true),
  })
  .refine(headsDivideWidth, HEADS_RULE)
  .refine(hasPatch, PATCH_RULE)
type YolosConfig = z.infer<typeof yolosConfig>

/** First parts of names that are no heads; the pooler of YolosModel feeds none. */
const ENCODER = new Set(['vit', 'embeddings', 'encoder', 'layernorm', 'pooler'])

export function yolos(config: YolosConfig, reader: WeightReader): ImageEncoder {
  const { hidden_size: D, num_detection_tokens: queries } = config
  const prefix = reader.has('vit.embeddings.cls_token') ? 'vit.' : ''
  const specials = specialTokens(reader, prefix, D, [
    ['cls_token', 1],
    ['detection_tokens', queries],
  ])
  const heads = detectionHeads(config, reader, D, 3)
  const mid = config.use_mid_position_embeddings ? new MidPositions(config, reader, prefix) : undefined
  const { shape, kind } = vitStack(config)
  const norm = reader.layerNorm(`${prefix}layernorm`, D)
  return new ImageEncoder(
    {
      modelType: config.model_type,
      shape,
      kind,
      image: { ...pictureOf(config, { classTokens: 1, registers: 0 }), detections: queries },
      embeddings: patchEmbeddings(config, reader, prefix, specials, 1 + queries),
      blocks: vitBlocks(config, reader, prefix),
      norm,
      heads: { once: {}, extra: { heads: [], config: {} }, encoder: ENCODER },
      ...(mid && {
        laterPositions: mid.later,
        between: (ops, x, layer, input) => mid.added(ops, x, layer, input),
      }),
      ...(heads && {
        answers: (ops, x, input, { layerAnswers }, hiddenStates) => {
          const asking = Uint32Array.from(detectionRows(input.sources, input.queries?.count ?? queries))
          if (asking.length === 0) return { logits: {} }
          const rows = ops.input([1, asking.length], asking)
          const inside = layerAnswers
            ? hiddenStates.map((state) => normalise(ops, ops.gatherRows(state, rows), norm, kind.eps))
            : []
          return {
            logits: {
              ...detected(ops, ops.gatherRows(x, rows), heads),
              ...detectedByLayer(ops, inside, heads),
            },
          }
        },
        info: detectionInfo(config, queries),
      }),
    },
    reader,
  )
}

/** The rows of the detection tokens, which are the specials behind the CLS. */
function detectionRows(sources: Int32Array, queries: number): number[] {
  return [...sources.keys()].filter((row) => {
    const detection = -2 - (sources[row] as number)
    return detection >= 0 && detection < queries
  })
}

/** A position table for every layer but the last. */
class MidPositions {
  readonly later: NonNullable<Model['laterPositions']>
  private readonly tables: Tensor[]
  private readonly noSegments: Tensor

  constructor(config: YolosConfig, reader: WeightReader, prefix: string) {
    const { hidden_size: D, num_hidden_layers: layers, num_detection_tokens: queries } = config
    const [rows, columns] = patchGrid({ patch: config.patch_size }, config.image_size)
    const M = 1 + rows * columns + queries
    const { data } = reader.array(`${prefix}encoder.mid_position_embeddings`, [layers - 1, 1, M, D])
    const tables = Array.from({ length: layers - 1 }, (_, l) => data.subarray(l * M * D, (l + 1) * M * D))
    this.later = { tables, width: D, move: 'grid' }
    this.tables = tables.map((table) => reader.constant([M + 1, D], withoutPosition(table, D)))
    this.noSegments = reader.constant([1, D], new Float32Array(D))
  }

  /** x [1, T, D] + the positions behind a layer; a token without a position keeps what it has. */
  added(ops: Ops, x: Tensor, layer: number, { sources, positions, laterPositions }: ImageInput): Tensor {
    const own = this.tables[layer]
    if (!own) return x
    const D = x.shape[2] as number
    const T = sources.length
    const moved = laterPositions?.[layer]
    const rows = moved ? moved.length / D : (own.shape[0] as number) - 1
    return ops.embedTokens({
      ids: ops.input(
        [1, T],
        Uint32Array.from({ length: T }, (_, t) => t),
      ),
      positions: ops.input(
        [1, T],
        Uint32Array.from(positions, (row) => (row < 0 ? rows : row)),
      ),
      segments: ops.input([1, T], new Uint32Array(T)),
      words: x,
      positionTable: moved ? ops.input([rows + 1, D], withoutPosition(moved, D)) : own,
      segmentTable: this.noSegments,
      extra: ops.input([0, D], new Float32Array()),
    })
  }
}

/** A table with a row of zeros behind it, for tokens that have no position. */
function withoutPosition(table: Float32Array, D: number): Float32Array {
  const out = new Float32Array(table.length + D)
  out.set(table)
  return out
}
