/** The one typed protocol between a page and the engine's worker. Plain data only; big arrays are transferred. */

import type { ErrorReport } from '../core/errors.ts'
import type { BackendKind } from '../core/ops.ts'
import type { NDArray } from '../core/shapes.ts'
import type { StartVector } from '../core/tokens.ts'
import type { GpuFacts } from '../gpu/device.ts'
import type { Opening } from '../kernels/rehearsal.ts'
import type { PreprocessorConfig } from '../loaders/preprocessor.ts'
import type { ModelInfo, PackedMask } from '../models/model.ts'

export type { ModelInfo }

/** starting → ready ⇄ running; lost recovers to ready or ends in failed. */
export type Lifecycle = 'starting' | 'ready' | 'running' | 'lost' | 'failed'

export interface EngineStatus {
  lifecycle: Lifecycle
  backend: BackendDescription
  /** Why it is lost, failed, or not on what the page wanted. */
  problem?: ErrorReport
  /**
   * What another backend stands in for: a lost GPU, which the engine asks for by itself now and then, or WASM that could not be
   * fetched. `tryAgain` asks for it at once.
   */
  waitsFor?: 'gpu' | 'wasm'
}

export interface BackendDescription {
  kind: BackendKind
  adapter: string
  software: boolean
}

/** What the engine runs on, in full: for a bug report. */
export interface BackendFacts {
  backend: BackendDescription
  /** Of the GPU that was opened last; null where none was. */
  gpu: GpuFacts | null
  /** Every loss of the device since the page was opened, the first one first. */
  losses: { at: number; why: string; goesOn: BackendKind | null }[]
}

/** auto: the GPU, else WASM, else the CPU twins. wasm: WASM, else the twins. */
export type BackendChoice = 'auto' | 'wasm' | 'cpu'

export type ModelSourceKind = 'embedded' | 'hub' | 'url' | 'files'

/**
 * A model id ("clsroom-bert"), a hub id ("org/name", "org/name@revision"), the address of a folder or of the model's page on the hub, or
 * files by name.
 */
export type ModelReference = string | Record<string, Blob | ArrayBuffer | string>

/** What the page keeps of a loaded model; the weights stay in the worker. */
export interface LoadedModel {
  id: string
  /** What people call it: the last part of its id or address, or the folder its files came in. */
  name: string
  source: ModelSourceKind
  /** Where its files lie, ending in "/"; of those that have an address. */
  address?: string
  info: ModelInfo
  tokenizerJson?: string
  tokenizerConfig?: string
  preprocessor?: PreprocessorConfig
  /** README.md of a model that people bring, where it has one. */
  readme?: string
}

/** id ≥ V means extras[id − V]. */
export interface TextRequest {
  kind: 'text'
  ids: number[] // [T]
  positions?: number[] // [T]; 0 … T − 1 when absent
  segments?: number[] // [T]; zeros when absent
  extras?: StartVector[]
  /** Rows whose vocabulary logits are wanted; absent: all. */
  mlmRows?: number[]
  /** Encoder–decoder: what its decoder reads, [Td]; the model's start token alone when absent. */
  decoderIds?: number[]
  /** Memory transformers: memory rows [M, D] in place of the trained ones; there may be none. */
  memory?: NDArray
  /** Memory transformers: states that stand in the place of what memory rows have come to. */
  memoryStates?: MemoryStates
}

/** Before each of these layers, rows [slots.length, D] take the place of these memory rows' states, which are counted from 0. */
export interface MemoryStates {
  layers: number[]
  slots: number[]
  rows: NDArray
}

/** How the trained position table is used: as it is, moved to the picture's own grid, or replaced. */
export type PositionTable =
  | { type: 'trained'; interpolation: 'bicubic' | 'bilinear' | 'nearest' }
  | { type: 'off' }
  | { type: 'shuffled'; seed: number }
  | { type: 'sine' } // 2-D sines and cosines (MAE, He et al. 2022, appendix A.1)

/** sources: p ≥ 0 is patch p; −1 − s is row s of [class tokens…, registers…, extras…]. */
export interface ImageRequest {
  kind: 'image'
  pixels: { dims: [channels: number, height: number, width: number]; data: Float32Array }
  sources?: number[] // [T]; class tokens, registers, all patches when absent
  positions?: number[] // [T]; class token c: c, registers −1, patch p: class tokens + p when absent
  extras?: StartVector[]
  positionTable?: PositionTable
  /** In place of sources: of the patches, only these. */
  keptPatches?: number[]
  /** Masked-image models: what stands for every patch that is not read; the trained vector when absent. */
  maskToken?: MaskToken
  /** Detectors: what their queries start from, in place of the trained ones. */
  queries?: Queries
  /** Models with learnable memory: rows [L, M, D] in place of the trained ones of the tasks whose class tokens are in the sequence. */
  memory?: NDArray
}

/** Start vectors of a detector's queries [Q, D]: detection tokens, or object queries. There may be none. */
export interface Queries extends NDArray {
  /** Detection tokens: whose position each has, a trained one's by number; −1: none. */
  positions: number[]
}

/** The vector a masked-image model's decoder reads in place of a hidden patch: the trained one, or another. */
export type MaskToken =
  | { type: 'trained' }
  | { type: 'zeros' }
  | { type: 'negated' }
  | { type: 'noise'; seed: number } // a direction by lot, as long as the trained vector
  | { type: 'mean' } // of the patches that are read, as the decoder gets them

/** A spectrogram [frames, bins], for a model of sound; its patches are chosen as a picture's. */
export interface AudioRequest extends Omit<ImageRequest, 'kind' | 'pixels'> {
  kind: 'audio'
  spectrogram: { dims: [frames: number, bins: number]; data: Float32Array }
}

/** Rows of numbers, a token each. sources: r ≥ 0 is row r; −1 − s is row s of [class tokens…, extras…]. */
export interface RowsRequest {
  kind: 'rows'
  rows: { dims: [rows: number, features: number]; data: Float32Array }
  sources?: number[] // [T]; class tokens and all rows when absent
  positions?: number[] // [T]; −1 for none, and when absent
  extras?: StartVector[]
}

/** A text and a picture, for a model of two towers; one of them alone is asked for by itself. */
export interface PairRequest {
  kind: 'pair'
  text: TextRequest
  image: ImageRequest
}

/** All heads, none, or these. */
export type WantedHeads = boolean | [layer: number, head: number][]

export interface ForwardRequest {
  model: string
  input: TextRequest | ImageRequest | AudioRequest | RowsRequest | PairRequest
  /** Of the encoder, or of the only stack. Absent: all readable. */
  mask?: PackedMask
  /** Encoder–decoder: of its decoder [Td, Td], and of what that reads in the encoder [Td, T]. */
  decoderMask?: PackedMask
  crossMask?: PackedMask
  /** False: a decoder's queries read also what comes after them. */
  causal?: boolean
  ablate?: [layer: number, head: number][]
  /** Of a decoder behind an encoder: its silenced heads, and those of what it reads in the encoder, by decoder layer. */
  decoderAblate?: [layer: number, head: number][]
  crossAblate?: [layer: number, head: number][]
  /** Encoder–decoder: what its decoder reads in the place of the encoder's last states, [T′, D]; the cross mask is [Td, T′] then. */
  encoderStates?: NDArray
  capture: {
    /** All maps, none, or the heads wanted of the encoder or the only stack. */
    attentions: WantedHeads
    /** Encoder–decoder; absent: all maps where `attentions` is true. */
    decoderAttentions?: WantedHeads
    crossAttentions?: WantedHeads
    hiddenStates: boolean
    poolings?: boolean
    /** Detectors: also what the heads make of the queries' states before the first layer and after each, `classes.0`, `boxes.0` … */
    layerAnswers?: boolean
    /** Pictures: also what each head over one token makes of every row, `<head>.rows` [T, K]: of means and other tokens follows from that. */
    rowAnswers?: boolean
    /** Causal decoders: how long each token's values are, by layer and head. */
    valueNorms?: boolean
    /** Causal decoders: what is asked of the logits `lm`, in their place: a large vocabulary stays in the worker. */
    next?: NextRequest
  }
  /** The row pooler and classifier read; 0 as in transformers when absent. */
  pooledRow?: number
  /** Rows that mean, max and attention pooling go over. */
  contentRows?: number[]
}

/** What is asked of the distributions of the tokens that follow. */
export interface NextRequest {
  /** The probability of these everywhere. */
  watched?: number[]
}

/** By the rows that have logits `lm` (`mlmRows`): all, or these. */
export interface NextTokens {
  /** −ln p of the token that follows in the input; NaN where none does, or one that the vocabulary lacks. */
  losses: Float32Array
  /** [rows, watched] */
  watched: NDArray
}

/** One that reads a text or a picture. */
export interface SoleRequest extends ForwardRequest {
  input: TextRequest | ImageRequest
}

export interface ForwardResult {
  logits: Record<string, NDArray>
  /** By layer [captured heads, T, T]; null where nothing was asked for. Memory rows come before those of the text. */
  attentions: (NDArray | null)[]
  /** L + 1 of [T, D]; empty unless asked for. */
  hiddenStates: NDArray[]
  poolings: Record<string, NDArray> // [D]
  /** By layer [Hk, T]; absent unless asked for and known. */
  valueNorms?: NDArray[]
  next?: NextTokens
  /** Encoder–decoder: the same of its decoder, and what that reads in the encoder, by layer [captured heads, Td, T]. */
  decoder?: { attentions: (NDArray | null)[]; hiddenStates: NDArray[]; crossAttentions: (NDArray | null)[] }
  tokens: number
  ms: number
  gpuMs?: number
  dispatches: number
  backend: BackendDescription
}

/** Several texts in one forward: B sequences of T tokens side by side, or with several texts behind one another in each. */
export interface BatchRequest {
  model: string
  sequences: number // B
  ids: number[] // [B, T]
  positions: number[] // [B, T]
  segments?: number[] // [B, T]; zeros when absent
  /** [1, B, T, ⌈T/32⌉]; absent: all readable. A decoder is causal beside it. */
  mask?: PackedMask
  /** False: a decoder's queries read also what comes after them. */
  causal?: boolean
  /** As many rows of every sequence: those that heads read which answer once [B, P], and those whose vocabulary logits are wanted [B, M]. */
  pooledRows: number[]
  vocabularyRows: number[]
  /** Tokens whose −ln p is wanted at each of the vocabulary rows, in the place of the logits: a large vocabulary stays in the worker. [B, M, S] */
  scored?: number[]
  attentions: WantedHeads
}

export interface BatchResult {
  /** The last hidden states of the pooled rows [B, P, D]. */
  pooled: NDArray
  /** By head: [B, P, K], or over the vocabulary, `mlm` or `lm`, [B, M, V]. Heads over a mean of the tokens are left out. */
  logits: Record<string, NDArray>
  /** Of the scored tokens [B, M, S]. */
  losses?: NDArray
  /** By layer [B, captured heads, T, T]; null where nothing was asked for. */
  attentions: (NDArray | null)[]
  /** All positions, padding among them. */
  tokens: number
  ms: number
  gpuMs?: number
  dispatches: number
  backend: BackendDescription
}

/** Logit lens (nostalgebraist 2020, "interpreting GPT: the logit lens"): what a causal decoder would say if it ended early. */
export interface LensRequest extends Pick<ForwardRequest, 'model' | 'mask' | 'causal' | 'ablate'> {
  input: TextRequest
  /** So many of the best everywhere. */
  top: number
  /** Tokens that are first at some point of this row are followed over all of its points. */
  row: number
}

/** The points are the embeddings, then what each layer's attention and then its feed-forward part leave behind: P = 2L + 1. */
export interface Lens {
  points: number
  /** [P, T, top], best first. */
  ids: Uint32Array
  probabilities: Float32Array
  /** Ranks from 1, [P, tokens], in the order in which the tokens come first. */
  followed: { tokens: number[]; ranks: Uint32Array; probabilities: Float32Array }
}

/** A forward of a causal decoder that computes only the rows that it has to. */
export interface ExtendRequest extends ForwardRequest {
  input: TextRequest
  /** How many first rows the page has from an earlier answer; those after it are computed in any case. */
  known: number
}

/** Of the rows from `kept` on: logits [T − kept, V], maps [captured heads, T − kept, T], hidden states [T − kept, D]. */
export interface Extended extends ForwardResult {
  /** How many first rows were not computed: their keys and values were kept. */
  kept: number
}

/** What a model takes, known from its config.json before its weights are downloaded. */
export interface Estimate {
  info: ModelInfo
  parameters: number
  /** On the backend: what is stored in f16 or bf16 takes half on a GPU. */
  weightBytes: number
  /** Of one run with every map and hidden state, over so many tokens. */
  runBytes: number
  tokens: number
}

/** As transformers' `generate` takes it. */
export interface GenerateRequest {
  model: string
  /** What an encoder–decoder reads, or what the only stack goes on from. */
  inputIds: number[]
  /** Encoder–decoder: what its decoder goes on from; the model's start token when absent. */
  decoderInputIds?: number[]
  maxNewTokens: number
  /** Nothing ends before as many new tokens. */
  minNewTokens?: number
  /** The best sequences that are followed, and given; 1 when absent: the best token each time. */
  numBeams?: number
  /** Scores are divided by the number of new tokens to this power; 1 when absent. */
  lengthPenalty?: number
  /** Tokens by chance, from the topK best that together reach topP; all when absent. */
  sample?: { temperature?: number; topK?: number; topP?: number; seed: number }
  /** Tokens that may not be written. */
  suppressTokens?: number[]
  /** Also give every step of the beams, all maxNewTokens of them: what another length penalty would find is in there. */
  trace?: boolean
  /** Rules about the end, beside the model's own probabilities of it. */
  ends?: EndRules
}

/** What may decide when a text ends; new tokens are counted from 1. */
export interface EndRules {
  /** Added to the logits of the end tokens. */
  bias?: number
  /** The text ends with this new token, whatever the model says. */
  forceAt?: number
  /** The text ends as soon as the end tokens together are at least as probable. */
  threshold?: number
}

/** One continuation that a beam search looked at. */
export interface BeamCandidate {
  /** What it goes on from: the running hypothesis of the step before, by its number. */
  parent: number
  token: number
  /** The sum of log-probabilities up to this token. */
  score: number
  /**
   * on: runs from now on, and has its number among those that do. ended: an end token, or the last one there is room for, kept as
   * finished. dropped: the same, but not among the best few. pruned: others were better.
   */
  fate: 'on' | 'ended' | 'dropped' | 'pruned'
}

/** One step of a beam search: every continuation that was looked at, best first. */
export type BeamStep = BeamCandidate[]

export interface Generated {
  /** Best first, from the prompt or the decoder's start on. */
  sequences: number[][]
  /** Sums of the new tokens' log-probabilities, divided as `lengthPenalty` says. */
  scores: number[]
  trace?: BeamStep[]
}

/** Weights a page may look at. */
export type WeightView = 'positions' | 'filters' | 'tokens' | 'distances' | 'memory'

export interface EngineStats {
  forwards: number
  lastForwardMs: number
  gpuBytes: number
  pipelines: number
}

/** Every call with its arguments and its answer. */
export interface Calls {
  /** @param opensOn what the first model will read: its pipelines are compiled while its weights are on their way */
  start: {
    args: { baseUrl: string; backend: BackendChoice; opensOn: Opening }
    result: EngineStatus
  }
  load: { args: { reference: ModelReference }; result: LoadedModel }
  /** Reads config.json alone; null for a model that is here already. */
  estimate: { args: { reference: ModelReference }; result: Estimate | null }
  /** Stops a call that can be stopped; it ends with an error. @param call its id */
  stop: { args: { call: number }; result: null }
  /** Forgets a model and gives its memory back; a reference to it loads it again. */
  unload: { args: { model: string }; result: null }
  forward: { args: ForwardRequest; result: ForwardResult }
  extend: { args: ExtendRequest; result: Extended }
  generate: { args: GenerateRequest; result: Generated }
  batch: { args: BatchRequest; result: BatchResult }
  lens: { args: LensRequest; result: Lens }
  weights: { args: { model: string; view: WeightView }; result: NDArray }
  stats: { args: null; result: EngineStats }
  facts: { args: null; result: BackendFacts }
  /** Asks again now for what the status waits for. */
  tryAgain: { args: null; result: EngineStatus }
}

export type CallName = keyof Calls

/** Told after every step of a call that takes many. */
export type OnStep = (done: number, total: number) => void

export type Request = { [Name in CallName]: { id: number; call: Name; args: Calls[Name]['args'] } }[CallName]

export type Reply =
  | { type: 'result'; id: number; result: Calls[CallName]['result'] }
  | { type: 'error'; id: number; error: ErrorReport }
  | { type: 'status'; status: EngineStatus }
  | { type: 'progress'; model: string; loaded: number; total: number }
  /** How far a call is that takes many steps. */
  | { type: 'step'; id: number; done: number; total: number }
  /** An error nobody awaited: uncapturederror, a shader warning. */
  | { type: 'fault'; error: ErrorReport }
