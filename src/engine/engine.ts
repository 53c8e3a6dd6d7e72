/** The engine as the worker runs it: one backend, the loaded models, their forwards, and recovery when the GPU goes. */

import { ClsroomError, type ErrorReport, reportOf } from '../core/errors.ts'
import { fetchPart } from '../core/fetch_part.ts'
import type { Backend, Session } from '../core/ops.ts'
import type { NDArray } from '../core/shapes.ts'
import { type Gpu, openGpu } from '../gpu/device.ts'
import { createGpuBackend } from '../kernels/backend.ts'
import { rehearse } from '../kernels/rehearsal.ts'
import { tuningOf } from '../kernels/tuning.ts'
import { isRefusal, type ModelFiles, readModel, readModelConfig } from '../loaders/model_files.ts'
import { modelBuilder } from '../models/index.ts'
import type { Model } from '../models/model.ts'
import { runForward } from './forward.ts'
import type { KeptRows } from './kept_rows.ts'
import { type DescribedModel, modelSource } from './model_source.ts'
import type {
  BackendDescription,
  BackendFacts,
  BatchRequest,
  BatchResult,
  Calls,
  EngineStats,
  EngineStatus,
  Estimate,
  Extended,
  ExtendRequest,
  ForwardResult,
  Generated,
  GenerateRequest,
  Lens,
  LensRequest,
  LoadedModel,
  OnStep,
  Reply,
} from './protocol.ts'

type Events = (event: Extract<Reply, { type: 'status' | 'progress' | 'fault' }>) => void

/** A model with what it takes to build it again on another backend. */
interface Entry {
  create: (backend: Backend) => Model
  model: Model
  session: Session
  /** Of what it continued last. */
  kept?: KeptRows
  /** Of its batches: what the shown runs keep on the GPU stays. */
  batches?: Session
}

const WASM: BackendDescription = { kind: 'wasm', adapter: 'WASM with SIMD', software: true }
const CPU: BackendDescription = { kind: 'cpu', adapter: 'CPU reference kernels', software: true }
/** Waits between attempts to get a GPU back: a driver needs a moment, a browser that blocks the page needs minutes. */
const RECOVERY_DELAYS_MS = [0, 300, 1000, 3000]
/** After that, while the CPU works, it is asked for again this often: Chrome gives no adapter for two minutes after a few crashes. */
export const GPU_RETRY_MS = 125_000

export class Engine {
  private readonly emit: Events
  private readonly loads = new Map<string, Promise<LoadedModel>>()
  private readonly entries = new Map<string, Entry>()
  private baseUrl = ''
  private opensOn: Calls['start']['args']['opensOn'] = 'text'
  /** Opened by `start`, which everything else waits for. */
  private backend!: Backend
  private description = CPU
  private status: EngineStatus = { lifecycle: 'starting', backend: CPU }
  /** Why it is not on what the page wanted from the start. */
  private lacks: ErrorReport | undefined
  private recovery: Promise<void> | undefined
  private gpu: Gpu | undefined
  private readonly losses: BackendFacts['losses'] = []
  private retry: ReturnType<typeof setTimeout> | undefined
  private running = 0
  private forwards = 0
  private fileModels = 0
  private lastForwardMs = 0

  constructor(emit: Events) {
    this.emit = emit
  }

  async start({ baseUrl, backend, opensOn }: Calls['start']['args']): Promise<EngineStatus> {
    this.baseUrl = baseUrl
    this.opensOn = opensOn
    this.lacks = undefined
    const unfetched = await this.open(
      { auto: [this.openGpuBackend, this.openWasmBackend], wasm: [this.openWasmBackend], cpu: [] }[backend],
    )
    const backendNow = { lifecycle: 'ready', backend: this.description } as const
    if (unfetched) return this.announce({ ...backendNow, problem: unfetched, waitsFor: 'wasm' })
    return this.announce({ ...backendNow, problem: this.lacks })
  }

  /**
   * Opens the first of these that can be had, or the twins.
   * @returns why one that was wanted could not be fetched
   * @throws ClsroomError `fetch` where the twins cannot be fetched either
   */
  private async open(wanted: (() => Promise<void>)[]): Promise<ErrorReport | undefined> {
    let unfetched: ErrorReport | undefined
    for (const open of wanted) {
      try {
        await open.call(this)
        return unfetched
      } catch (thrown) {
        // The first reason is told: what the page wanted.
        this.lacks ??= reportOf(thrown)
        if (isUnfetched(thrown)) unfetched = thrown.report()
      }
    }
    await this.openTwins()
    return unfetched
  }

  /** Loads a model once; a second call for the same reference, or for the id of loaded files, gets the first one's answer. */
  load({ reference }: Calls['load']['args'], signal?: AbortSignal): Promise<LoadedModel> {
    const known = typeof reference === 'string' && this.loads.get(reference)
    if (known) return known
    const described = modelSource(reference, this.baseUrl)
    // Files have no id of their own: each set is another model.
    const id = described.kind === 'files' ? `${described.id}${++this.fileModels}` : described.id
    const loading = this.loads.get(id) ?? this.read({ ...described, id }, signal)
    this.loads.set(id, loading)
    loading.catch(() => this.loads.delete(id))
    return loading
  }

  /** What a model that is not here yet will take; reads its config.json alone. */
  async estimate({ reference }: Calls['estimate']['args'], signal?: AbortSignal): Promise<Estimate | null> {
    const { id, kind, source } = modelSource(reference, this.baseUrl)
    if (this.loads.has(id) || kind === 'embedded' || kind === 'files') return null
    const { estimate } = await fetchPart(() => import('./estimate.ts'))
    return readModelConfig(source, { signal }, (config) =>
      estimate(config, tuningOf(this.description), this.backend.kind),
    )
  }

  private async read({ id, name, kind, source }: DescribedModel, signal?: AbortSignal): Promise<LoadedModel> {
    const onProgress = (loaded: number, total: number) => this.emit({ type: 'progress', model: id, loaded, total })
    const files = await readModel(source, { signal, onProgress }, modelBuilder)
    try {
      return await this.build({ id, name, kind, source }, files, signal)
    } catch (error) {
      if (isRefusal(error)) await files.forget()
      throw error
    }
  }

  private async build({ id, name, kind, source }: DescribedModel, files: ModelFiles, signal?: AbortSignal) {
    // A tokenizer that cannot be run is refused before anything of the model is on the backend; those that come with the page can.
    if (files.tokenizerJson !== undefined && kind !== 'embedded') {
      const { parseTokenizerFile } = await fetchPart(() => import('../loaders/tokenizer_file.ts'))
      parseTokenizerFile(files.tokenizerJson)
    }
    const builder = await modelBuilder(files.config)
    const create = (backend: Backend) => builder(files.weights, backend)
    await this.recovery
    if (signal?.aborted) throw new ClsroomError('fetch', `Loading ${name} was stopped`)
    const model = create(this.backend)
    const { tokenizerJson, tokenizerConfig, preprocessor, readme } = files
    const address = 'url' in source ? source.url : undefined
    const answers = { info: model.info, tokenizerJson, tokenizerConfig, preprocessor, readme }
    const loaded = { id, name, source: kind, address, ...answers }
    const session = this.backend.session()
    this.entries.set(id, { create, model, session })
    return loaded
  }

  /** Forgets a model, after the runs that were asked of it. */
  async unload({ model: id }: Calls['unload']['args']): Promise<null> {
    await this.recovery
    const { model, session, kept, batches } = this.entry(id)
    this.entries.delete(id)
    this.loads.delete(id)
    await session.dispose()
    await batches?.dispose()
    kept?.forget()
    this.backend.free(model.tensors)
    return null
  }

  async forward(request: Calls['forward']['args']): Promise<ForwardResult> {
    return this.attempted(async () => {
      const { model, session } = this.entry(request.model)
      const result = await runForward(model, session, request, this.description)
      this.forwards += 1
      this.lastForwardMs = result.ms
      return result
    })
  }

  /** A forward that computes the rows that are new; few models do. */
  async extend(request: ExtendRequest): Promise<Extended> {
    const { KeptRows } = await fetchPart(() => import('./kept_rows.ts'))
    return this.attempted(async () => {
      const entry = this.entry(request.model)
      entry.kept ??= new KeptRows(entry.model, this.backend)
      const result = await entry.kept.extend(entry.session, request, this.description)
      this.forwards += 1
      this.lastForwardMs = result.ms
      return result
    })
  }

  /** Few models write: what makes them do is fetched when one is asked to. */
  async generate(request: GenerateRequest, signal?: AbortSignal, onStep?: OnStep): Promise<Generated> {
    const { generate } = await fetchPart(() => import('./generate.ts'))
    return this.attempted(() => {
      const { model, session } = this.entry(request.model)
      return generate(model, { backend: this.backend, session }, request, signal, onStep)
    })
  }

  /** Several texts in one forward; few labs ask for that. */
  async batch(request: BatchRequest): Promise<BatchResult> {
    const { runBatch } = await fetchPart(() => import('./batch.ts'))
    return this.attempted(async () => {
      const entry = this.entry(request.model)
      entry.batches ??= this.backend.session()
      const result = await runBatch(entry.model, entry.batches, request, this.description)
      this.forwards += 1
      this.lastForwardMs = result.ms
      return result
    })
  }

  /** In a session of its own: what the shown runs keep on the GPU stays. */
  async lens(request: LensRequest, signal?: AbortSignal, onStep?: OnStep): Promise<Lens> {
    const { lens } = await fetchPart(() => import('./lens.ts'))
    return this.attempted(() => lens(this.entry(request.model).model, this.backend, request, signal, onStep))
  }

  /** Does some work on the backend, and does it again where the device went in the middle. */
  private async attempted<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.recovery
    this.setRunning(1)
    try {
      return await work()
    } catch (thrown) {
      // Once the device is back (or WASM took over) the same work is done there.
      if (!this.recovery) throw thrown
      await this.recovery
      return await work()
    } finally {
      this.setRunning(-1)
    }
  }

  weights({ model, view }: Calls['weights']['args']): NDArray {
    const array = this.entry(model).model.views[view]
    if (!array) throw new ClsroomError('input', 'The model has no such weights', { found: view })
    return { dims: array.dims, data: array.data.slice() }
  }

  stats(): EngineStats {
    const { bytes, pipelines } = this.backend.stats()
    return { forwards: this.forwards, lastForwardMs: this.lastForwardMs, gpuBytes: bytes, pipelines }
  }

  facts(): BackendFacts {
    return { backend: this.description, gpu: this.gpu?.facts() ?? null, losses: this.losses }
  }

  private entry(id: string): Entry {
    const entry = this.entries.get(id)
    if (entry) return entry
    throw new ClsroomError('input', 'This model is not loaded', {
      found: id,
      expected: [...this.entries.keys()].join(', ') || 'a model loaded with loadModel',
    })
  }

  private async openGpuBackend(): Promise<void> {
    const gpu = await openGpu({
      // A device that goes while another one is being opened again is not the last word: only the newest counts.
      lost: (error) => this.recovering(async () => this.backend === backend && (await this.recover(error))),
      error: (error) => this.emit({ type: 'fault', error: error.report() }),
    })
    const backend = createGpuBackend(gpu)
    this.gpu = gpu
    this.backend = backend
    this.description = describeBackend(gpu)
    // Not waited for; what fails here fails again, and is told, in the run that needs it.
    void rehearse(this.backend, this.opensOn).catch(() => {})
  }

  /** Fetched when it is needed: where there is a GPU nobody waits for it. */
  private async openWasmBackend(): Promise<void> {
    const { createWasmBackend } = await fetchPart(() => import('../wasm/backend.ts'))
    this.backend = await createWasmBackend()
    this.description = WASM
  }

  private async openTwins(): Promise<void> {
    const { createCpuBackend } = await fetchPart(() => import('../reference/backend.ts'))
    this.backend = createCpuBackend()
    this.description = CPU
  }

  /** What waits for `recovery` waits for this, too. */
  private recovering(work: () => Promise<unknown>): void {
    const before = this.recovery ?? Promise.resolve()
    const all: Promise<void> = before.then(async () => {
      await work()
    })
    void all.finally(() => {
      if (this.recovery === all) this.recovery = undefined
    })
    this.recovery = all
  }

  /** Opens the device again and puts every model back; without an adapter it carries on on the CPU, in WASM if it can. */
  private async recover(error: ClsroomError): Promise<void> {
    const loss: BackendFacts['losses'][number] = { at: Date.now(), why: error.found ?? '', goesOn: null }
    this.losses.push(loss)
    this.announce({ lifecycle: 'lost', backend: this.description, problem: error.report() })
    for (const delay of RECOVERY_DELAYS_MS) {
      await new Promise((resolve) => setTimeout(resolve, delay))
      try {
        await this.openGpuBackend()
        this.rebuildModels()
        this.announce({ lifecycle: this.lifecycle(), backend: this.description })
        loss.goesOn = this.description.kind
        return
      } catch {
        // Tried again after the next delay; WASM takes over after the last.
      }
    }
    const stoodIn = await this.standIn()
    if (stoodIn) loss.goesOn = this.description.kind
    const paused = new ClsroomError('device', 'The browser gives no GPU for now', {
      advice: 'Everything goes on, more slowly, on the CPU; the GPU is tried again every two minutes',
    })
    this.announce({
      lifecycle: stoodIn ? this.lifecycle() : 'lost',
      backend: this.description,
      problem: (stoodIn ? paused : error).report(),
      waitsFor: 'gpu',
    })
    this.retry = setTimeout(() => void this.tryAgain(), GPU_RETRY_MS)
  }

  /** Goes on on the CPU, in WASM if it can. @returns whether it does: neither may be there to be fetched */
  private async standIn(): Promise<boolean> {
    for (const open of [this.openWasmBackend, this.openTwins]) {
      try {
        await open.call(this)
        this.rebuildModels()
        return true
      } catch {
        // The other one, or the GPU when it is back.
      }
    }
    return false
  }

  /** Goes to the backend that another one stands in for, where it can be had now. */
  async tryAgain(): Promise<EngineStatus> {
    await this.recovery
    const { waitsFor } = this.status
    if (!waitsFor) return this.status
    clearTimeout(this.retry)
    this.recovering(() => (waitsFor === 'gpu' ? this.backToGpu() : this.toWasm()))
    await this.recovery
    return this.status
  }

  /** Where the browser gives none yet, it is asked again later. */
  private async backToGpu(): Promise<void> {
    try {
      await this.openGpuBackend()
      this.rebuildModels()
      this.announce({ lifecycle: this.lifecycle(), backend: this.description })
    } catch {
      this.retry = setTimeout(() => void this.tryAgain(), GPU_RETRY_MS)
    }
  }

  /** Where it cannot be fetched yet, everything stays as it is. */
  private async toWasm(): Promise<void> {
    try {
      await this.openWasmBackend()
      this.rebuildModels()
      // What was wanted before WASM, a GPU that the browser has not, is still told.
      const problem = this.lacks?.code === 'fetch' ? undefined : this.lacks
      this.announce({ lifecycle: this.lifecycle(), backend: this.description, problem })
    } catch {
      // The status still says what it waits for.
    }
  }

  private rebuildModels(): void {
    for (const entry of this.entries.values()) {
      entry.model = entry.create(this.backend)
      entry.session = this.backend.session()
      entry.kept = undefined // its rows went with their backend
      entry.batches = undefined
    }
  }

  private setRunning(change: 1 | -1): void {
    this.running += change
    if (this.status.lifecycle === 'ready' || this.status.lifecycle === 'running') {
      this.announce({ ...this.status, lifecycle: this.lifecycle() })
    }
  }

  private lifecycle(): 'ready' | 'running' {
    return this.running > 0 ? 'running' : 'ready'
  }

  private announce(status: EngineStatus): EngineStatus {
    const changed = JSON.stringify(status) !== JSON.stringify(this.status)
    this.status = status
    if (changed) this.emit({ type: 'status', status })
    return status
  }
}

function isUnfetched(thrown: unknown): thrown is ClsroomError {
  return thrown instanceof ClsroomError && thrown.code === 'fetch'
}

function describeBackend(gpu: Gpu): BackendDescription {
  const { vendor, architecture, description, software } = gpu.adapter
  const adapter = description || [vendor, architecture].filter(Boolean).join(' ') || 'GPU'
  return { kind: 'webgpu', adapter, software }
}
