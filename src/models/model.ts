/** What every model file gives the engine. */

import type { Ops, Tensor } from '../core/ops.ts'
import type { NDArray } from '../core/shapes.ts'

/** What a forward of any model can be asked for beside its input. */
export interface ForwardOptions {
  /** u32 [Lm, T, ⌈T/32⌉], see core/mask.ts; Lm is 1 or L. Absent: every query reads every key. */
  mask?: { bits: Uint32Array<ArrayBuffer>; layers: number }
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
  /** Also write every attention map of a decoder. */
  captureDecoder?: boolean
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
  /** Of a decoder: Ld + 1 of [1, Td, Dd]. */
  decoderHiddenStates?: Tensor[]
  /** Of a decoder, for each layer [1, Hd, Td, Td]; and over what the encoder gave, [1, Hd, Td, T]. */
  decoderAttentions?: (Tensor | null)[]
  crossAttentions?: (Tensor | null)[]
  /** By head name; shapes as transformers gives them, without the batch axis' loss. */
  logits: Record<string, Tensor>
  /** Present when poolings were asked for: cls, mean, max, each [1, D]. */
  poolings: Record<string, Tensor>
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
  /** Text models: whether the checkpoint brings a head over the vocabulary. */
  predictsTokens?: boolean
  /** Vision models. */
  image?: {
    size: [height: number, width: number]
    patch: number
    channels: number
    /** Tokens before the patches that have a position: CLS, and DeiT's distillation token. */
    classTokens: number
    registers: number
    /** Tokens after the patches that have a position: YOLOS' detection tokens. */
    detections?: number
    /** Patches that the picture fills only in part are patches, too: cells of a backbone's feature map. */
    partialPatches?: true
    /** Position tables are moved to a smaller grid with the filter widened, as `F.interpolate(antialias=True)` does. */
    antialias?: true
  }
  /** Models of sound: the spectrogram they read, whose patches of image.patch frames and bins overlap. */
  audio?: { frames: number; bins: number; stride: [bins: number, frames: number] }
  /** Encoder and decoder: the decoder's sizes. */
  decoder?: { layers: number; heads: number; width: number; feedForward: number }
  /** Object detectors: how many boxes they give, and the names of their classes, of which the last is that of no object. */
  detects?: { queries: number; classes: string[] }
  /** Masked-image models: what each number of a patch stands for, P · P · C of them, row by row, channels last. */
  reconstructs?: { normalised: boolean }
  /** Of a model that reads pairs, what each tower is by itself. */
  towers?: { text: ModelInfo; image: ModelInfo }
  parameters: number
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
  /** Of a model that reads pairs. */
  readonly towers?: { text: Model; image: Model }
  /** The mean embedding [D] of the content tokens, without positions: a start vector for an untrained token. */
  contentMean(input: ModelInput, contentRows?: Uint32Array): Float32Array
  forward(ops: Ops, input: ModelInput, options: ForwardOptions): ForwardTensors
}

/** Weights a page may look at, as [rows, ...]. */
export interface WeightViews {
  /** Trained start vectors: every word piece, or class tokens and registers. */
  tokens: NDArray
  /** The trained position table [M, D]; absent where positions are angles. */
  positions?: NDArray
  /** Vision: patch filters [D, C, P, P]. */
  filters?: NDArray
}
