/** The engine as pages see it: its status as a store, its calls as functions, each model loaded once. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { ClsroomError, type ErrorReport, reportOf } from '../core/errors.ts'
import type { NDArray } from '../core/shapes.ts'
import type { Piece } from '../core/tokens.ts'
import { EngineClient } from '../engine/client.ts'
import type {
  BackendChoice,
  BackendFacts,
  BatchRequest,
  BatchResult,
  Calls,
  EngineStats,
  EngineStatus,
  Estimate,
  Extended,
  ExtendRequest,
  ForwardRequest,
  ForwardResult,
  Generated,
  GenerateRequest,
  Lens,
  LensRequest,
  LoadedModel,
  ModelReference,
  OnStep,
  WeightView,
} from '../engine/protocol.ts'
import { Reader } from '../engine/reader.ts'
import type { Picture, TokenizerInfo } from '../engine/reader_protocol.ts'

export interface EngineState {
  status: EngineStatus
  models: Record<string, LoadedModel>
  /** Bytes of the model that is being read, by its id. */
  progress: { model: string; loaded: number; total: number } | null
  /** Errors nobody awaited; shown until dismissed. */
  faults: ErrorReport[]
  /** The last errors of the engine, shown or dismissed, the newest last: for a bug report. */
  told: readonly { at: number; error: ErrorReport }[]
}

export interface Engine {
  store: StoreApi<EngineState>
  /** @param signal stops the download */
  load(reference: ModelReference, signal?: AbortSignal): Promise<LoadedModel>
  /** What a model of another server will take, by its config.json; null for one that is here. */
  estimate(reference: ModelReference, signal?: AbortSignal): Promise<Estimate | null>
  /** Forgets a model that nothing shows any more. */
  unload(id: string): Promise<void>
  /** @throws ClsroomError `tokenizer` where the model has none that runs; it is unloaded then */
  tokenizer(model: LoadedModel): Promise<TokenizerInfo>
  pieces(model: string, texts: string[]): Promise<Piece[][]>
  picture(bytes: ArrayBuffer): Promise<Picture>
  forward(request: ForwardRequest): Promise<ForwardResult>
  /** A forward of the rows that are not known yet (engine/kept_rows.ts). */
  extend(request: ExtendRequest): Promise<Extended>
  /** Several texts in one forward. */
  batch(request: BatchRequest): Promise<BatchResult>
  /** @param signal stops it before its next token */
  generate(request: GenerateRequest, signal?: AbortSignal, onStep?: OnStep): Promise<Generated>
  /** @param signal stops it between two points */
  lens(request: LensRequest, signal?: AbortSignal, onStep?: OnStep): Promise<Lens>
  /** Resolves once no forward is running and none follows at once. */
  idle(): Promise<void>
  weights(model: string, view: WeightView): Promise<NDArray>
  stats(): Promise<EngineStats>
  /** What it runs on, in full: for a bug report. */
  facts(): Promise<BackendFacts>
  /** Asks again now for what the status waits for, a lost GPU or WASM. @returns what runs then */
  tryAgain(): Promise<EngineStatus>
  /** Shows an error that nobody awaits. */
  fault(thrown: unknown): void
  dismissFault(): void
}

/** So many errors are kept to be reported. */
const TOLD = 20

const STARTING: EngineStatus = { lifecycle: 'starting', backend: { kind: 'cpu', adapter: '', software: true } }

/**
 * @param baseUrl the folder the page was opened from, ending in "/"
 * @param opensOn what the first model will read
 */
export function createEngine(
  baseUrl: string,
  backend: BackendChoice,
  opensOn: Calls['start']['args']['opensOn'],
): Engine {
  const store = createStore<EngineState>(() => ({ status: STARTING, models: {}, progress: null, faults: [], told: [] }))
  const client = new EngineClient({
    status(status) {
      // Said with every status that follows: told once.
      const known = store.getState().status.problem?.message
      if (status.problem && status.problem.message !== known) tell(status.problem)
      store.setState({ status })
    },
    progress: (model, loaded, total) => store.setState({ progress: loaded < total ? { model, loaded, total } : null }),
    fault(error) {
      console.error(error.message)
      fault(error)
    },
  })
  const tell = (error: ErrorReport) =>
    store.setState(({ told }) => ({ told: [...told, { at: Date.now(), error }].slice(-TOLD) }))
  function fault(error: ErrorReport): void {
    tell(error)
    store.setState(({ faults }) => ({ faults: [...faults, error] }))
  }
  const reader = new Reader()
  const tokenizers = new Map<string, Promise<TokenizerInfo>>()
  const running = new Set<Promise<unknown>>()
  let started: Promise<EngineStatus> | null = null

  /** Once; where the engine's worker could not be fetched, anew. */
  function start(): Promise<EngineStatus> {
    started ??= client.call('start', { baseUrl, backend, opensOn }).catch((thrown) => {
      started = null
      throw thrown
    })
    return started
  }
  start().catch(() => {}) // told by the first model that is loaded

  /** Those that `idle` waits for. */
  function followed<Result>(forward: Promise<Result>): Promise<Result> {
    const counted = forward.finally(() => running.delete(counted))
    running.add(counted)
    return counted
  }

  async function unload(id: string): Promise<void> {
    await client.call('unload', { model: id })
    tokenizers.delete(id)
    store.setState(({ models: { [id]: _, ...models } }) => ({ models }))
  }

  return {
    store,
    async load(reference, signal) {
      await start()
      try {
        const model = await client.call('load', { reference }, signal)
        store.setState(({ models }) => ({ models: { ...models, [model.id]: model } }))
        return model
      } finally {
        store.setState({ progress: null })
      }
    },
    async estimate(reference, signal) {
      await start()
      return client.call('estimate', { reference }, signal)
    },
    unload,
    tokenizer(model) {
      const known = tokenizers.get(model.id)
      if (known) return known
      const opened = openTokenizer(reader, model).catch(async (thrown) => {
        // Of no use to any lab: nothing of it stays, in the picker or on the GPU.
        tokenizers.delete(model.id)
        if (thrown instanceof ClsroomError && thrown.code === 'fetch') throw thrown // what reads it is missing, for now
        if (store.getState().models[model.id]) await unload(model.id)
        throw thrown
      })
      tokenizers.set(model.id, opened)
      return opened
    },
    pieces: (model, texts) => reader.call('pieces', { model, texts }),
    picture: (bytes) => reader.call('picture', { bytes }),
    forward: (request) => followed(client.call('forward', request)),
    extend: (request) => followed(client.call('extend', request)),
    batch: (request) => followed(client.call('batch', request)),
    generate: (request, signal, onStep) => client.call('generate', request, signal, onStep),
    lens: (request, signal, onStep) => client.call('lens', request, signal, onStep),
    async idle() {
      // A task between looks: who awaited the last forward may ask for the next one.
      do {
        await Promise.allSettled(running)
        await new Promise((resolve) => setTimeout(resolve))
      } while (running.size > 0)
    },
    weights: (model, view) => client.call('weights', { model, view }),
    stats: () => client.call('stats', null),
    facts: () => client.call('facts', null),
    tryAgain: () => client.call('tryAgain', null),
    fault: (thrown) => fault(reportOf(thrown)),
    dismissFault: () => store.setState(({ faults }) => ({ faults: faults.slice(1) })),
  }
}

async function openTokenizer(reader: Reader, model: LoadedModel): Promise<TokenizerInfo> {
  return reader.call('tokenizer', { model: model.id, json: tokenizerOf(model), config: model.tokenizerConfig })
}

/** The content of a model's tokenizer.json. @throws ClsroomError `tokenizer` where it has none */
export function tokenizerOf({ id, tokenizerJson }: LoadedModel): string {
  if (tokenizerJson) return tokenizerJson
  throw new ClsroomError('tokenizer', 'The model has no tokenizer.json, so text cannot be turned into tokens', {
    found: id,
    advice: 'Add tokenizer.json, or use window.clsroom.forward with inputIds',
  })
}
