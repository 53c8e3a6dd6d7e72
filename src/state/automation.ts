/**
 * `window.clsroom`: the stable surface for Playwright, a notebook's iframe and the console. Its shape is documented in
 * ARCHITECTURE.md and changes only with `version`.
 */

import { ClsroomError } from '../core/errors.ts'
import { packMask } from '../core/mask.ts'
import { patchGrid } from '../core/patch_grid.ts'
import type { NDArray } from '../core/shapes.ts'
import type {
  EngineStats,
  ForwardRequest,
  ForwardResult,
  ImageRequest,
  LoadedModel,
  ModelInfo,
  ModelReference,
  ModelSourceKind,
  TextRequest,
} from '../engine/protocol.ts'
import { EMBEDDED_MODELS } from './embedded_models.ts'
import type { Engine } from './engine.ts'

export const AUTOMATION_VERSION = '1.1.0'

export interface AutomationForward {
  model: string
  inputIds?: number[]
  tokenTypeIds?: number[]
  positionIds?: number[]
  pixelValues?: { dims: [number, number, number]; data: number[] | Float32Array }
  /** A spectrogram. */
  inputValues?: { dims: [frames: number, bins: number]; data: number[] | Float32Array }
  /** Of a picture's or spectrogram's patches, only these. */
  keptPatches?: number[]
  /** Keys (T) or query × key (T × T); 1 = readable. */
  mask?: number[] | number[][]
  ablate?: [layer: number, head: number][]
  capture?: { attentions?: boolean; hiddenStates?: boolean }
}

export interface AutomationResult {
  logits: Record<string, NDArray>
  attentions?: NDArray[]
  hiddenStates?: NDArray[]
  /** Of models with a decoder, where attentions or hidden states are asked for. */
  decoderAttentions?: NDArray[]
  crossAttentions?: NDArray[]
  decoderHiddenStates?: NDArray[]
  ms: number
  gpuMs?: number
  dispatches: number
}

export interface Clsroom {
  version: string
  /** The opened lab has drawn its first run. */
  ready: Promise<void>
  backend(): { kind: 'webgpu' | 'wasm' | 'cpu'; adapter: string; software: boolean }
  models(): { id: string; modelType: string; source: ModelSourceKind }[]
  loadModel(reference: ModelReference): Promise<{ id: string }>
  forward(input: AutomationForward): Promise<AutomationResult>
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
    async forward(input) {
      const model = engine.store.getState().models[input.model] ?? (await engine.load(input.model))
      const result = await engine.forward(toRequest(model, input))
      stats = await engine.stats()
      const { logits, ms, gpuMs, dispatches } = result
      return {
        logits,
        ...(input.capture?.attentions && { attentions: result.attentions.filter((map) => map !== null) }),
        ...(input.capture?.attentions && given(result, ['decoderAttentions', 'crossAttentions'])),
        ...(input.capture?.hiddenStates && { hiddenStates: result.hiddenStates }),
        ...(input.capture?.hiddenStates && given(result, ['decoderHiddenStates'])),
        ms,
        ...(gpuMs !== undefined && { gpuMs }),
        dispatches,
      }
    },
    state: () => pages.state(),
    setState: (patch) => pages.setState(patch),
    stats: () => ({ ...stats }),
  }
}

function toRequest({ id, info }: LoadedModel, input: AutomationForward): ForwardRequest {
  const common = {
    model: id,
    ablate: input.ablate,
    capture: {
      attentions: input.capture?.attentions ?? false,
      hiddenStates: input.capture?.hiddenStates ?? false,
    },
  }
  const { request, tokens } = inputOf(info, input)
  return { ...common, input: request, mask: toMask(input.mask, tokens) }
}

/** The input as the engine takes it, and how many tokens it makes. */
function inputOf(info: ModelInfo, input: AutomationForward): { request: ForwardRequest['input']; tokens: number } {
  switch (info.modality) {
    case 'text': {
      const text = textOf(info, input)
      return { request: text, tokens: text.ids.length }
    }
    case 'image':
      return { request: pictureOf(info, input), tokens: tokensOf(info, input, input.pixelValues?.dims.slice(1)) }
    case 'audio': {
      const { dims, data } = required(input.inputValues, 'inputValues', info.modelType)
      const spectrogram = { dims, data: Float32Array.from(data) }
      return { request: { kind: 'audio', spectrogram, ...patchesOf(input) }, tokens: tokensOf(info, input) }
    }
    case 'pair': {
      const { text, image } = info.towers as NonNullable<typeof info.towers>
      if (!input.pixelValues) return inputOf(text, input)
      if (!input.inputIds) return inputOf(image, input)
      return { request: { kind: 'pair', text: textOf(text, input), image: pictureOf(image, input) }, tokens: 0 }
    }
  }
}

function textOf({ modelType }: ModelInfo, input: AutomationForward): TextRequest {
  const ids = required(input.inputIds, 'inputIds', modelType)
  return { kind: 'text', ids: [...ids], positions: input.positionIds, segments: input.tokenTypeIds }
}

function pictureOf({ modelType }: ModelInfo, input: AutomationForward): ImageRequest {
  const { dims, data } = required(input.pixelValues, 'pixelValues', modelType)
  return { kind: 'image', pixels: { dims, data: Float32Array.from(data) }, ...patchesOf(input) }
}

function patchesOf({ positionIds, keptPatches }: AutomationForward) {
  return { positions: positionIds, keptPatches }
}

/** @param size of the picture; by default the model's own */
function tokensOf({ image }: ModelInfo, { keptPatches }: AutomationForward, size?: number[]): number {
  const own = image as NonNullable<typeof image>
  const [rows, columns] = patchGrid(own, (size as [number, number] | undefined) ?? own.size)
  return own.classTokens + own.registers + (keptPatches?.length ?? rows * columns) + (own.detections ?? 0)
}

/** Those of a result's parts that the model has. */
function given<Key extends keyof ForwardResult>(result: ForwardResult, keys: Key[]): Partial<Pick<ForwardResult, Key>> {
  return Object.fromEntries(keys.flatMap((key) => (result[key] === undefined ? [] : [[key, result[key]]]))) as Partial<
    Pick<ForwardResult, Key>
  >
}

function required<T>(value: T | undefined, name: string, modelType: string): T {
  if (value !== undefined) return value
  throw new ClsroomError('input', `A ${modelType} model needs ${name}`, { found: 'none', expected: name })
}

function toMask(mask: AutomationForward['mask'], tokens: number): ForwardRequest['mask'] {
  if (!mask) return undefined
  const rows = mask.map((row) => (Array.isArray(row) ? row : mask)) as number[][]
  if (rows.length !== tokens || rows.some((row) => row.length !== tokens)) {
    throw new ClsroomError('input', 'The mask does not fit the sequence', {
      found: Array.isArray(mask[0]) ? `${mask.length} × ${(mask[0] as number[]).length}` : `${mask.length} keys`,
      expected: `${tokens} keys, or ${tokens} × ${tokens}`,
    })
  }
  return { bits: packMask(tokens, (query, key) => Boolean(rows[query]?.[key])), layers: 1 }
}
