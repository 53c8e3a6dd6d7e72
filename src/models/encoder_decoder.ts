/**
 * What encoder–decoders share (Vaswani et al. 2017, "Attention Is All You Need", §3.1): an encoder, and a causal decoder whose blocks
 * also read the encoder's last states. A model file reads these parts from its own names; `EncoderDecoder` runs them, whole or step by
 * step with kept keys and values.
 *
 *   e       = norm(encoder(words[ids]))                            [1, T, D]
 *   a       = x + Wₒ · CausalAttention(norm(x))                    for each decoder layer
 *   c       = a + Wₒ · Attention(norm(a), e)
 *   x       = c + feedForward(norm(c))
 *   lm      = W · norm(x)                                          [1, Td, V]
 */

import type { DistanceBuckets } from '../core/distance_bucket.ts'
import { type AttentionOptions, type Backend, CAUSAL, type Ops, type Tensor } from '../core/ops.ts'
import { attend, attendAcross, type BlockKind, type BlockWeights, type CrossWeights, feed, normalise } from './block.ts'
import { rowOf } from './extra_heads.ts'
import { type Interventions, ofLayer, uploadInterventions } from './interventions.ts'
import type { ForwardOptions, ForwardTensors, ModelInfo, Past, TextInput, WeightViews, Writer } from './model.ts'
import type { WordTable } from './tables.ts'
import { embedWords, emptyRows, vocabularyLogits } from './text_decoder.ts'
import { contentMean } from './text_encoder.ts'
import type { LinearWeights, NormWeights, WeightReader } from './weights.ts'

/** Added to the scores of all layers of a stack, by distance: [Tq + Tk − 1, H], see `AttentionOptions.bias`. */
type BiasByDistance = (ops: Ops, Tq: number, Tk: number) => Tensor

interface Stack<Weights extends BlockWeights> {
  blocks: Weights[]
  bias: BiasByDistance
  /** [buckets, H]: what the bias is looked up in. */
  biasTable: Float32Array
  finalNorm: NormWeights
}

export interface EncoderDecoderParts {
  modelType: string
  heads: number
  width: number
  feedForward: number
  maxTokens: number
  words: WordTable
  kind: BlockKind
  /** Of q · k. */
  scale: number
  encoder: Stack<BlockWeights>
  decoder: Stack<BlockWeights & { cross: CrossWeights }>
  lm: LinearWeights
  distances: DistanceBuckets
  startToken: number
  endTokens: number[]
  /** First parts of weight names that are no heads. */
  stem: ReadonlySet<string>
}

export class EncoderDecoder implements Writer {
  readonly info: ModelInfo
  readonly tensors: readonly Tensor[]
  readonly tokenTable: Float32Array
  readonly views: WeightViews
  private readonly parts: EncoderDecoderParts
  private readonly noTable: Tensor

  constructor(parts: EncoderDecoderParts, reader: WeightReader) {
    const { words, heads, width, feedForward, maxTokens, encoder, decoder } = parts
    const [V, D] = words.table.shape as [number, number]
    this.parts = parts
    this.noTable = reader.constant([1, D], new Float32Array(D))
    this.tokenTable = words.data
    const { distances } = parts
    const tables = new Float32Array(2 * distances.buckets * heads)
    tables.set(encoder.biasTable)
    tables.set(decoder.biasTable, distances.buckets * heads)
    this.views = {
      tokens: { dims: [V, D], data: words.data },
      distances: { dims: [2, distances.buckets, heads], data: tables },
    }
    this.tensors = reader.tensors
    this.info = {
      modelType: parts.modelType,
      modality: 'text',
      layers: encoder.blocks.length,
      heads,
      width,
      feedForward,
      maxTokens,
      vocabulary: V,
      segmentTypes: 1,
      distances,
      decoder: { layers: decoder.blocks.length, heads, startToken: parts.startToken },
      generates: { endTokens: parts.endTokens },
      labels: {},
      otherHeads: reader.unread.filter((name) => !parts.stem.has(name)),
      parameters: reader.parameters,
    }
  }

  contentMean(input: TextInput, contentRows?: Uint32Array): Float32Array {
    return contentMean(this.parts.words, input, contentRows)
  }

  forward(ops: Ops, input: TextInput, options: ForwardOptions): ForwardTensors {
    const { decoder, lm, heads } = this.parts
    const { ids, extra, decoderIds = new Uint32Array([this.parts.startToken]), mlmRows } = input
    const { causal = true } = options
    const shape = { layers: decoder.blocks.length, heads }
    const { hiddenStates, attentions } = this.encode(ops, { ids, extra }, options)
    const { encoderStates: given } = options
    const read = given ? ops.input([1, ...given.dims], given.data) : (hiddenStates.at(-1) as Tensor)
    const keysValues = this.crossKeysValues(ops, read)
    const own = uploadInterventions(ops, decoderIds.length, shape, options.decoder)
    const across = uploadInterventions(ops, decoderIds.length, shape, options.cross, read.shape[1])
    const decoded = this.decode(ops, { ids: decoderIds, extra }, keysValues, { own, across, causal })
    const logits: Record<string, Tensor> = {}
    if (mlmRows?.length !== 0) logits.lm = vocabularyLogits(ops, decoded.hiddenStates.at(-1) as Tensor, lm, mlmRows)
    return { hiddenStates, attentions, logits, poolings: {}, decoder: decoded }
  }

  remember(backend: Backend, tokens: number, sources: number): Past {
    const { decoder, heads } = this.parts
    const room = (rows: number) => (rows > 0 ? emptyRows(backend, decoder.blocks, { heads }, rows) : [])
    return { layers: room(tokens), length: 0, cross: room(sources) }
  }

  read(ops: Ops, past: Past, ids: Uint32Array<ArrayBuffer>): void {
    const { hiddenStates } = this.encode(ops, { ids, extra: new Float32Array() }, { captureHeads: [] })
    this.crossKeysValues(ops, hiddenStates.at(-1) as Tensor).forEach((keysValues, l) => {
      ops.keep(past.cross[l] as Tensor, keysValues, 0)
    })
  }

  step(ops: Ops, past: Past, ids: Uint32Array<ArrayBuffer>): Tensor {
    const shape = { layers: this.parts.decoder.blocks.length, heads: this.parts.heads }
    const nothing = uploadInterventions(ops, ids.length, shape)
    const plain = { own: nothing, across: nothing, causal: true }
    const { hiddenStates } = this.decode(ops, { ids, extra: new Float32Array() }, past.cross, plain, past)
    const last = rowOf(ops, hiddenStates.at(-1) as Tensor, ids.length - 1)
    return vocabularyLogits(ops, last, this.parts.lm)
  }

  private encode(ops: Ops, tokens: Pick<TextInput, 'ids' | 'extra'>, options: ForwardOptions) {
    const { encoder, kind, heads, scale, words } = this.parts
    const T = tokens.ids.length
    const interventions = uploadInterventions(ops, T, { layers: encoder.blocks.length, heads }, options)
    const bias = encoder.bias(ops, T, T)
    let x = embedWords(ops, tokens, words, this.noTable)
    const hiddenStates = [x]
    const attentions: (Tensor | null)[] = []
    encoder.blocks.forEach((weights, l) => {
      const attended = attend(ops, x, weights, kind, { heads, scale, bias, ...ofLayer(interventions, l) })
      attentions.push(attended.probabilities)
      x = feed(ops, attended.x, weights, kind)
      ops.release(attended.x)
      hiddenStates.push(x)
    })
    hiddenStates[hiddenStates.length - 1] = normalise(ops, x, encoder.finalNorm, kind.eps)
    return { hiddenStates, attentions }
  }

  /** What each decoder layer reads in the encoder, [1, T, 2·H·Dh]. */
  private crossKeysValues(ops: Ops, encoded: Tensor): Tensor[] {
    return this.parts.decoder.blocks.map(({ cross: { keysValues } }) =>
      ops.linear(encoded, keysValues.weight, keysValues.bias),
    )
  }

  private decode(
    ops: Ops,
    tokens: Pick<TextInput, 'ids' | 'extra'>,
    keysValues: readonly Tensor[],
    { own, across, causal }: { own: Interventions; across: Interventions; causal: boolean },
    past?: Past,
  ) {
    const { decoder, kind, heads, scale, words } = this.parts
    const T = tokens.ids.length
    const bias = decoder.bias(ops, T, (past?.length ?? 0) + T)
    let x = embedWords(ops, tokens, words, this.noTable)
    const hiddenStates = [x]
    const attentions: (Tensor | null)[] = []
    const crossAttentions: (Tensor | null)[] = []
    decoder.blocks.forEach((weights, l) => {
      const window = causal ? CAUSAL : undefined
      const attention: AttentionOptions = { heads, scale, bias, window, ...ofLayer(own, l) }
      const kept = past && { keysValues: past.layers[l] as Tensor, length: past.length }
      const attended = attend(ops, x, weights, kind, attention, { kept })
      const read = keysValues[l] as Tensor
      const crossed = attendAcross(ops, attended.x, weights.cross, kind.eps, read, {
        heads,
        scale,
        ...ofLayer(across, l),
      })
      attentions.push(attended.probabilities)
      crossAttentions.push(crossed.probabilities)
      x = feed(ops, crossed.x, weights, kind)
      ops.release(attended.x, crossed.x)
      hiddenStates.push(x)
    })
    hiddenStates[hiddenStates.length - 1] = normalise(ops, x, decoder.finalNorm, kind.eps)
    return { hiddenStates, attentions, crossAttentions }
  }
}
