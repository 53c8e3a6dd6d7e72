/**
 * `window.clsroom`: the stable surface for Playwright, a notebook's iframe and the console. Its shape is documented in
 * ARCHITECTURE.md and changes only with `version`.
 */

import { ClsroomError } from '../core/errors.ts'
import { packMask } from '../core/mask.ts'
import type { NDArray } from '../core/shapes.ts'
import type { EngineStats, ForwardRequest, LoadedModel, ModelReference, ModelSourceKind } from '../engine/protocol.ts'
import { EMBEDDED_MODELS } from './embedded_models.ts'
import type { Engine } from './engine.ts'

export const AUTOMATION_VERSION = '1.1.0'

export interface AutomationForward {
  model: string
  inputIds?: number[]
  tokenTypeIds?: number[]
  positionIds?: number[]
  pixelValues?: { dims: [number, number, number]; data: number[] | Float32Array }
  /** Keys (T) or query × key (T × T); 1 = readable. */
  mask?: number[] | number[][]
  ablate?: [layer: number, head: number][]
  capture?: { attentions?: boolean; hiddenStates?: boolean }
}

export interface AutomationResult {
  logits: Record<string, NDArray>
  attentions?: NDArray[]
  hiddenStates?: NDArray[]
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
        ...(input.capture?.hiddenStates && { hiddenStates: result.hiddenStates }),
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
  if (info.modality === 'text') {
    const ids = required(input.inputIds, 'inputIds', info.modelType)
    return {
      ...common,
      input: { kind: 'text', ids: [...ids], positions: input.positionIds, segments: input.tokenTypeIds },
      mask: toMask(input.mask, ids.length),
    }
  }
  const { dims, data } = required(input.pixelValues, 'pixelValues', info.modelType)
  const { patch, classTokens, registers } = info.image as NonNullable<typeof info.image>
  const tokens = classTokens + registers + Math.floor(dims[1] / patch) * Math.floor(dims[2] / patch)
  return {
    ...common,
    input: { kind: 'image', pixels: { dims, data: Float32Array.from(data) }, positions: input.positionIds },
    mask: toMask(input.mask, tokens),
  }
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
