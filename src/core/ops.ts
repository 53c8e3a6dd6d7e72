/**
 * The operations a model is written in. A model file calls these and nothing else, so the same forward runs as WGSL
 * (`kernels/`), as WASM (`wasm/`) and as the CPU twins (`reference/`). Tensors are opaque handles; only `Session.read` gives numbers.
 */

import type { Halves } from './dtypes.ts'
import type { NDArray, Shape } from './shapes.ts'

export type ArrayDType = 'f32' | 'u32' | 'i32'
/** Constants alone may be f16 or bf16, and only as the weight of `linear` and the words of `embedTokens`; arithmetic is in f32. */
export type DType = ArrayDType | Halves['format']
export type TypedArray = Float32Array | Uint32Array | Int32Array

/** A handle to an array that lives on a backend. */
export interface Tensor {
  readonly shape: Shape
  readonly dtype: DType
}

/** The activations by the numbers that kernels know them by. */
export const ACTIVATIONS = ['none', 'gelu', 'gelu_tanh', 'relu', 'tanh', 'quick_gelu', 'silu', 'sigmoid'] as const
export type Activation = (typeof ACTIVATIONS)[number]

/** A query at position p reads the keys from p − back to p + ahead; either may be Infinity. */
export interface Window {
  back: number
  ahead: number
}

export const CAUSAL: Window = { back: Number.POSITIVE_INFINITY, ahead: 0 }

export interface AttentionOptions {
  /** H, the query heads. */
  heads: number
  /** Hk, the key heads; it divides H, and H / Hk neighbours share one. Default H. */
  keyHeads?: number
  /** Packed keys and values [B, Tmax, 2·Hk·Dh] from elsewhere (another sequence, a cache). Absent: they stand behind the queries. */
  keysValues?: Tensor
  /** How many rows of keysValues are read: Tk. Default all. */
  keys?: number
  /** u32 [Lm, B, Tq, ⌈Tk/32⌉], or with an axis Hm of 1 or H heads before Tq: bit k of row q is 1 where query q may read key k. */
  mask?: Tensor
  /** Which of the Lm masks is this layer's. */
  maskLayer?: number
  /** A band of keys, with no mask to upload. The last query stands at the position of the last key. */
  window?: Window
  /** Added to the scaled scores. f32 [H, Tq, Tk]; or by distance [Tq + Tk − 1, H], whose row Tq − 1 + d is for k − q = d (T5). */
  bias?: Tensor
  /** Of q · k; default 1/√Dh. */
  scale?: number
  /** u32 [H], uploaded: 1 silences a head: its context is zero, its probabilities are still reported. */
  ablate?: Tensor
  /** The heads whose probabilities are written, in that order. */
  captureHeads: readonly number[]
}

export interface LinearOptions {
  activation?: Activation
  residual?: Tensor
  /** Of LayerNorm over the outputs: weight, bias [O]. */
  norm?: { weight: Tensor; bias: Tensor; eps: number }
}

export interface Conv2dOptions {
  /** Step of the filter; default [1, 1]. */
  stride?: readonly [y: number, x: number]
  /** Zeros put around the picture on every side; default [0, 0]. */
  padding?: readonly [y: number, x: number]
  /** The channels fall into this many groups, each with filters of its own; default 1. */
  groups?: number
  activation?: Activation
  /** Added before the activation, as residual networks do. [B, O, Ho, Wo] */
  residual?: Tensor
}

/** A square window that moves over a picture. */
export interface Window2d {
  size: number
  stride: number
  /** Nothing put around the picture on every side, at most half of the window. */
  padding: number
}

export interface Ops {
  /** Uploads an input of this run. */
  input(shape: Shape, data: TypedArray): Tensor

  /**
   * out[b, t] = (id < V ? words[id] : extra[id − V]) + positionTable[position] + segmentTable[segment]   (BertEmbeddings, before LayerNorm)
   * ids, positions, segments u32 [B, T]; words [V, D]; positionTable [M, D]; segmentTable [S, D]; extra [E, D] → [B, T, D]
   * Of words and extra only the last axis counts as D: the rows of one sequence [1, V, D] serve as well (a decoder that places what an
   * encoder read; two sequences behind one another).
   */
  embedTokens(args: {
    ids: Tensor
    positions: Tensor
    segments: Tensor
    words: Tensor
    positionTable: Tensor
    segmentTable: Tensor
    extra: Tensor
  }): Tensor

  /**
   * A picture straight to a sequence (ViTEmbeddings; Dosovitskiy et al. 2021, eq. 1), for any choice and order of tokens:
   *   source[b, t] = p ≥ 0   patch p: kernel · pixels + bias
   *   source[b, t] = −1 − s  row s of specials (CLS, registers, start vectors)
   *   position[b, t] ≥ 0     adds that row of positionTable; −1 adds nothing (registers)
   * pixels [B, C, Hpx, Wpx]; kernel [D, C, P, P]; bias [D]; specials [S, D]; positionTable [M, D]; sources, positions i32 [B, T] → [B, T, D]
   * Patches are numbered row by row over floor(Hpx / P) × floor(Wpx / P).
   */
  embedPatches(args: {
    pixels: Tensor
    kernel: Tensor
    bias: Tensor
    specials: Tensor
    positionTable: Tensor
    sources: Tensor
    positions: Tensor
  }): Tensor

  /** y = (x − mean) / √(var + eps) · weight + bias over the last axis (Ba et al. 2016). x [..., D]; weight, bias [D] → [..., D] */
  layerNorm(x: Tensor, weight: Tensor, bias: Tensor, eps: number): Tensor

  /**
   * y = activation(x · W + b) + residual, and of that its LayerNorm where `norm` is given.
   * x [..., I]; weight [I, O] (input-major: transposed once at load); bias [O]; residual [..., O] → [..., O]
   */
  linear(x: Tensor, weight: Tensor, bias: Tensor, options?: LinearOptions): Tensor

  /** y = x / √(mean(x²) + eps) · weight over the last axis (Zhang and Sennrich 2019). x [..., D]; weight [D] → [..., D] */
  rmsNorm(x: Tensor, weight: Tensor, eps: number): Tensor

  /** y = activation(x₁) · x₂ for x = [x₁ ; x₂]: GEGLU with gelu, SwiGLU with silu (Shazeer 2020). x [..., 2·F] → [..., F] */
  gated(x: Tensor, activation: Activation): Tensor

  /**
   * Cross-correlation in two dimensions (torch.nn.Conv2d): y = activation(x ⋆ weight + bias + residual).
   * x [B, C, Hpx, Wpx]; weight [O, C / groups, Kh, Kw]; bias [O] → [B, O, Ho, Wo], Ho = ⌊(Hpx + 2·padding − Kh) / stride⌋ + 1
   */
  conv2d(x: Tensor, weight: Tensor, bias: Tensor, options?: Conv2dOptions): Tensor

  /**
   * The largest value of each window (torch.nn.MaxPool2d); what lies outside of the picture never wins.
   * x [B, C, Hpx, Wpx] → [B, C, Ho, Wo], Ho = ⌊(Hpx + 2·padding − size) / stride⌋ + 1
   */
  maxPool2d(x: Tensor, window: Window2d): Tensor

  /**
   * Rotary positions (Su et al. 2021): in the first `heads` heads of each row, pair j of token t turns by an angle whose cosine
   * and sine are given; the rest of the row is copied. Angles of any kind serve: by place, by row and column of a picture.
   * x [B, T, W]; cos, sin f32 [T, Dh / 2] → [B, T, W]. Pairs are (j, j + Dh / 2) in `halves` or (2j, 2j + 1) as `neighbours`.
   */
  rotary(x: Tensor, cos: Tensor, sin: Tensor, options: { heads: number; pairs: 'halves' | 'neighbours' }): Tensor

  /**
   * Keeps rows for later runs: cache[b, row + t] = the last W columns of x[b, t], for x [B, T, ≥ W] and a constant cache
   * [B, Tmax, W]. Of packed queries, keys and values that is the keys and values.
   */
  keep(cache: Tensor, x: Tensor, row: number): void

  /**
   * Multi-head attention (Vaswani et al. 2017, §3.2.2): softmax(scale · q · k + bias) · v over the keys that mask and window allow.
   * queries [B, Tq, (H + 2·Hk)·Dh] with keys and values of its own behind the queries in each row; with `keysValues`, [B, Tq, ≥ H·Dh]
   * whose further columns are not read.
   * → context [B, Tq, H·Dh]; logSumExp [B, H, Tq] of the scores that are read (0 where a query reads nothing);
   *   probabilities [B, captureHeads.length, Tq, Tk] or null. A masked key has probability exactly 0; a query that reads nothing gives zeros.
   */
  attention(
    queries: Tensor,
    options: AttentionOptions,
  ): { context: Tensor; logSumExp: Tensor; probabilities: Tensor | null }

  /** out[b, m] = x[b, rows[b, m]]. x [B, T, D]; rows u32 [B, M] → [B, M, D] */
  gatherRows(x: Tensor, rows: Tensor): Tensor

  /** Mean or maximum over the chosen tokens. x [B, T, D]; chosen u32 [B, T] (1 = counts) → [B, D]; zeros where nothing is chosen. */
  pool(x: Tensor, chosen: Tensor, mode: 'mean' | 'max'): Tensor

  /**
   * One learned query over the chosen tokens: weights = softmax(x · query / √D), pooled = Σ weights · x.
   * x [B, T, D]; chosen u32 [B, T]; query [D] → pooled [B, D], weights [B, T] (0 where not chosen)
   */
  attentionPool(x: Tensor, chosen: Tensor, query: Tensor): { pooled: Tensor; weights: Tensor }

  /** Says that this intermediate is not read again, so its memory may be used by a later one. */
  release(...tensors: Tensor[]): void
}

export type BackendKind = 'webgpu' | 'wasm' | 'cpu'

export interface RunResult {
  /** The arrays asked for, in order, copied out. */
  arrays: NDArray[]
  /** Wall time from submit to the numbers being readable. */
  ms: number
  /** Time on the GPU, where the adapter has timestamp queries. */
  gpuMs?: number
  dispatches: number
}

/** Where models live and run: WGSL on the GPU, WASM with SIMD, or the CPU twins. */
export interface Backend {
  readonly kind: BackendKind
  /** Puts weights where they are used; lives until `free`. A backend that cannot read halves widens them. */
  constant(shape: Shape, data: TypedArray | Halves): Tensor
  /** A place that keeps pipelines, bind groups and buffers of one model for its forwards. */
  session(): Session
  free(tensors: Iterable<Tensor>): void
  /** Bytes it has taken for tensors (0 where they are left to the garbage collector), and pipelines compiled. */
  stats(): { bytes: number; pipelines: number }
}

export interface Session {
  /** Runs `forward` once and reads back the tensors it returns. One submit on a GPU. Runs of a session follow one another. */
  run(forward: (ops: Ops) => Tensor[]): Promise<RunResult>
  /** Gives its memory back once the runs that were asked for have ended. */
  dispose(): Promise<void>
}
