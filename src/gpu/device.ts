/** Opens the GPU and watches it: a lost device or an uncaptured error is always told to whoever opened it. */

import { ClsroomError } from '../core/errors.ts'

/** What the adapter says of itself. */
export interface AdapterDescription {
  vendor: string
  architecture: string
  device: string
  description: string
  /** Runs on the CPU (SwiftShader, llvmpipe, WARP): kernels for it avoid barriers. */
  software: boolean
}

/** What the adapter has, and what of it was asked for and given: for a bug report. */
export interface GpuFacts extends AdapterDescription {
  /** `given`: of those that the adapter has, what the device was opened with. */
  features: { has: string[]; given: string[] }
  /** `asked`: null where the default was taken. */
  limits: { name: string; has: number; asked: number | null; given: number }[]
}

export interface GpuEvents {
  /** The device is gone (driver reset, GPU process crash); not called after `Gpu.close`. */
  lost(error: ClsroomError): void
  /** An error no call was waiting for, or a shader warning. */
  error(error: ClsroomError): void
}

export interface Gpu {
  readonly device: GPUDevice
  readonly adapter: AdapterDescription
  readonly timestamps: boolean
  /** Set once the device is lost or closed. */
  readonly lost: ClsroomError | null
  facts(): GpuFacts
  /** Reports what no caller awaits. */
  report(error: ClsroomError): void
  close(): void
}

/**
 * Opens the default adapter with default limits, so what runs on one device runs on all; but for the size of buffers, where it gives
 * what it has: the token table of a large vocabulary needs more than the 128 MiB that every device binds. What is larger still
 * lies in several buffers (`kernels/backend.ts`).
 * @throws ClsroomError('device') where there is no WebGPU, no adapter or no device
 */
export async function openGpu(events: GpuEvents): Promise<Gpu> {
  if (!('gpu' in navigator))
    throw noDevice('This browser has no WebGPU', 'Use a current Chrome, Edge, Safari or Firefox')
  const adapter = await navigator.gpu.requestAdapter()
  if (!adapter) throw noDevice('The browser gave no GPU adapter', 'Reload, or check that hardware acceleration is on')

  const timestamps = adapter.features.has('timestamp-query')
  const requiredLimits = {
    maxBufferSize: adapter.limits.maxBufferSize,
    maxStorageBufferBindingSize: adapter.limits.maxStorageBufferBindingSize,
  }
  const device = await adapter
    .requestDevice({ requiredFeatures: timestamps ? ['timestamp-query'] : [], requiredLimits })
    .catch((cause: unknown) => {
      throw new ClsroomError('device', 'The adapter gave no device', { cause, advice: 'Reload the page' })
    })

  let lost: ClsroomError | null = null
  device.lost.then((info) => {
    const closed = lost !== null
    lost ??= new ClsroomError('device', 'The GPU device was lost', {
      found: info.message || info.reason,
      advice: 'It is opened again by itself; if not, reload the page',
    })
    if (!closed) events.lost(lost)
  })
  device.addEventListener('uncapturederror', ({ error }) => {
    events.error(new ClsroomError('device', 'The GPU reported an error', { found: error.message }))
  })

  return {
    device,
    adapter: describeAdapter(adapter.info),
    timestamps,
    get lost() {
      return lost
    },
    facts: () => ({
      ...describeAdapter(adapter.info),
      features: { has: [...adapter.features].sort(), given: [...device.features].sort() },
      limits: limitsOf(adapter.limits, device.limits, requiredLimits),
    }),
    report: events.error,
    close() {
      lost ??= new ClsroomError('device', 'The GPU device was closed')
      device.destroy()
    },
  }
}

function noDevice(what: string, advice: string): ClsroomError {
  return new ClsroomError('device', what, { advice })
}

function limitsOf(
  has: GPUSupportedLimits,
  given: GPUSupportedLimits,
  asked: Readonly<Record<string, number>>,
): GpuFacts['limits'] {
  const limits = []
  // Getters of the prototype: no other way lists them.
  for (const name in has) {
    const [most, granted] = [has, given].map((one) => Reflect.get(one, name))
    if (typeof most === 'number' && typeof granted === 'number') {
      limits.push({ name, has: most, asked: asked[name] ?? null, given: granted })
    }
  }
  return limits.sort((a, b) => a.name.localeCompare(b.name))
}

function describeAdapter(info: GPUAdapterInfo): AdapterDescription {
  const { vendor, architecture, device, description } = info
  const name = `${vendor} ${architecture} ${device} ${description}`
  const software = info.isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|warp|basic render/i.test(name)
  return { vendor, architecture, device, description, software }
}
