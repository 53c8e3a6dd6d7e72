/**
 * Memory transformers of text (Burtsev, Kuratov, Peganov, Sapunov 2020, "Memory Transformer", arXiv 2006.11527), an own type; the
 * PyTorch module is training/memory/model.py. M memory rows stand before T rows of text and have neither a position nor a norm:
 *
 *   X₀ = [memory ; LayerNorm(words[ids] + positions + segments)]   [1, M + T, D]
 *
 * A layer is BERT's, norms behind the residuals, and reads by its variant (§3 and figure 1 there):
 *   memtransformer   X   = layer(X reads X)                              one set of weights
 *   memctrl          mem = layerₘ(mem reads X),  seq = layer(seq reads X)     memory has weights of its own
 *   membottleneck    mem = layerₘ(mem reads X),  seq = layer(seq reads mem)   text reads the new memory and nothing else
 *
 *   mlm       = words · LayerNorm(gelu(Wₜ · seq)) + bias           [1, R, V]
 *   <head>    = W · mean(mem), or of the CLS                       [1, K]
 */

import { z } from 'zod'
import { maskWords } from '../core/mask.ts'
import type { AttentionOptions, Ops, Tensor } from '../core/ops.ts'
import { bertBlocks, bertEmbeddings, bertSettings, bertStack } from './bert.ts'
import { type BlockKind, type BlockWeights, feed, stack } from './block.ts'
import { activationOf, HEADS_RULE, headsDivideWidth } from './config.ts'
import { rowOf } from './extra_heads.ts'
import { ofLayer, uploadInterventions } from './interventions.ts'
import type { ForwardOptions, ForwardTensors, Model, ModelInfo, PackedMask, TextInput, WeightViews } from './model.ts'
import { contentMean, embedText, type TextEmbeddings, type TextHeads, vocabularyLogits } from './text_encoder.ts'
import { vocabularyHead } from './text_heads.ts'
import type { LinearWeights, WeightReader } from './weights.ts'

export const MEMORY_VARIANTS = ['memtransformer', 'memctrl', 'membottleneck'] as const

const head = z.object({ pooling: z.enum(['memory_mean', 'cls']), labels: z.array(z.string()).min(1) })

export const memoryConfig = z
  .object({
    model_type: z.literal('clsroom_memory'),
    ...bertSettings,
    variant: z.enum(MEMORY_VARIANTS),
    num_memory_tokens: z.int().nonnegative().max(64),
    /** How many tokens to either side text rows read each other, where the task is to need memory; no part of the forward. */
    attention_window: z.int().positive().max(1024),
    clsroom: z.object({ heads: z.record(z.string().regex(/^\w+$/), head).default({}) }).default({ heads: {} }),
  })
  .refine(headsDivideWidth, HEADS_RULE)
type MemoryConfig = z.infer<typeof memoryConfig>

/** First parts of names that are no heads. */
const ENCODER = new Set(['bert', 'cls', 'heads'])

/** A layer that reads another sequence than its own rows. */
interface ReadingWeights extends Pick<BlockWeights, 'attentionOutput' | 'intermediate' | 'output'> {
  queries: LinearWeights
  /** Side by side: [D, 2·D]. */
  keysValues: LinearWeights
  attentionNorm: { weight: Tensor; bias?: Tensor }
  feedForwardNorm: { weight: Tensor; bias?: Tensor }
}

/** The layers of all rows, or those of text and those of memory. */
type Layers = { shared: BlockWeights[] } | { text: ReadingWeights[]; memory: ReadingWeights[] }

interface PooledHead {
  name: string
  pooling: 'memory_mean' | 'cls'
  weights: LinearWeights
}

export function memoryTransformer(config: MemoryConfig, reader: WeightReader): MemoryTransformer {
  return new MemoryTransformer(config, reader)
}

class MemoryTransformer implements Model {
  readonly info: ModelInfo
  readonly tensors: readonly Tensor[]
  readonly tokenTable: Float32Array
  readonly views: WeightViews
  private readonly variant: MemoryConfig['variant']
  private readonly kind: BlockKind
  private readonly embeddings: TextEmbeddings
  /** [M, D] */
  private readonly memory: Float32Array
  private readonly layers: Layers
  private readonly mlm: TextHeads['mlm']
  private readonly heads: PooledHead[]
  private readonly none: Tensor

  constructor(config: MemoryConfig, reader: WeightReader) {
    const { hidden_size: D, num_memory_tokens: M, variant, clsroom } = config
    const { shape, kind } = bertStack(config)
    const decoder = 'cls.predictions.decoder'
    this.variant = variant
    this.kind = kind
    this.embeddings = bertEmbeddings(config, reader, 'bert.', D, `${decoder}.weight`)
    this.memory = M > 0 ? reader.array('bert.embeddings.memory_tokens', [M, D]).data : new Float32Array()
    this.layers =
      variant === 'memtransformer'
        ? { shared: bertBlocks(config, reader, 'bert.') }
        : { text: readingLayers(config, reader, 'layer'), memory: readingLayers(config, reader, 'memory_layer') }
    this.mlm = vocabularyHead(
      reader,
      {
        dense: 'cls.predictions.transform.dense',
        norm: 'cls.predictions.transform.LayerNorm',
        decoder,
        bias: ['cls.predictions.bias', `${decoder}.bias`],
      },
      {
        words: this.embeddings.words,
        tied: config.tie_word_embeddings,
        inputs: D,
        activation: activationOf(config.hidden_act),
      },
    )
    this.heads = Object.entries(clsroom.heads).map(([name, { pooling, labels }]) => ({
      name,
      pooling,
      weights: reader.linear(`heads.${name}`, D, labels.length),
    }))
    this.none = reader.constant([1, D], new Float32Array(D))
    this.tokenTable = this.embeddings.words.data
    this.views = {
      tokens: { dims: [config.vocab_size, D], data: this.tokenTable },
      positions: this.embeddings.positions?.view,
      memory: { dims: [M, D], data: this.memory },
    }
    this.tensors = reader.tensors
    this.info = {
      modelType: config.model_type,
      modality: 'text',
      ...shape,
      vocabulary: config.vocab_size,
      segmentTypes: config.type_vocab_size,
      predictsTokens: this.mlm !== undefined,
      memory: { tokens: M, variant, window: config.attention_window },
      labels: Object.fromEntries(Object.entries(clsroom.heads).map(([name, { labels }]) => [name, labels])),
      otherHeads: reader.unread.filter((name) => !ENCODER.has(name)),
      parameters: reader.parameters,
    }
  }

  contentMean(input: TextInput, contentRows?: Uint32Array): Float32Array {
    return contentMean(this.embeddings.words, input, contentRows)
  }

  forward(ops: Ops, input: TextInput, options: ForwardOptions): ForwardTensors {
    const T = input.ids.length
    const D = this.info.width
    const given = input.memory ?? this.memory
    const M = given.length / D
    const text = embedText(ops, input, this.embeddings, this.kind.eps, this.none)
    const x0 = M > 0 ? this.joined(ops, ops.input([M, D], given), text) : text

    const run =
      'shared' in this.layers ? this.together(ops, x0, this.layers.shared, options) : this.apart(ops, x0, M, options)
    const last = run.hiddenStates.at(-1) as Tensor
    const rows = this.rowsOf(ops, last, M, T)
    return { ...run, logits: this.answers(ops, last, rows, M, input, options), poolings: {} }
  }

  /** One set of weights for all rows. x [1, M + T, D] */
  private together(ops: Ops, x: Tensor, blocks: BlockWeights[], options: ForwardOptions) {
    const { heads } = this.info
    const interventions = uploadInterventions(ops, x.shape[1] as number, this.info, options)
    const { hiddenStates, attentions } = stack(ops, x, blocks, this.kind, (layer) => ({
      heads,
      ...ofLayer(interventions, layer),
    }))
    return { hiddenStates, attentions }
  }

  /** Memory and text each with weights of their own. x [1, M + T, D] */
  private apart(ops: Ops, x: Tensor, M: number, options: ForwardOptions) {
    const { text, memory } = this.layers as Exclude<Layers, { shared: BlockWeights[] }>
    const { heads } = this.info
    const tokens = x.shape[1] as number
    const T = tokens - M
    // Maps of both are as wide as the whole; where text reads memory alone, no query may read the other columns.
    const onlyMemory = this.variant === 'membottleneck' ? M : tokens
    const ofText = uploadInterventions(
      ops,
      T,
      this.info,
      { ...options, mask: rowsOfMask(options.mask, tokens, M, tokens, onlyMemory) },
      tokens,
    )
    const ofMemory =
      M > 0 &&
      uploadInterventions(
        ops,
        M,
        this.info,
        { ...options, mask: rowsOfMask(options.mask, tokens, 0, M, tokens) },
        tokens,
      )
    const hiddenStates = [x]
    const attentions: (Tensor | null)[] = []
    const memoryAttentions: (Tensor | null)[] = []
    text.forEach((weights, l) => {
      const seq = this.rowsOf(ops, x, M, T)
      if (!ofMemory) {
        const read = this.reads(ops, seq, x, weights, { heads, ...ofLayer(ofText, l) })
        x = read.x
        attentions.push(read.probabilities)
      } else {
        const mem = this.rowsOf(ops, x, 0, M)
        const written = this.reads(ops, mem, x, memory[l] as ReadingWeights, { heads, ...ofLayer(ofMemory, l) })
        const context = this.variant === 'membottleneck' ? this.joined(ops, written.x, seq) : x
        const read = this.reads(ops, seq, context, weights, { heads, ...ofLayer(ofText, l) })
        x = this.joined(ops, written.x, read.x)
        attentions.push(read.probabilities)
        memoryAttentions.push(written.probabilities)
      }
      hiddenStates.push(x)
    })
    return { hiddenStates, attentions, ...(ofMemory && { memoryAttentions }) }
  }

  /** A layer of x [1, Q, D] whose keys and values are of context [1, K, D] → [1, Q, D] */
  private reads(ops: Ops, x: Tensor, context: Tensor, weights: ReadingWeights, attention: AttentionOptions) {
    const queries = ops.linear(x, weights.queries.weight, weights.queries.bias)
    const keysValues = ops.linear(context, weights.keysValues.weight, weights.keysValues.bias)
    const read = ops.attention(queries, { ...attention, keysValues })
    const { weight, bias } = weights.attentionNorm
    const attended = ops.linear(read.context, weights.attentionOutput.weight, weights.attentionOutput.bias, {
      residual: x,
      norm: { weight, bias: bias as Tensor, eps: this.kind.eps },
    })
    const out = feed(ops, attended, weights, this.kind)
    ops.release(queries, keysValues, read.context, read.logSumExp, attended)
    return { x: out, probabilities: read.probabilities }
  }

  /** [memory ; text] of [M, D] or [1, M, D], and [1, T, D] → [1, M + T, D] */
  private joined(ops: Ops, memory: Tensor, text: Tensor): Tensor {
    const [M, T] = [memory.shape.at(-2) as number, text.shape[1] as number]
    const none = ops.input([1, M + T], new Uint32Array(M + T))
    return ops.embedTokens({
      ids: ops.input(
        [1, M + T],
        Uint32Array.from({ length: M + T }, (_, row) => (row < M ? T + row : row - M)),
      ),
      positions: none,
      segments: none,
      words: text,
      positionTable: this.none,
      segmentTable: this.none,
      extra: memory,
    })
  }

  private rowsOf(ops: Ops, x: Tensor, from: number, count: number): Tensor {
    if (x.shape[1] === count) return x
    return ops.gatherRows(
      x,
      ops.input(
        [1, count],
        Uint32Array.from({ length: count }, (_, row) => from + row),
      ),
    )
  }

  /** Logits by head. x [1, M + T, D] last hidden states, text [1, T, D] those of the text */
  private answers(
    ops: Ops,
    x: Tensor,
    text: Tensor,
    M: number,
    { mlmRows }: TextInput,
    { pooledRow = 0 }: ForwardOptions,
  ) {
    const logits: Record<string, Tensor> = {}
    for (const { name, pooling, weights } of this.heads) {
      if (pooling === 'memory_mean' && M === 0) continue // there is nothing to read the answer from
      const isMemory = Uint32Array.from({ length: x.shape[1] as number }, (_, row) => (row < M ? 1 : 0))
      const pooled =
        pooling === 'cls' ? rowOf(ops, text, pooledRow) : ops.pool(x, ops.input([1, isMemory.length], isMemory), 'mean')
      logits[name] = ops.linear(pooled, weights.weight, weights.bias)
    }
    if (this.mlm && mlmRows?.length !== 0) logits.mlm = vocabularyLogits(ops, text, this.mlm, mlmRows, this.kind.eps)
    return logits
  }
}

function readingLayers(
  { hidden_size: D, intermediate_size: F, num_hidden_layers: layers }: MemoryConfig,
  reader: WeightReader,
  folder: 'layer' | 'memory_layer',
): ReadingWeights[] {
  return Array.from({ length: layers }, (_, l) => {
    const name = `bert.encoder.${folder}.${l}`
    return {
      queries: reader.linear(`${name}.attention.self.query`, D, D),
      keysValues: reader.packed([`${name}.attention.self.key`, `${name}.attention.self.value`], D, D),
      attentionOutput: reader.linear(`${name}.attention.output.dense`, D, D),
      attentionNorm: reader.layerNorm(`${name}.attention.output.LayerNorm`, D),
      intermediate: reader.linear(`${name}.intermediate.dense`, D, F),
      output: reader.linear(`${name}.output.dense`, F, D),
      feedForwardNorm: reader.layerNorm(`${name}.output.LayerNorm`, D),
    }
  })
}

/**
 * The rows `from` to `to` of a mask over so many tokens, of which only the first `keys` may be read.
 * @returns undefined where all may be
 */
export function rowsOfMask(
  mask: PackedMask | undefined,
  tokens: number,
  from: number,
  to: number,
  keys: number,
): PackedMask | undefined {
  if (!mask && keys >= tokens) return undefined
  const words = maskWords(tokens)
  const layers = mask?.layers ?? 1
  const bits = new Uint32Array(layers * (to - from) * words)
  for (let layer = 0; layer < layers; layer++) {
    for (let row = from; row < to; row++) {
      for (let word = 0; word < words; word++) {
        const given = mask ? (mask.bits[(layer * tokens + row) * words + word] as number) : 0xffffffff
        bits[(layer * (to - from) + row - from) * words + word] = given & firstBits(keys - 32 * word)
      }
    }
  }
  return { bits, layers }
}

/** A word whose first `count` bits are set. */
function firstBits(count: number): number {
  if (count <= 0) return 0
  return count >= 32 ? 0xffffffff : 2 ** count - 1
}
