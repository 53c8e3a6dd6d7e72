/**
 * The operations a model is written in. A model file calls these and nothing else, so the same forward runs as WGSL
 * (`kernels/`), as WASM (`wasm/`) and as the CPU twins (`reference/`). Tensors are opaque handles; only `Session.read` gives numbers.
 */

import type { NDArray, Shape } from './shapes.ts'

export type DType = 'f32' | 'u32' | 'i32'
export type TypedArray = Float32Array | Uint32Array | Int32Array

/** A handle to an array that lives on a backend. */
export interface Tensor {
  readonly shape: Shape
  readonly dtype: DType
}

export type Activation = 'none' | 'gelu' | 'gelu_tanh' | 'relu' | 'tanh'

export interface Ops {
  /** Uploads an input of this run. */
  input(shape: Shape, data: TypedArray): Tensor

  /**
   * out[b, t] = (id < V ? words[id] : extra[id − V]) + positionTable[position] + segmentTable[segment]   (BertEmbeddings, before LayerNorm)
   * ids, positions, segments u32 [B, T]; words [V, D]; positionTable [M, D]; segmentTable [S, D]; extra [E, D] → [B, T, D]
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

  /** y = activation(x · W + b) + residual. x [..., I]; weight [I, O] (input-major: transposed once at load); bias [O]; residual [..., O] → [..., O] */
  linear(x: Tensor, weight: Tensor, bias: Tensor, options?: { activation?: Activation; residual?: Tensor }): Tensor

  /**
   * Masked multi-head self-attention (Vaswani et al. 2017, §3.2.2) on packed queries, keys and values.
   * qkv [B, T, 3·D], each third H heads of Dh; scale 1/√Dh.
   * mask u32 [Lm, B, T, ⌈T/32⌉]: bit k of row q is 1 where query q may read key k; Lm is 1 or L (`maskLayer` chooses); no mask reads all.
   * ablate u32 [H]: 1 silences a head: its context is zero, its probabilities are still reported.
   * captureHeads: the heads whose probabilities are written, in that order.
   * → context [B, T, D]; logSumExp [B, H, T] of the scaled, masked scores (0 where a query reads nothing);
   *   probabilities [B, captureHeads.length, T, T] or null. A masked key has probability exactly 0; a query that reads nothing gives zeros.
   */
  attention(
    qkv: Tensor,
    options: { heads: number; mask?: Tensor; maskLayer?: number; ablate?: Tensor; captureHeads: readonly number[] },
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
  /** Puts weights where they are used; lives until `free`. */
  constant(shape: Shape, data: TypedArray): Tensor
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
