/**
 * `window.clsroom`: the stable surface for Playwright, a notebook's iframe and the console. Its shape is documented in
 * ARCHITECTURE.md and changes only with `version`.
 */

import { fetchPart } from '../core/fetch_part.ts'
import type { NDArray } from '../core/shapes.ts'
import type {
  EngineStats,
  Generated,
  GenerateRequest,
  LoadedModel,
  ModelReference,
  ModelSourceKind,
} from '../engine/protocol.ts'
import { EMBEDDED_MODELS } from './embedded_models.ts'
import type { Engine } from './engine.ts'

export const AUTOMATION_VERSION = '2.0.0'

/** Keys (T), or query × key, or one query × key a layer; 1 = readable. */
export type Mask = number[] | number[][] | number[][][]

export interface AutomationForward {
  model: string
  inputIds?: number[]
  tokenTypeIds?: number[]
  positionIds?: number[]
  pixelValues?: { dims: [number, number, number]; data: number[] | Float32Array }
  /** Encoder–decoder; absent: the model's start token alone. */
  decoderInputIds?: number[]
  /** Of the encoder, or of the only stack; a decoder is causal beside it unless `causal` is false. */
  mask?: Mask
  /** Encoder–decoder. A mask of keys of the encoder holds for what the decoder reads there, unless `crossMask` says otherwise. */
  decoderMask?: Mask
  crossMask?: Mask
  causal?: boolean
  ablate?: [layer: number, head: number][]
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

export interface Clsroom {
  version: string
  /** The opened lab has drawn its first run. */
  ready: Promise<void>
  backend(): { kind: 'webgpu' | 'wasm' | 'cpu'; adapter: string; software: boolean }
  models(): { id: string; modelType: string; source: ModelSourceKind }[]
  loadModel(reference: ModelReference): Promise<{ id: string }>
  tokenize(input: { model: string; text: string; pair?: string }): Promise<AutomationTokens>
  forward(input: AutomationForward): Promise<AutomationResult>
  generate(input: GenerateRequest): Promise<Generated>
  state(): object
  setState(patch: object): Promise<void>
  stats(): EngineStats
}

/** What the pages give: their state, and when they have drawn. */
export interface Pages {
  ready: Promise<void>
  state(): object
  setState(patch: object): Promise<void>
}

export function createAutomation(engine: Engine, pages: Pages): Clsroom {
  let stats: EngineStats = { forwards: 0, lastForwardMs: 0, gpuBytes: 0, pipelines: 0 }
  // stats() answers at once, as documented; the engine's numbers are fetched whenever it comes to rest.
  engine.store.subscribe(({ status, models }, before) => {
    if (status.lifecycle === 'ready' && (status !== before.status || models !== before.models)) {
      void engine.stats().then((newest) => {
        stats = newest
      })
    }
  })

  const calls = () => fetchPart(() => import('./automation_calls.ts'))
  const loaded = async (id: string): Promise<LoadedModel> => engine.store.getState().models[id] ?? engine.load(id)

  return {
    version: AUTOMATION_VERSION,
    ready: pages.ready,
    backend: () => ({ ...engine.store.getState().status.backend }),
    models() {
      const loaded = Object.values(engine.store.getState().models)
      const waiting = EMBEDDED_MODELS.filter(({ id }) => !loaded.some((model) => model.id === id))
      return [
        ...loaded.map(({ id, info, source }) => ({ id, modelType: info.modelType, source })),
        ...waiting.map(({ id, modelType }) => ({ id, modelType, source: 'embedded' as const })),
      ]
    },
    async loadModel(reference) {
      const { id } = await engine.load(reference)
      return { id }
    },
    async tokenize(input) {
      return (await calls()).tokenize(engine, await loaded(input.model), input)
    },
    async forward(input) {
      const result = await (await calls()).forward(engine, await loaded(input.model), input)
      stats = await engine.stats()
      return result
    },
    async generate(input) {
      const { id } = await loaded(input.model)
      return engine.generate({ ...input, model: id })
    },
    state: () => pages.state(),
    setState: (patch) => pages.setState(patch),
    stats: () => ({ ...stats }),
  }
}
