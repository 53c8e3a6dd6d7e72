/**
 * BERT, post-LayerNorm encoder (Devlin et al. 2019, "BERT: Pre-training of Deep Bidirectional Transformers for Language
 * Understanding"; transformers' BertForPreTraining).
 *
 *   x₀      = LayerNorm(words[ids] + positions + segments)
 *   a       = LayerNorm(x + Wₒ · Attention(x))                     for each of L layers
 *   x       = LayerNorm(a + W₂ · gelu(W₁ · a))
 *   pooler  = tanh(Wₚ · x[CLS])
 *   nsp     = W · pooler                                           [1, 2]: 0 = "is next", 1 = "is not"
 *   tokens  = W · x                                                [1, T, K]: BertForTokenClassification
 *   span    = W · x                                                [1, T, 2]: start and end, BertForQuestionAnswering
 *   mlm     = words · LayerNorm(gelu(Wₜ · x)) + bias               [1, M, V], tied to the token table unless config.json unties it
 */

import { z } from 'zod'
import type { Activation, Ops, Tensor } from '../core/ops.ts'
import { activationOf, encoderShape, HEADS_RULE, headsDivideWidth, labelsOf, scoring, size } from './config.ts'
import {
  type ExtraHead,
  extraHeadLogits,
  type Interventions,
  readExtraHeads,
  rowOf,
  selfAttention,
  uploadInterventions,
} from './encoder.ts'
import type { ForwardOptions, ForwardTensors, Model, ModelInfo, TextInput, WeightViews } from './model.ts'
import type { LinearWeights, NormWeights, WeightReader } from './weights.ts'

/** Defaults are those of transformers' BertConfig. */
export const bertConfig = z
  .object({
    model_type: z.literal('bert'),
    ...encoderShape,
    vocab_size: size(2_000_000).default(30_522),
    max_position_embeddings: size(1_000_000).default(512),
    type_vocab_size: size(1024).default(2),
    tie_word_embeddings: z.boolean().default(true),
  })
  .refine(headsDivideWidth, HEADS_RULE)

export type BertConfig = z.infer<typeof bertConfig>

/** What a question answering head gives for each token. */
const SPAN = ['start', 'end']

/** First parts of names that are no heads. */
const ENCODER = new Set(['bert', 'embeddings', 'encoder', 'pooler'])

/**
 * What `classifier` reads. Token and sequence classifiers store it under one name and in one shape; only the architecture tells
 * them apart, or else the pooler, which transformers gives to sequence classifiers alone.
 * @returns undefined for a head over something else, such as the choices of a question
 */
function classifiedBy(architectures: readonly string[] = [], hasPooler: boolean): 'pooler' | 'tokens' | undefined {
  const says = (kind: string) => architectures.some((name) => name.endsWith(kind))
  if (says('ForTokenClassification')) return 'tokens'
  if (says('ForMultipleChoice')) return undefined
  return hasPooler || says('ForSequenceClassification') ? 'pooler' : 'tokens'
}

interface BertLayer {
  qkv: LinearWeights
  attentionOutput: LinearWeights
  attentionNorm: NormWeights
  intermediate: LinearWeights
  output: LinearWeights
  outputNorm: NormWeights
}

export class Bert implements Model {
  readonly info: ModelInfo
  readonly tensors: readonly Tensor[]
  readonly tokenTable: Float32Array
  readonly views: WeightViews
  private readonly config: BertConfig
  private readonly activation: Activation
  private readonly words: Tensor
  private readonly positionTable: Tensor
  private readonly segmentTable: Tensor
  private readonly embeddingNorm: NormWeights
  private readonly layers: BertLayer[]
  private readonly pooler?: LinearWeights
  private readonly nsp?: LinearWeights
  private readonly classifier?: LinearWeights
  private readonly tokens?: LinearWeights
  private readonly span?: LinearWeights
  private readonly mlm?: { transform: LinearWeights; norm: NormWeights; decoder: LinearWeights }
  private readonly extraHeads: ExtraHead[]

  constructor(config: BertConfig, reader: WeightReader) {
    const { hidden_size: D, vocab_size: V, intermediate_size: F, clsroom } = config
    // BertModel checkpoints carry no "bert." prefix.
    const bert = reader.has('bert.embeddings.position_embeddings.weight') ? 'bert.' : ''
    // Tied weights are stored once, under either name.
    const decoder = 'cls.predictions.decoder.weight'
    const words = reader.first(`${bert}embeddings.word_embeddings.weight`, decoder)
    const biases = ['cls.predictions.bias', 'cls.predictions.decoder.bias']
    const layerNames = Array.from({ length: config.num_hidden_layers }, (_, l) => `${bert}encoder.layer.${l}`)
    const classLabels = labelsOf(config)

    this.config = config
    this.activation = activationOf(config.hidden_act)
    this.words = reader.tensor(words, [V, D])
    this.tokenTable = reader.array(words, [V, D]).data
    const positions = reader.array(`${bert}embeddings.position_embeddings.weight`, [config.max_position_embeddings, D])
    this.positionTable = reader.constant(positions.shape, positions.data)
    this.views = {
      tokens: { dims: [V, D], data: this.tokenTable },
      positions: { dims: [...positions.shape], data: positions.data },
    }
    this.segmentTable = reader.tensor(`${bert}embeddings.token_type_embeddings.weight`, [config.type_vocab_size, D])
    this.embeddingNorm = reader.layerNorm(`${bert}embeddings.LayerNorm`, D)
    this.layers = layerNames.map((name) => ({
      qkv: reader.packed(
        ['query', 'key', 'value'].map((part) => `${name}.attention.self.${part}`),
        D,
        D,
      ),
      attentionOutput: reader.linear(`${name}.attention.output.dense`, D, D),
      attentionNorm: reader.layerNorm(`${name}.attention.output.LayerNorm`, D),
      intermediate: reader.linear(`${name}.intermediate.dense`, D, F),
      output: reader.linear(`${name}.output.dense`, F, D),
      outputNorm: reader.layerNorm(`${name}.output.LayerNorm`, D),
    }))

    // A checkpoint brings the heads it was trained with; the absent ones give no logits.
    const hasPooler = reader.has(`${bert}pooler.dense.weight`)
    const classifies = reader.has('classifier.weight') ? classifiedBy(config.architectures, hasPooler) : undefined
    if (hasPooler || classifies === 'pooler') this.pooler = reader.linear(`${bert}pooler.dense`, D, D)
    if (this.pooler && reader.has('cls.seq_relationship.weight')) this.nsp = reader.linear('cls.seq_relationship', D, 2)
    const classifier = classifies && reader.linear('classifier', D, classLabels.length)
    if (classifies === 'pooler') this.classifier = classifier
    if (classifies === 'tokens') this.tokens = classifier
    if (reader.has('qa_outputs.weight')) this.span = reader.linear('qa_outputs', D, SPAN.length)
    if (reader.has('cls.predictions.transform.dense.weight')) {
      this.mlm = {
        transform: reader.linear('cls.predictions.transform.dense', D, D),
        norm: reader.layerNorm('cls.predictions.transform.LayerNorm', D),
        decoder: {
          weight: reader.transposed(config.tie_word_embeddings ? words : reader.first(decoder, words), V, D),
          bias: reader.tensor(reader.first(...(config.tie_word_embeddings ? biases : biases.toReversed())), [V]),
        },
      }
    }
    this.extraHeads = readExtraHeads(reader, clsroom.heads, D)
    this.tensors = reader.tensors
    this.info = {
      modelType: 'bert',
      modality: 'text',
      layers: config.num_hidden_layers,
      heads: config.num_attention_heads,
      width: D,
      feedForward: config.intermediate_size,
      maxTokens: config.max_position_embeddings,
      vocabulary: V,
      segmentTypes: config.type_vocab_size,
      predictsTokens: this.mlm !== undefined,
      labels: {
        ...(this.nsp && { nsp: ['is next', 'is not next'] }),
        ...(this.classifier && { classifier: classLabels }),
        ...Object.fromEntries(Object.entries(clsroom.heads).map(([name, head]) => [name, head.labels])),
      },
      tokenLabels: {
        ...(this.tokens && { tokens: classLabels }),
        ...(this.span && { span: SPAN }),
      },
      otherHeads: reader.unread.filter((name) => !ENCODER.has(name)),
      activations: this.classifier && scoring(config),
      parameters: reader.parameters,
    }
  }

  contentMean(input: TextInput, contentRows?: Uint32Array): Float32Array {
    const { hidden_size: D, vocab_size: V } = this.config
    const rows = [...input.ids].filter((id, t) => id < V && (contentRows?.[t] ?? 1) === 1)
    const mean = new Float32Array(D)
    for (const id of rows) {
      for (let d = 0; d < D; d++) mean[d] = (mean[d] as number) + (this.tokenTable[id * D + d] as number) / rows.length
    }
    return mean
  }

  forward(ops: Ops, input: TextInput, options: ForwardOptions): ForwardTensors {
    const { hidden_size: D, layer_norm_eps: eps, num_attention_heads: H, num_hidden_layers: L } = this.config
    const T = input.ids.length
    const interventions = uploadInterventions(ops, T, L, H, options)

    const embedded = ops.embedTokens({
      ids: ops.input([1, T], input.ids),
      positions: ops.input([1, T], input.positions),
      segments: ops.input([1, T], input.segments),
      words: this.words,
      positionTable: this.positionTable,
      segmentTable: this.segmentTable,
      extra: ops.input([input.extra.length / D, D], input.extra),
    })
    let x = ops.layerNorm(embedded, this.embeddingNorm.weight, this.embeddingNorm.bias, eps)
    ops.release(embedded)

    const hiddenStates = [x]
    const attentions: (Tensor | null)[] = []
    this.layers.forEach((layer, l) => {
      const result = this.layer(ops, x, layer, l, interventions)
      attentions.push(result.probabilities)
      x = result.x
      hiddenStates.push(x)
    })

    const cls = rowOf(ops, x, options.pooledRow ?? 0)
    const content = ops.input([1, T], options.contentRows ?? new Uint32Array(T).fill(1))
    const poolings: Record<string, Tensor> = options.poolings
      ? { cls, mean: ops.pool(x, content, 'mean'), max: ops.pool(x, content, 'max') }
      : {}
    return { hiddenStates, attentions, logits: this.heads(ops, x, cls, content, input.mlmRows), poolings }
  }

  /** One encoder layer. x [1, T, D] → [1, T, D] */
  private layer(ops: Ops, x: Tensor, w: BertLayer, layer: number, interventions: Interventions) {
    const { layer_norm_eps: eps, num_attention_heads: H } = this.config
    const { context, probabilities } = selfAttention(ops, x, w.qkv, H, layer, interventions)
    const attended = ops.linear(context, w.attentionOutput.weight, w.attentionOutput.bias, { residual: x })
    const a = ops.layerNorm(attended, w.attentionNorm.weight, w.attentionNorm.bias, eps)
    ops.release(context, attended)

    const inner = ops.linear(a, w.intermediate.weight, w.intermediate.bias, { activation: this.activation })
    const outer = ops.linear(inner, w.output.weight, w.output.bias, { residual: a })
    const out = ops.layerNorm(outer, w.outputNorm.weight, w.outputNorm.bias, eps)
    ops.release(a, inner, outer)
    return { x: out, probabilities }
  }

  /** x [1, T, D] last hidden states, cls [1, 1, D] */
  private heads(ops: Ops, x: Tensor, cls: Tensor, content: Tensor, mlmRows?: Uint32Array<ArrayBuffer>) {
    const logits: Record<string, Tensor> = {}
    const pooled = this.pooler && ops.linear(cls, this.pooler.weight, this.pooler.bias, { activation: 'tanh' })
    if (pooled && this.nsp) logits.nsp = ops.linear(pooled, this.nsp.weight, this.nsp.bias)
    if (pooled && this.classifier) logits.classifier = ops.linear(pooled, this.classifier.weight, this.classifier.bias)
    if (this.tokens) logits.tokens = ops.linear(x, this.tokens.weight, this.tokens.bias)
    if (this.span) logits.span = ops.linear(x, this.span.weight, this.span.bias)
    for (const head of this.extraHeads) logits[head.name] = extraHeadLogits(ops, head, x, cls, pooled, content)
    if (this.mlm && mlmRows?.length !== 0) logits.mlm = this.vocabularyLogits(ops, x, this.mlm, mlmRows)
    return logits
  }

  private vocabularyLogits(
    ops: Ops,
    x: Tensor,
    mlm: NonNullable<Bert['mlm']>,
    rows?: Uint32Array<ArrayBuffer>,
  ): Tensor {
    const chosen = rows ? ops.gatherRows(x, ops.input([1, rows.length], rows)) : x
    const dense = ops.linear(chosen, mlm.transform.weight, mlm.transform.bias, { activation: this.activation })
    const normed = ops.layerNorm(dense, mlm.norm.weight, mlm.norm.bias, this.config.layer_norm_eps)
    const logits = ops.linear(normed, mlm.decoder.weight, mlm.decoder.bias)
    ops.release(dense, normed)
    return logits
  }
}
