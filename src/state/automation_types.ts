/** What `window.clsroom` is given and gives. */

import type { NDArray } from '../core/shapes.ts'

/** Keys (T), or query × key, or one query × key a layer; 1 = readable. */
export type Mask = number[] | number[][] | number[][][]

export interface AutomationForward {
  model: string
  inputIds?: number[]
  tokenTypeIds?: number[]
  positionIds?: number[]
  pixelValues?: { dims: [number, number, number]; data: number[] | Float32Array }
  /** A spectrogram. */
  inputValues?: { dims: [frames: number, bins: number]; data: number[] | Float32Array }
  /** Rows of numbers, a token each: the features of assets. */
  inputFeatures?: { dims: [rows: number, features: number]; data: number[] | Float32Array }
  /** Of a picture's or spectrogram's patches, only these. */
  keptPatches?: number[]
  /** Encoder–decoder; absent: the model's start token alone. */
  decoderInputIds?: number[]
  /** Of the encoder, or of the only stack; a decoder is causal beside it unless `causal` is false. */
  mask?: Mask
  /** Encoder–decoder. A mask of keys of the encoder holds for what the decoder reads there, unless `crossMask` says otherwise. */
  decoderMask?: Mask
  crossMask?: Mask
  causal?: boolean
  ablate?: [layer: number, head: number][]
  /** Of a decoder behind an encoder, and of what that reads in the encoder, by decoder layer. */
  decoderAblate?: [layer: number, head: number][]
  crossAblate?: [layer: number, head: number][]
  capture?: { attentions?: boolean; hiddenStates?: boolean }
}

export interface AutomationResult {
  logits: Record<string, NDArray>
  attentions?: NDArray[]
  decoderAttentions?: NDArray[]
  crossAttentions?: NDArray[]
  hiddenStates?: NDArray[]
  decoderHiddenStates?: NDArray[]
  ms: number
  gpuMs?: number
  dispatches: number
}

export interface AutomationTokens {
  inputIds: number[]
  tokenTypeIds: number[]
  tokens: string[]
}
