/**
 * What causal decoders share: embeddings, a stack of blocks whose queries read what stands before them, and a head. A model file reads
 * these parts from its own names and settings; `TextDecoder` runs them, whole or step by step with kept keys and values.
 *
 *   x₀      = words[ids] + positions
 *   x       = block(x)                                             for each of L layers, see block.ts
 *   lm      = W · norm(x)                                          [1, T, V]: what follows each token
 *   classes = W · norm(x)[last]                                    [1, 1, K]: the last token that is not padding
 */

import { type AttentionOptions, type Backend, CAUSAL, type Ops, type Tensor } from '../core/ops.ts'
import { attend, type BlockKind, type BlockWeights, feed, normalise } from './block.ts'
import { chosenRows, rowOf } from './extra_heads.ts'
import { ofLayer, uploadInterventions } from './interventions.ts'
import type {
  BatchInput,
  BatchTensors,
  ForwardOptions,
  ForwardTensors,
  ModelInfo,
  Past,
  StackOptions,
  TextInput,
  WeightViews,
  Writer,
} from './model.ts'
import { rotaryAngles } from './rotary.ts'
import type { PositionTable, WordTable } from './tables.ts'
import { type ClassHead, contentMean } from './text_encoder.ts'
import type { LinearWeights, NormWeights, WeightReader } from './weights.ts'

export interface TextDecoderParts {
  modelType: string
  shape: { layers: number; heads: number; width: number; feedForward: number; maxTokens: number }
  /** Heads of keys and values, where several queries' heads share one. */
  keyHeads?: number
  words: WordTable
  /** Learned positions, or the frequencies of angles (rotary.ts). */
  positions?: PositionTable
  frequencies?: readonly number[]
  blocks: BlockWeights[]
  kind: BlockKind
  /** Of q · k in a layer; default 1/√Dh. */
  scaleOf?: (layer: number) => number | undefined
  finalNorm: NormWeights
  /** A checkpoint brings one of the two, or none. */
  lm?: LinearWeights
  classifier?: ClassHead & { padToken?: number }
  endTokens: number[]
  /** First parts of weight names that are no heads. */
  stem: ReadonlySet<string>
}

/** A stack's input: ids, where they stand, and start vectors. */
type Tokens = Pick<TextInput, 'ids' | 'positions' | 'extra'>

export class TextDecoder implements Writer {
  readonly info: ModelInfo
  readonly tensors: readonly Tensor[]
  readonly tokenTable: Float32Array
  readonly views: WeightViews
  private readonly parts: TextDecoderParts
  private readonly noTable: Tensor

  constructor(parts: TextDecoderParts, reader: WeightReader) {
    const { words, positions, shape, lm, classifier } = parts
    const [V, D] = words.table.shape as [number, number]
    this.parts = parts
    this.noTable = reader.constant([1, D], new Float32Array(D))
    this.tokenTable = words.data
    this.views = { tokens: { dims: [V, D], data: words.data }, positions: positions?.view }
    this.tensors = reader.tensors
    this.info = {
      modelType: parts.modelType,
      modality: 'text',
      ...shape,
      vocabulary: V,
      segmentTypes: 1,
      causal: true,
      ...(lm && { generates: { endTokens: parts.endTokens } }),
      labels: classifier ? { classifier: classifier.labels } : {},
      ...(classifier?.scoring && { activations: { classifier: classifier.scoring } }),
      otherHeads: reader.unread.filter((name) => !parts.stem.has(name)),
      parameters: reader.parameters,
    }
  }

  contentMean(input: TextInput, contentRows?: Uint32Array): Float32Array {
    return contentMean(this.parts.words, input, contentRows)
  }

  forward(ops: Ops, input: TextInput, options: ForwardOptions): ForwardTensors {
    const { lm, classifier } = this.parts
    const { hiddenStates, attentions, stream, values } = this.stack(ops, input, options)
    const x = hiddenStates.at(-1) as Tensor
    const logits: Record<string, Tensor> = {}
    if (lm && input.mlmRows?.length !== 0) logits.lm = vocabularyLogits(ops, x, lm, input.mlmRows)
    if (classifier) {
      const { weight, bias } = classifier.weights
      logits.classifier = ops.linear(rowOf(ops, x, options.pooledRow ?? lastToken(input, classifier)), weight, bias)
    }
    return { hiddenStates, attentions, logits, poolings: {}, stream, values }
  }

  batch(ops: Ops, input: BatchInput, options: StackOptions & { causal?: boolean }): BatchTensors {
    const { lm, classifier } = this.parts
    const { sequences, pooledRows, vocabularyRows } = input
    const tokens = { ...input, extra: new Float32Array() }
    const { hiddenStates, attentions } = this.stack(ops, tokens, options, undefined, sequences)
    const x = hiddenStates.at(-1) as Tensor
    const pooled = chosenRows(ops, x, sequences, pooledRows)
    const logits: Record<string, Tensor> = {}
    if (classifier) logits.classifier = ops.linear(pooled, classifier.weights.weight, classifier.weights.bias)
    if (lm && vocabularyRows.length > 0) {
      logits.lm = ops.linear(chosenRows(ops, x, sequences, vocabularyRows), lm.weight, lm.bias)
    }
    return { pooled, attentions, logits }
  }

  unembed(ops: Ops, stream: Tensor): Tensor {
    const { finalNorm, kind, lm } = this.parts
    return vocabularyLogits(ops, normalise(ops, stream, finalNorm, kind.eps), lm as LinearWeights)
  }

  remember(backend: Backend, tokens: number): Past {
    const { blocks, shape, keyHeads } = this.parts
    return { layers: emptyRows(backend, blocks, { ...shape, keyHeads }, tokens), length: 0, cross: [] }
  }

  step(ops: Ops, past: Past, ids: Uint32Array<ArrayBuffer>): Tensor {
    const tokens = { ids, positions: ids.map((_, t) => past.length + t), extra: new Float32Array() }
    const { hiddenStates } = this.stack(ops, tokens, { captureHeads: [] }, past)
    const last = rowOf(ops, hiddenStates.at(-1) as Tensor, ids.length - 1)
    return vocabularyLogits(ops, last, this.parts.lm as LinearWeights)
  }

  extend(ops: Ops, past: Past, input: TextInput, options: ForwardOptions): ForwardTensors {
    const { hiddenStates, attentions } = this.stack(ops, input, options, past)
    const lm = vocabularyLogits(ops, hiddenStates.at(-1) as Tensor, this.parts.lm as LinearWeights, input.mlmRows)
    return { hiddenStates, attentions, logits: { lm }, poolings: {} }
  }

  /**
   * @param past what stands before the tokens: their keys and values are put there, and all of it is read
   * @param sequences how many that are as long lie side by side
   */
  private stack(ops: Ops, tokens: Tokens, options: ForwardOptions, past?: Past, sequences = 1) {
    const { blocks, kind, shape, keyHeads, frequencies, scaleOf, finalNorm } = this.parts
    const T = tokens.ids.length / sequences
    const interventions = uploadInterventions(ops, T, shape, options, (past?.length ?? 0) + T, sequences)
    const causal = options.causal ?? true
    const rotary = frequencies && rotaryAngles(ops, tokens.positions, frequencies)
    let x = this.embed(ops, tokens, sequences)
    const hiddenStates = [x]
    const stream = [x]
    const packed: Tensor[] = []
    const attentions: (Tensor | null)[] = []
    blocks.forEach((weights, l) => {
      const attention: AttentionOptions = {
        heads: shape.heads,
        keyHeads,
        ...ofLayer(interventions, l),
        ...(causal && { window: CAUSAL }),
        scale: scaleOf?.(l),
      }
      const kept = past && { keysValues: past.layers[l] as Tensor, length: past.length }
      const attended = attend(ops, x, weights, kind, attention, { rotary, kept, keepsQkv: options.values })
      attentions.push(attended.probabilities)
      if (attended.qkv) packed.push(attended.qkv)
      x = feed(ops, attended.x, weights, kind)
      if (!options.stream) ops.release(attended.x)
      stream.push(attended.x, x)
      hiddenStates.push(x)
    })
    hiddenStates[hiddenStates.length - 1] = normalise(ops, x, finalNorm, kind.eps)
    return {
      hiddenStates,
      attentions,
      ...(options.stream && { stream }),
      ...(options.values && { values: { packed, ...this.valueColumns() } }),
    }
  }

  /** Where the values stand in packed queries, keys and values. */
  private valueColumns(): { heads: number; width: number } {
    const { blocks, shape, keyHeads: heads = shape.heads } = this.parts
    const all = (blocks[0] as BlockWeights).qkv.weight.shape[1] as number
    return { heads, width: (heads * all) / (shape.heads + 2 * heads) }
  }

  /** x₀ [B, T, D] */
  private embed(ops: Ops, { ids, positions, extra }: Tokens, sequences: number): Tensor {
    const table = this.parts.positions?.table
    const places = table && { table, rows: positions }
    return embedWords(ops, { ids, extra }, this.parts.words, this.noTable, places, sequences)
  }
}

/** words[ids] + positions: [B, T, D]. @param noTable zeros [1, D] */
export function embedWords(
  ops: Ops,
  { ids, extra }: Pick<TextInput, 'ids' | 'extra'>,
  words: WordTable,
  noTable: Tensor,
  positions?: { table: Tensor; rows: Uint32Array },
  B = 1,
): Tensor {
  const T = ids.length / B
  const D = words.table.shape[1] as number
  const none = ops.input([B, T], new Uint32Array(B * T))
  return ops.embedTokens({
    ids: ops.input([B, T], ids),
    positions: positions ? ops.input([B, T], positions.rows) : none,
    segments: none,
    words: words.table,
    positionTable: positions?.table ?? noTable,
    segmentTable: noTable,
    extra: ops.input([extra.length / D, D], extra),
  })
}

/** Logits [1, M, V] of the wanted rows, or of all. */
export function vocabularyLogits(ops: Ops, x: Tensor, { weight, bias }: LinearWeights, rows?: Uint32Array): Tensor {
  return ops.linear(rows ? ops.gatherRows(x, ops.input([1, rows.length], rows)) : x, weight, bias)
}

/** For each layer zeros [1, tokens, 2·Hk·Dh]. */
export function emptyRows(
  backend: Backend,
  blocks: readonly BlockWeights[],
  { heads, keyHeads = heads }: { heads: number; keyHeads?: number },
  tokens: number,
): Tensor[] {
  return blocks.map(({ qkv }) => {
    const Dh = (qkv.weight.shape[1] as number) / (heads + 2 * keyHeads)
    const width = 2 * keyHeads * Dh
    return backend.constant([1, tokens, width], new Float32Array(tokens * width))
  })
}

/** As transformers' sequence classifiers choose it: the last token that is not padding. */
function lastToken({ ids }: TextInput, { padToken }: { padToken?: number }): number {
  const last = ids.findLastIndex((id) => id !== padToken)
  return last < 0 ? ids.length - 1 : last
}
