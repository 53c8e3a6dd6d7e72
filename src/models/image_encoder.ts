/**
 * What the image encoders share: patches with special tokens before them, a stack of pre-LayerNorm blocks, and the heads. A model file
 * reads these parts from its own names and settings; `ImageEncoder` runs them.
 *
 *   x₀      = [class tokens + positions ; registers (no position) ; patches · E + positions]
 *   x       = block(x)                                             for each of L layers, see block.ts
 *   h       = LayerNorm(x)
 *   once    = W · h[row], or W · [h[CLS] ; mean of the patches]    [1, K]
 */

import { ClsroomError } from '../core/errors.ts'
import { bothMasks } from '../core/mask.ts'
import type { Ops, Tensor } from '../core/ops.ts'
import { type BlockKind, type BlockWeights, normalise, stack } from './block.ts'
import { type ExtraHeads, extraHeadLogits, rowOf } from './extra_heads.ts'
import { ofLayer, uploadInterventions } from './interventions.ts'
import type { ForwardOptions, ForwardTensors, ImageInput, Model, ModelInfo, PackedMask, WeightViews } from './model.ts'
import type { LinearWeights, NormWeights, WeightReader } from './weights.ts'

export interface ImageEncoderParts {
  modelType: string
  shape: { layers: number; heads: number; width: number; feedForward: number }
  image: NonNullable<ModelInfo['image']>
  embeddings: PatchEmbeddings
  /** Or, where they are not of the usual kind, what runs them. */
  blocks: BlockWeights[] | OwnLayers
  kind: BlockKind
  /** Before the first layer (CLIP). */
  firstNorm?: NormWeights
  norm: NormWeights
  heads: ImageHeads
  /** Positions that are added between layers, or belong to a decoder. */
  laterPositions?: Model['laterPositions']
  maskToken?: Model['maskToken']
  /** Whom a token cannot read by the model's build, whatever mask is asked for; as many layers as the model has. */
  limits?: (input: ImageInput) => PackedMask
  /** What happens to x [1, T, D] after a layer and before the next. */
  between?: (ops: Ops, x: Tensor, layer: number, input: ImageInput) => Tensor
  /** What the model makes of its last hidden states x [1, T, D], after LayerNorm, in ways of its own. */
  answers?: (ops: Ops, x: Tensor, input: ImageInput, options: ForwardOptions, hiddenStates: Tensor[]) => OwnAnswers
  /** What else is to be known about it. */
  info?: Partial<ModelInfo>
  views?: Pick<WeightViews, 'memory'>
}

/** Layers of a model's own: x₀ [1, T, D] → what `stack` gives. */
export type OwnLayers = (ops: Ops, x: Tensor, input: ImageInput, options: ForwardOptions) => ReturnType<typeof stack>

export type OwnAnswers = Pick<ForwardTensors, 'logits' | 'decoder'>

export interface PatchEmbeddings {
  /** Class tokens, then registers, then detection tokens: [S, D]. */
  specials: Float32Array
  /** Class tokens, then patches row by row, then detection tokens: [classTokens + N + detections, D]. */
  positions: Float32Array
  filters: Float32Array // [D, C, P, P]
  bias: Float32Array // [D]
}

/** Classes of one row, or of the first row and the mean of the patches. */
export interface ImageClassHead {
  labels: string[]
  scoring?: 'sigmoid' | 'none'
  /** Added up. `pooled` is the row that CLS heads read, `row` a class token. */
  terms: { of: 'pooled' | 'patches' | { row: number }; weights: LinearWeights }[]
}

export interface ImageHeads {
  once: Record<string, ImageClassHead | undefined>
  extra: ExtraHeads
  /** First parts of weight names that are no heads. */
  encoder: ReadonlySet<string>
}

export class ImageEncoder implements Model {
  readonly info: ModelInfo
  readonly tensors: readonly Tensor[]
  readonly tokenTable: Float32Array
  readonly views: WeightViews & { positions: NonNullable<WeightViews['positions']> }
  readonly laterPositions: Model['laterPositions']
  readonly maskToken: Model['maskToken']
  private readonly parts: ImageEncoderParts
  private readonly once: [string, ImageClassHead][]
  private readonly positionTable: Tensor
  private readonly kernel: Tensor
  private readonly bias: Tensor

  constructor(parts: ImageEncoderParts, reader: WeightReader) {
    const { embeddings, heads, shape, image } = parts
    const { width: D } = shape
    const { patch: P, channels: C } = image
    const rows = embeddings.positions.length / D
    this.parts = parts
    this.once = Object.entries(heads.once).filter((entry): entry is [string, ImageClassHead] => entry[1] !== undefined)
    this.positionTable = reader.constant([rows, D], embeddings.positions)
    this.kernel = reader.constant([D, C, P, P], embeddings.filters)
    this.bias = reader.constant([D], embeddings.bias)
    this.tokenTable = embeddings.specials
    this.views = {
      tokens: { dims: [embeddings.specials.length / D, D], data: embeddings.specials },
      positions: { dims: [rows, D], data: embeddings.positions },
      filters: { dims: [D, C, P, P], data: embeddings.filters },
      ...parts.views,
    }
    this.laterPositions = parts.laterPositions
    this.maskToken = parts.maskToken
    this.tensors = reader.tensors
    const activations = this.once.flatMap(([name, { scoring }]) => (scoring ? [[name, scoring] as const] : []))
    this.info = {
      modelType: parts.modelType,
      modality: 'image',
      ...shape,
      maxTokens: rows + 1024,
      labels: {
        ...Object.fromEntries(this.once.map(([name, { labels }]) => [name, labels])),
        ...Object.fromEntries(Object.entries(heads.extra.config).map(([name, head]) => [name, head.labels])),
      },
      otherHeads: reader.unread.filter((name) => !heads.encoder.has(name)),
      activations: activations.length > 0 ? Object.fromEntries(activations) : undefined,
      image,
      parameters: reader.parameters,
      ...parts.info,
    }
  }

  /** The patch embedding is linear, so the mean embedding is the embedding of the mean patch. */
  contentMean(input: ImageInput): Float32Array {
    const { filters, bias } = this.parts.embeddings
    const patch = meanPatch(input, this.parts.image.patch)
    return bias.map((offset, d) =>
      patch.reduce((sum, pixel, i) => sum + pixel * (filters[d * patch.length + i] as number), offset),
    )
  }

  forward(ops: Ops, input: ImageInput, options: ForwardOptions): ForwardTensors {
    const { kind, firstNorm, norm, answers } = this.parts
    const T = input.sources.length

    const embedded = this.embed(ops, input)
    const first = firstNorm ? normalise(ops, embedded, firstNorm, kind.eps) : embedded
    if (first !== embedded) ops.release(embedded)
    const { x, hiddenStates, attentions } = this.layers(ops, first, input, options)

    const normed = normalise(ops, x, norm, kind.eps)
    const cls = rowOf(ops, normed, options.pooledRow ?? 0)
    const isPatch = Uint32Array.from(input.sources, (source) => (source >= 0 ? 1 : 0))
    const content = ops.input([1, T], options.contentRows ?? isPatch)
    const logits: Record<string, Tensor> = {}
    for (const [name, head] of this.once) {
      const answer = classes(ops, head, normed, input, options.pooledRow ?? 0)
      if (answer) logits[name] = answer
      const [sole, ...others] = head.terms
      if (options.rowAnswers && sole && others.length === 0) {
        logits[`${name}.rows`] = ops.linear(normed, sole.weights.weight, sole.weights.bias)
      }
    }
    for (const head of this.parts.heads.extra.heads) {
      logits[head.name] = extraHeadLogits(ops, head, normed, cls, undefined, content)
    }
    const poolings: Record<string, Tensor> = options.poolings
      ? { cls, mean: ops.pool(normed, content, 'mean'), max: ops.pool(normed, content, 'max') }
      : {}
    const own = answers?.(ops, normed, input, options, hiddenStates)
    return { hiddenStates, attentions, ...own, logits: { ...logits, ...own?.logits }, poolings }
  }

  private layers(ops: Ops, x: Tensor, input: ImageInput, options: ForwardOptions): ReturnType<typeof stack> {
    const { blocks, kind, shape, between, limits } = this.parts
    if (typeof blocks === 'function') return blocks(ops, x, input, options)
    const build = limits?.(input)
    const mask = build && options.mask ? bothMasks(build, options.mask) : (build ?? options.mask)
    const interventions = uploadInterventions(ops, input.sources.length, shape, { ...options, mask })
    const attentionOf = (layer: number) => ({ heads: shape.heads, ...ofLayer(interventions, layer) })
    return stack(ops, x, blocks, kind, attentionOf, {
      between: between && ((state, layer) => between(ops, state, layer, input)),
    })
  }

  /** x₀ [1, T, D] */
  private embed(ops: Ops, input: ImageInput): Tensor {
    const { shape, image } = this.parts
    const D = shape.width
    const [channels, height, width] = input.dims
    if (channels !== image.channels || Math.min(height, width) < image.patch) {
      throw new ClsroomError('input', 'The picture does not fit the model', {
        found: `${channels} channels of ${height} × ${width} pixels`,
        expected: `${image.channels} channels of at least ${image.patch} × ${image.patch} pixels`,
      })
    }
    const trained = input.queries
      ? this.tokenTable.subarray(0, (image.classTokens + image.registers) * D)
      : this.tokenTable
    const specials = joined(trained, input.queries?.data ?? new Float32Array(), input.extra)
    const T = input.sources.length
    return ops.embedPatches({
      pixels: ops.input([1, channels, height, width], input.pixels),
      kernel: this.kernel,
      bias: this.bias,
      specials: ops.input([specials.length / D, D], specials),
      positionTable: input.positionTable
        ? ops.input([input.positionTable.length / D, D], input.positionTable)
        : this.positionTable,
      sources: ops.input([1, T], input.sources),
      positions: ops.input([1, T], input.positions),
    })
  }
}

/** One array behind another. */
export function joined(...parts: Float32Array[]): Float32Array<ArrayBuffer> {
  const out = new Float32Array(parts.reduce((length, part) => length + part.length, 0))
  parts.reduce((at, part) => {
    out.set(part, at)
    return at + part.length
  }, 0)
  return out
}

/**
 * Logits [1, K], or undefined where a token that the head reads was removed.
 * @param x last hidden states [1, T, D]
 */
function classes(
  ops: Ops,
  { terms }: ImageClassHead,
  x: Tensor,
  { sources }: ImageInput,
  pooledRow: number,
): Tensor | undefined {
  let sum: Tensor | undefined
  for (const { of, weights } of terms) {
    const row = of === 'pooled' ? pooledRow : of === 'patches' ? undefined : sources.indexOf(-1 - of.row)
    const chosen = Uint32Array.from(sources, (source, t) => ((row === undefined ? source >= 0 : t === row) ? 1 : 0))
    if (!chosen.includes(1)) return undefined
    const read = ops.pool(x, ops.input([1, sources.length], chosen), 'mean')
    sum = ops.linear(read, weights.weight, weights.bias, { residual: sum })
  }
  return sum
}

/** The average [C · P · P] of the picture's patches. */
function meanPatch({ pixels, dims: [C, H, W] }: ImageInput, P: number): Float32Array {
  const rows = Math.floor(H / P)
  const columns = Math.floor(W / P)
  const mean = new Float32Array(C * P * P)
  for (let c = 0; c < C; c++) {
    for (let y = 0; y < rows * P; y++) {
      for (let x = 0; x < columns * P; x++) {
        const i = (c * P + (y % P)) * P + (x % P)
        mean[i] = (mean[i] as number) + (pixels[(c * H + y) * W + x] as number) / (rows * columns)
      }
    }
  }
  return mean
}
