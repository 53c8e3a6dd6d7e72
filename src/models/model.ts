/** What every model file gives the engine. */

import type { DistanceBuckets } from '../core/distance_bucket.ts'
import type { Backend, Ops, Tensor } from '../core/ops.ts'
import type { NDArray } from '../core/shapes.ts'

/** u32 [Lm, Tq, ⌈Tk/32⌉], see core/mask.ts; Lm is 1 or the layers of its stack. */
export interface PackedMask {
  bits: Uint32Array<ArrayBuffer>
  layers: number
}

/** What the attention of a stack of layers can be asked for. */
export interface StackOptions {
  mask?: PackedMask
  /** u32 [L · H]: 1 silences a head. */
  ablate?: Uint32Array<ArrayBuffer>
  /** For each layer the heads whose attention is wanted. */
  captureHeads: readonly (readonly number[])[]
}

/** What a forward of any model can be asked for beside its input. */
export interface ForwardOptions {
  /** Of the encoder, or of the only stack. Absent: every query reads every key. */
  mask?: PackedMask
  /** False: a decoder's queries read also what comes after them. */
  causal?: boolean
  /** Of a decoder behind an encoder, and of what that reads in the encoder. */
  decoder?: StackOptions
  cross?: StackOptions
  /** Encoder–decoder: what its decoder reads in the place of the encoder's last states, [T′, D]. */
  encoderStates?: NDArray
  /** u32 [L · H]: 1 silences a head. */
  ablate?: Uint32Array<ArrayBuffer>
  /** For each layer the heads whose attention is wanted. */
  captureHeads: readonly (readonly number[])[]
  /** The row the pooler and the CLS heads read; transformers reads row 0. */
  pooledRow?: number
  /** The rows that count as content in poolings, [T] of 0 and 1. Absent: the model's own content rows. */
  contentRows?: Uint32Array<ArrayBuffer>
  /** Also give the poolings of the last hidden state: CLS, mean and max over the content rows. */
  poolings?: boolean
  /** Detectors: also give the answers of the heads to every state of the queries. */
  layerAnswers?: boolean
  /** Pictures: also give the answers of each head over one token to every row. */
  rowAnswers?: boolean
  /** Causal decoders: also give `stream`. */
  stream?: boolean
  /** Causal decoders: also give `values`. */
  values?: boolean
}

/** Token ids ≥ V mean row id − V of `extra`. */
export interface TextInput {
  kind: 'text'
  ids: Uint32Array<ArrayBuffer> // [T]
  positions: Uint32Array<ArrayBuffer> // [T]
  segments: Uint32Array<ArrayBuffer> // [T]
  extra: Float32Array // [E, D]: start vectors of tokens the model never trained
  /** Rows whose vocabulary logits are wanted; absent: all. */
  mlmRows?: Uint32Array<ArrayBuffer>
  /** Encoder–decoder: what its decoder reads, [Td]. */
  decoderIds?: Uint32Array<ArrayBuffer>
  /** Memory transformers: memory rows [M, D] in place of the trained ones; there may be none. */
  memory?: Float32Array
}

/** sources: p ≥ 0 is patch p; −1 − s is row s of [class tokens…, registers…, extra…]. positions: row of the position table, −1 for none. */
export interface ImageInput {
  kind: 'image'
  pixels: Float32Array // [C, Hpx, Wpx], normalised
  dims: readonly [channels: number, height: number, width: number]
  sources: Int32Array<ArrayBuffer> // [T]
  positions: Int32Array<ArrayBuffer> // [T]
  extra: Float32Array // [E, D]
  /** A position table [M, D] in place of the trained one (moved to another resolution, sines, zeros…). */
  positionTable?: Float32Array
  /** The same for the model's `laterPositions`. */
  laterPositions?: Float32Array[]
  /** Masked-image models: a vector in place of the mask token, or the mean of the patches that are read. */
  maskToken?: Float32Array | 'mean'
  /** Detectors: start vectors [Q, D] in place of the trained queries; detection tokens lie behind the registers in `sources`. */
  queries?: { data: Float32Array; count: number }
  /** Models with learnable memory: the rows of every layer, one layer after another, in place of the trained ones of the tasks in `sources`. */
  memory?: { data: Float32Array; rows: number }
}

/** A text and a picture, for a model of two towers. */
export interface PairInput {
  kind: 'pair'
  text: TextInput
  image: ImageInput
}

export type ModelInput = TextInput | ImageInput | PairInput

/** Tensors of one forward, batch of 1. */
export interface ForwardTensors {
  /** L + 1 of [1, T, D], as transformers' output_hidden_states. */
  hiddenStates: Tensor[]
  /** For each layer [1, captured heads, T, T], or null where none was asked for. */
  attentions: (Tensor | null)[]
  /** Where memory rows have an attention of their own, the same of them; they stand before the rows of `attentions`. */
  memoryAttentions?: (Tensor | null)[]
  /** By head name; shapes as transformers gives them, without the batch axis' loss. */
  logits: Record<string, Tensor>
  /** Present when poolings were asked for: cls, mean, max, each [1, D]. */
  poolings: Record<string, Tensor>
  /** What the layers read and write, without the final norm: the embeddings, then x after the first and after the second part of each block, 2L + 1 of [1, T, D]. */
  stream?: Tensor[]
  /** Of each layer the packed queries, keys and values [1, T, (H + 2·Hk)·Dh], of which the values of `heads` heads are the last `width` columns. */
  values?: { packed: Tensor[]; heads: number; width: number }
  /** Of a decoder behind an encoder the same, and what each of its layers reads in the encoder [1, captured heads, Td, T]. */
  decoder?: { hiddenStates: Tensor[]; attentions: (Tensor | null)[]; crossAttentions?: (Tensor | null)[] }
}

export interface ModelInfo {
  modelType: string
  /** What it reads: a text, a picture, a spectrogram, or a text, a picture or both, each with a tower of its own. */
  modality: 'text' | 'image' | 'audio' | 'pair'
  layers: number
  heads: number
  width: number
  /** F: width inside a layer's feed-forward block. */
  feedForward: number
  /** Longest sequence that the positions serve. */
  maxTokens: number
  /** Readable names of each head's classes, for heads that answer once: logits [K]. */
  labels: Record<string, string[]>
  /** The same for heads that answer for every token: logits [T, K]. */
  tokenLabels?: Record<string, string[]>
  /** Heads that the checkpoint brings and nothing here runs, by the first part of their weights' names. */
  otherHeads?: string[]
  /**
   * How a head's logits become scores, for the heads where it is not a softmax over the classes: a sigmoid each (several classes
   * may hold, or there is only one), or as they are (regression).
   */
  activations?: Record<string, 'sigmoid' | 'none'>
  /** Width of the token table, where it is narrower than the layers. */
  embeddingWidth?: number
  /** RoBERTa's: position ids count from the one after it, and a PAD, whose id it is, stays at it. */
  paddingIndex?: number
  /** How many tokens to either side each layer's queries reach; null: all. Absent: all in every layer. */
  windows?: (number | null)[]
  /** Text models: rows of the token table. */
  vocabulary?: number
  segmentTypes?: number
  /** Where positions are a bias of the scores by distance: how distances are put into buckets. */
  distances?: DistanceBuckets
  /** Text models: whether the checkpoint brings a head over the vocabulary. */
  predictsTokens?: boolean
  /**
   * Rows of memory that stand before the text: how many were trained, how they are read, and how far text rows of the task that needs them
   * read each other.
   */
  memory?: { tokens: number; variant: 'memtransformer' | 'memctrl' | 'membottleneck'; window: number }
  /** The only stack is a decoder: a query reads the keys up to its own. */
  causal?: true
  /**
   * The second stack, behind an encoder; L, H and the longest sequence above are the encoder's. Of text also what it starts with, of pictures
   * its own widths.
   */
  decoder?: { layers: number; heads: number; startToken?: number; width?: number; feedForward?: number }
  /** Models that write, with logits `lm`: the tokens that end what they write. */
  generates?: { endTokens: number[] }
  /** Vision models. */
  image?: {
    size: [height: number, width: number]
    patch: number
    channels: number
    /** Tokens before the patches that have a position: CLS, and DeiT's distillation token. */
    classTokens: number
    /** What each class token is for, where there are several of them, each with a task. */
    classNames?: string[]
    /** Which of them each head reads. */
    classHeads?: Record<string, number>
    registers: number
    /** Tokens after the patches that have a position: YOLOS' detection tokens. */
    detections?: number
    /** Patches read those of their own window alone, shifted in every second layer, and no token behind them (ViDT). */
    windows?: { side: number; shift: number }
    /** Patches that the picture fills only in part are patches, too: cells of a backbone's feature map. */
    partialPatches?: true
    /** Position tables are moved to a smaller grid with the filter widened, as `F.interpolate(antialias=True)` does. */
    antialias?: true
  }
  /** Models of sound: the spectrogram they read, whose patches of image.patch frames and bins overlap. */
  audio?: { frames: number; bins: number; stride: [bins: number, frames: number] }
  /** Object detectors: how many boxes they give, and the names of their classes, of which the last is that of no object. */
  detects?: { queries: number; classes: string[] }
  /** Masked-image models: what each number of a patch stands for, P · P · C of them, row by row, channels last. */
  reconstructs?: { normalised: boolean }
  /** Learnable memory on a frozen model: what each task adds. Their class tokens stand behind the patches, without a position, in this order. */
  taskMemory?: { tasks: TaskMemory[] }
  /** Of a model that reads pairs, what each tower is by itself. */
  towers?: { text: ModelInfo; image: ModelInfo }
  parameters: number
}

/** What a task adds to a frozen model (Sandler et al. 2022): a class token, a head, and rows of memory in each layer. */
export interface TaskMemory {
  name: string
  labels: string[]
  /** In each layer. */
  rows: number
  /** What its class token reads beside its own: `base` (the first class token), `inputs` (the patches), and other tasks. */
  reads: string[]
}

export interface Model {
  readonly info: ModelInfo
  /** Everything the model put on the backend. */
  readonly tensors: readonly Tensor[]
  /** The trained rows a start vector can be copied from or averaged over: [rows, D]. */
  readonly tokenTable: Float32Array
  readonly views: WeightViews
  /** Position tables [M, width] behind the first one, and how each moves to another grid: by rows and columns, or as one row of patches. */
  readonly laterPositions?: { tables: Float32Array[]; width: number; move: 'grid' | 'row' }
  /** Masked-image models: the trained vector that stands for a hidden patch. */
  readonly maskToken?: Float32Array
  /** Of a model that reads pairs. */
  readonly towers?: { text: Model; image: Model }
  /** The mean embedding [D] of the content tokens, without positions: a start vector for an untrained token. */
  contentMean(input: ModelInput, contentRows?: Uint32Array): Float32Array
  /** Of a causal decoder: the logits `lm` [1, M, V] that rows [1, M, D] of its `stream` would give, were they the last. */
  unembed?(ops: Ops, stream: Tensor): Tensor
  forward(ops: Ops, input: ModelInput, options: ForwardOptions): ForwardTensors
}

/** What a decoder keeps between steps, on the backend until it is freed. */
export interface Past {
  /** Of each decoder layer the keys and values [1, Tmax, 2·Hk·Dh] of the tokens so far. */
  layers: readonly Tensor[]
  /** How many tokens that is. */
  length: number
  /** Encoder–decoder: of each decoder layer the keys and values [1, T, 2·H·Dh] of the encoder's last states. */
  cross: readonly Tensor[]
}

/** A model that writes one token after another. */
export interface Writer extends Model {
  /** Empty room for `tokens` tokens; of an encoder–decoder also for the `sources` tokens that its encoder reads. */
  remember(backend: Backend, tokens: number, sources: number): Past
  /** Encoder–decoder: what its decoder will read goes into `past`. */
  read?(ops: Ops, past: Past, ids: Uint32Array<ArrayBuffer>): void
  /** Logits [1, 1, V] of what follows `ids`, which stand behind what `past` holds; their keys and values are put there. */
  step(ops: Ops, past: Past, ids: Uint32Array<ArrayBuffer>): Tensor
  /**
   * The forward of tokens that stand behind what `past` holds, whose keys and values are put there: T new tokens read all Tk so far. Masks
   * are [Lm, T, ⌈Tk/32⌉], maps [1, captured heads, T, Tk]. Absent: of decoders behind an encoder.
   */
  extend?(ops: Ops, past: Past, input: TextInput, options: ForwardOptions): ForwardTensors
}

export function isWriter(model: Model): model is Writer {
  return model.info.generates !== undefined
}

/** Weights a page may look at, as [rows, ...]. */
export interface WeightViews {
  /** Trained start vectors: every word piece, or class tokens and registers. */
  tokens: NDArray
  /** The trained position table [M, D]; absent where positions are angles. */
  positions?: NDArray
  /** Trained memory rows [M, D]; of tasks on a frozen model [L, rows of all tasks, D]. */
  memory?: NDArray
  /** Vision: patch filters [D, C, P, P]. */
  filters?: NDArray
  /** Encoder–decoder: the bias by bucket of distances, of the encoder and of the decoder [2, buckets, H]. */
  distances?: NDArray
}
