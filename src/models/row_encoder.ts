/**
 * Encoders of rows of numbers, a token each (assets, frames of a sound): a projection with class tokens before it, a stack of
 * pre-LayerNorm blocks, and the model's own heads. A model file reads these parts from its own names; `RowEncoder` runs them.
 *
 *   x₀      = [class tokens ; rows · E + bias]                     (+ positions, where the model has a table of them)
 *   x       = block(x)                                             for each of L layers, see block.ts
 *   h       = LayerNorm(x)
 *
 * A row of F numbers is a picture's patch of one pixel with F channels, so `Ops.embedPatches` embeds it: any choice and order of tokens,
 * on every backend.
 */

import type { Ops, Tensor } from '../core/ops.ts'
import { type BlockKind, type BlockWeights, normalise, stack } from './block.ts'
import { type ExtraHeads, extraHeadLogits, rowOf } from './extra_heads.ts'
import { ofLayer, uploadInterventions } from './interventions.ts'
import type { ForwardOptions, ForwardTensors, Model, ModelInfo, RowsInput, WeightViews } from './model.ts'
import type { NormWeights, WeightReader } from './weights.ts'

export interface RowEncoderParts {
  modelType: string
  shape: { layers: number; heads: number; width: number; feedForward: number }
  rows: NonNullable<ModelInfo['rows']>
  embeddings: RowEmbeddings
  blocks: BlockWeights[]
  kind: BlockKind
  norm: NormWeights
  extra: ExtraHeads
  /** Logits by head, of the last hidden states x [1, T, D] after LayerNorm. */
  answers: (ops: Ops, x: Tensor, input: RowsInput) => Record<string, Tensor>
  /** First parts of weight names that are no heads. */
  encoder: ReadonlySet<string>
  /** What else is to be known about it. */
  info?: Partial<ModelInfo>
}

export interface RowEmbeddings {
  classTokens: Float32Array // [C, D]
  projection: Float32Array // [D, F]
  bias: Float32Array // [D]
  /** [M, D]; absent: rows have no position, and their order says nothing. */
  positions?: Float32Array
}

/** The longest sequence: no table of positions ends it, but its maps grow with the square. */
const MAX_TOKENS = 2048

export class RowEncoder implements Model {
  readonly info: ModelInfo
  readonly tensors: readonly Tensor[]
  readonly tokenTable: Float32Array
  readonly views: WeightViews
  private readonly parts: RowEncoderParts
  private readonly kernel: Tensor
  private readonly bias: Tensor
  private readonly positionTable: Tensor

  constructor(parts: RowEncoderParts, reader: WeightReader) {
    const { embeddings, shape, rows, extra } = parts
    const { width: D } = shape
    const positions = embeddings.positions ?? new Float32Array(D)
    this.parts = parts
    this.kernel = reader.constant([D, rows.features, 1, 1], embeddings.projection)
    this.bias = reader.constant([D], embeddings.bias)
    this.positionTable = reader.constant([positions.length / D, D], positions)
    this.tokenTable = embeddings.classTokens
    this.views = { tokens: { dims: [rows.classNames.length, D], data: embeddings.classTokens } }
    this.tensors = reader.tensors
    this.info = {
      modelType: parts.modelType,
      modality: 'rows',
      ...shape,
      maxTokens: MAX_TOKENS,
      otherHeads: reader.unread.filter((name) => !parts.encoder.has(name)),
      rows,
      parameters: reader.parameters,
      ...parts.info,
      labels: {
        ...parts.info?.labels,
        ...Object.fromEntries(Object.entries(extra.config).map(([name, head]) => [name, head.labels])),
      },
    }
  }

  /** The projection is linear, so the mean embedding is the embedding of the mean row. */
  contentMean({ rows, count }: RowsInput): Float32Array {
    const { projection, bias } = this.parts.embeddings
    const F = this.parts.rows.features
    const mean = Float64Array.from({ length: F }, (_, f) => {
      let sum = 0
      for (let row = 0; row < count; row++) sum += rows[row * F + f] as number
      return sum / count
    })
    return bias.map((offset, d) =>
      mean.reduce((sum, value, f) => sum + value * (projection[d * F + f] as number), offset),
    )
  }

  forward(ops: Ops, input: RowsInput, options: ForwardOptions): ForwardTensors {
    const { blocks, kind, shape, norm, extra, answers } = this.parts
    const T = input.sources.length
    const interventions = uploadInterventions(ops, T, shape, options)
    const { x, hiddenStates, attentions } = stack(ops, this.embed(ops, input), blocks, kind, (layer) => ({
      heads: shape.heads,
      ...ofLayer(interventions, layer),
    }))

    const normed = normalise(ops, x, norm, kind.eps)
    const isRow = Uint32Array.from(input.sources, (source) => (source >= 0 ? 1 : 0))
    const content = ops.input([1, T], options.contentRows ?? isRow)
    const cls = rowOf(ops, normed, options.pooledRow ?? 0)
    const logits = answers(ops, normed, input)
    // Without a row there is nothing to pool.
    for (const head of isRow.includes(1) ? extra.heads : []) {
      logits[head.name] = extraHeadLogits(ops, head, normed, cls, undefined, content)
    }
    const poolings: Record<string, Tensor> = options.poolings
      ? { cls, mean: ops.pool(normed, content, 'mean'), max: ops.pool(normed, content, 'max') }
      : {}
    return { hiddenStates, attentions, logits, poolings }
  }

  /** x₀ [1, T, D] */
  private embed(ops: Ops, { rows, count, sources, positions, extra }: RowsInput): Tensor {
    const F = this.parts.rows.features
    const D = this.parts.shape.width
    const specials = new Float32Array(this.tokenTable.length + extra.length)
    specials.set(this.tokenTable)
    specials.set(extra, this.tokenTable.length)
    const T = sources.length
    return ops.embedPatches({
      pixels: ops.input([1, F, 1, count], transposed(rows, count, F)),
      kernel: this.kernel,
      bias: this.bias,
      specials: ops.input([specials.length / D, D], specials),
      positionTable: this.positionTable,
      sources: ops.input([1, T], sources),
      positions: ops.input([1, T], positions),
    })
  }
}

/** [N, F] → [F, N] */
function transposed(rows: Float32Array, N: number, F: number): Float32Array {
  return Float32Array.from({ length: rows.length }, (_, i) => rows[(i % N) * F + Math.floor(i / N)] as number)
}

/** Where class token `s` stands in the sequence; −1 where it was removed. */
export function placeOf(input: RowsInput, s: number): number {
  return input.sources.indexOf(-1 - s)
}

/** The places of the rows in the sequence, whichever and in whatever order. */
export function placesOfRows({ sources }: RowsInput): Uint32Array<ArrayBuffer> {
  return Uint32Array.from([...sources.keys()].filter((t) => (sources[t] as number) >= 0))
}
