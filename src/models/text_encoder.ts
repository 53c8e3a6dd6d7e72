/**
 * What the text encoders share: embeddings, a stack of blocks, and the heads of the usual tasks. A model file reads these parts
 * from its own names and settings; `TextEncoder` runs them.
 *
 *   x₀      = LayerNorm(words[ids] + positions + segments) · projection
 *   x       = block(x)                                             for each of L layers, see block.ts
 *   pooled  = transform(x[CLS]), or of the mean                    [1, D]
 *   once    = W · pooled                                           [1, K]: next sentence, classes
 *   tokens  = W · x                                                [1, T, K]
 *   mlm     = decoder · transform(x)                               [1, M, V]
 */

import type { Activation, Ops, Tensor } from '../core/ops.ts'
import { type BlockKind, type BlockWeights, block, normalise, type RotaryAngles } from './block.ts'
import { type ExtraHeads, extraHeadLogits, rowOf } from './extra_heads.ts'
import { attendedRows, ofLayer, uploadInterventions } from './interventions.ts'
import type { ForwardOptions, ForwardTensors, Model, ModelInfo, TextInput, WeightViews } from './model.ts'
import { rotaryAngles, rotaryFrequencies } from './rotary.ts'
import type { PositionTable, WordTable } from './tables.ts'
import type { LinearWeights, NormWeights, WeightReader } from './weights.ts'

export interface TextEncoderParts {
  modelType: string
  shape: { layers: number; heads: number; width: number; feedForward: number; maxTokens: number }
  embeddings: TextEmbeddings
  blocks: BlockWeights[]
  kind: BlockKind
  /** Of a layer whose attention is not over everything, or whose positions are angles. */
  attentionOf?: (layer: number) => { window?: number; rotary?: { theta: number } }
  finalNorm?: NormWeights
  heads: TextHeads
}

export interface TextEmbeddings {
  words: WordTable
  /** Absent where positions are angles in every layer. */
  positions?: PositionTable
  /** RoBERTa's: positions count from the one after it, and PAD stays at it. */
  paddingIndex?: number
  segments?: Tensor
  norm: NormWeights
  /** Where words are narrower than the layers. */
  projection?: LinearWeights
}

/** norm(activation(W · x)) */
export interface HeadTransform {
  dense: LinearWeights
  activation: Activation
  norm?: NormWeights
}

type Scoring = 'sigmoid' | 'none' | undefined

/** A Linear layer over the pooled row, or over every row, and the names of what it answers. */
export interface ClassHead {
  weights: LinearWeights
  labels: string[]
  /** How its logits become scores where it is not a softmax. */
  scoring?: Scoring
  transform?: HeadTransform
}

export interface TextHeads {
  /** What heads that answer once read: CLS, or the mean of all tokens that can be read. */
  pooled?: HeadTransform & { over: 'cls' | 'mean' }
  once?: Record<string, ClassHead | undefined>
  perToken?: Record<string, ClassHead | undefined>
  mlm?: { transform: HeadTransform; decoder: LinearWeights }
  extra?: ExtraHeads
  /** First parts of weight names that are no heads. */
  encoder: ReadonlySet<string>
}

export class TextEncoder implements Model {
  readonly info: ModelInfo
  readonly tensors: readonly Tensor[]
  readonly tokenTable: Float32Array
  readonly views: WeightViews
  private readonly parts: TextEncoderParts
  private readonly once: [string, ClassHead][]
  private readonly perToken: [string, ClassHead][]
  private readonly noTable: Tensor

  constructor(parts: TextEncoderParts, reader: WeightReader) {
    const { embeddings, heads, shape } = parts
    const [V, E] = embeddings.words.table.shape as [number, number]
    this.parts = parts
    this.once = present(heads.once)
    this.perToken = present(heads.perToken)
    this.noTable = reader.constant([1, E], new Float32Array(E))
    this.tokenTable = embeddings.words.data
    this.views = { tokens: { dims: [V, E], data: this.tokenTable }, positions: embeddings.positions?.view }
    this.tensors = reader.tensors
    this.info = {
      modelType: parts.modelType,
      modality: 'text',
      ...shape,
      ...(E !== shape.width && { embeddingWidth: E }),
      ...(embeddings.paddingIndex !== undefined && { paddingIndex: embeddings.paddingIndex }),
      ...windowsOf(parts),
      vocabulary: V,
      segmentTypes: embeddings.segments?.shape[0] ?? 1,
      predictsTokens: heads.mlm !== undefined,
      labels: {
        ...labelsOfHeads(this.once),
        ...Object.fromEntries(Object.entries(heads.extra?.config ?? {}).map(([name, head]) => [name, head.labels])),
      },
      tokenLabels: labelsOfHeads(this.perToken),
      otherHeads: reader.unread.filter((name) => !heads.encoder.has(name)),
      activations: scorings([...this.once, ...this.perToken]),
      parameters: reader.parameters,
    }
  }

  contentMean(input: TextInput, contentRows?: Uint32Array): Float32Array {
    return contentMean(this.parts.embeddings.words, input, contentRows)
  }

  forward(ops: Ops, input: TextInput, options: ForwardOptions): ForwardTensors {
    const { blocks, kind, shape, attentionOf, finalNorm } = this.parts
    const T = input.ids.length
    const interventions = uploadInterventions(ops, T, shape, options)
    const angles = new Map<number, RotaryAngles>()

    const { embeddings } = this.parts
    let x = embedText(ops, input, embeddings, kind.eps, this.noTable)
    const hiddenStates = [x]
    const attentions: (Tensor | null)[] = []
    blocks.forEach((weights, l) => {
      const { window, rotary } = attentionOf?.(l) ?? {}
      const attention = {
        heads: shape.heads,
        ...ofLayer(interventions, l),
        ...(window !== undefined && { window: { back: window, ahead: window } }),
      }
      const result = block(ops, x, weights, kind, attention, {
        rotary: rotary && this.angles(ops, input, rotary.theta, angles),
      })
      attentions.push(result.probabilities)
      x = result.x
      hiddenStates.push(x)
    })
    if (finalNorm) {
      x = normalise(ops, x, finalNorm, kind.eps)
      hiddenStates[hiddenStates.length - 1] = x
    }

    const cls = rowOf(ops, x, options.pooledRow ?? 0)
    const content = ops.input([1, T], options.contentRows ?? new Uint32Array(T).fill(1))
    const poolings: Record<string, Tensor> = options.poolings
      ? { cls, mean: ops.pool(x, content, 'mean'), max: ops.pool(x, content, 'max') }
      : {}
    return { hiddenStates, attentions, logits: this.answers(ops, x, cls, content, input.mlmRows, options), poolings }
  }

  /** Once for all layers of one theta. */
  private angles(ops: Ops, input: TextInput, theta: number, known: Map<number, RotaryAngles>): RotaryAngles {
    const { width, heads } = this.parts.shape
    const found = known.get(theta) ?? rotaryAngles(ops, input.positions, rotaryFrequencies(width / heads, theta))
    known.set(theta, found)
    return found
  }

  /** Logits by head. x [1, T, D] last hidden states, cls [1, 1, D] */
  private answers(
    ops: Ops,
    x: Tensor,
    cls: Tensor,
    content: Tensor,
    mlmRows: TextInput['mlmRows'],
    options: ForwardOptions,
  ): Record<string, Tensor> {
    const { pooled: pooling, mlm, extra } = this.parts.heads
    const logits: Record<string, Tensor> = {}
    const read = pooling?.over === 'mean' ? ops.pool(x, attendedRows(ops, x.shape[1] as number, options), 'mean') : cls
    const pooled = pooling && this.transform(ops, read, pooling)
    if (pooled) for (const [name, head] of this.once) logits[name] = this.classes(ops, pooled, head)
    for (const [name, head] of this.perToken) logits[name] = this.classes(ops, x, head)
    for (const head of extra?.heads ?? []) logits[head.name] = extraHeadLogits(ops, head, x, cls, pooled, content)
    if (mlm && mlmRows?.length !== 0) logits.mlm = vocabularyLogits(ops, x, mlm, mlmRows, this.parts.kind.eps)
    return logits
  }

  private classes(ops: Ops, x: Tensor, { transform, weights }: ClassHead): Tensor {
    return ops.linear(transform ? this.transform(ops, x, transform) : x, weights.weight, weights.bias)
  }

  private transform(ops: Ops, x: Tensor, transform: HeadTransform): Tensor {
    return transformed(ops, x, transform, this.parts.kind.eps)
  }
}

/** x₀ [1, T, D]. @param noTable [1, E], for what has no positions or no segments */
export function embedText(
  ops: Ops,
  input: TextInput,
  { words, positions, segments, norm, projection }: TextEmbeddings,
  eps: number,
  noTable: Tensor,
): Tensor {
  const T = input.ids.length
  const E = words.table.shape[1] as number
  const none = new Uint32Array(T)
  const embedded = ops.embedTokens({
    ids: ops.input([1, T], input.ids),
    positions: ops.input([1, T], positions ? input.positions : none),
    segments: ops.input([1, T], segments ? input.segments : none),
    words: words.table,
    positionTable: positions?.table ?? noTable,
    segmentTable: segments ?? noTable,
    extra: ops.input([input.extra.length / E, E], input.extra),
  })
  const normed = normalise(ops, embedded, norm, eps)
  ops.release(embedded)
  if (!projection) return normed
  const projected = ops.linear(normed, projection.weight, projection.bias)
  ops.release(normed)
  return projected
}

/** Logits [1, M, V] of these rows of x [1, T, D], or of all. */
export function vocabularyLogits(
  ops: Ops,
  x: Tensor,
  { transform, decoder }: NonNullable<TextHeads['mlm']>,
  rows: TextInput['mlmRows'],
  eps: number,
): Tensor {
  const chosen = rows ? ops.gatherRows(x, ops.input([1, rows.length], rows)) : x
  const read = transformed(ops, chosen, transform, eps)
  const logits = ops.linear(read, decoder.weight, decoder.bias)
  ops.release(read)
  return logits
}

function transformed(ops: Ops, x: Tensor, { dense, activation, norm }: HeadTransform, eps: number): Tensor {
  const out = ops.linear(x, dense.weight, dense.bias, { activation })
  if (!norm) return out
  const normed = normalise(ops, out, norm, eps)
  ops.release(out)
  return normed
}

/** The mean of the content tokens' rows [E] of the token table. */
export function contentMean({ table, data }: WordTable, { ids }: TextInput, contentRows?: Uint32Array): Float32Array {
  const [V, E] = table.shape as [number, number]
  const rows = [...ids].filter((id, t) => id < V && (contentRows?.[t] ?? 1) === 1)
  const mean = new Float32Array(E)
  for (const id of rows) {
    for (let e = 0; e < E; e++) mean[e] = (mean[e] as number) + (data[id * E + e] as number) / rows.length
  }
  return mean
}

function windowsOf({ shape, attentionOf }: TextEncoderParts): Pick<ModelInfo, 'windows'> {
  const windows = Array.from({ length: shape.layers }, (_, layer) => attentionOf?.(layer).window ?? null)
  return windows.some((window) => window !== null) ? { windows } : {}
}

function present(heads: Record<string, ClassHead | undefined> = {}): [string, ClassHead][] {
  return Object.entries(heads).filter((entry): entry is [string, ClassHead] => entry[1] !== undefined)
}

function labelsOfHeads(heads: readonly [string, ClassHead][]): Record<string, string[]> {
  return Object.fromEntries(heads.map(([name, { labels }]) => [name, labels]))
}

function scorings(heads: readonly [string, ClassHead][]): ModelInfo['activations'] {
  const given = heads.flatMap(([name, { scoring }]) => (scoring ? [[name, scoring] as const] : []))
  return given.length > 0 ? Object.fromEntries(given) : undefined
}
