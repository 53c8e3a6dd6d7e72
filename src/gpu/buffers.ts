/** Buffers whose allocation can fail: each is made inside error scopes, and `settled` throws what went wrong. */

import { ClsroomError } from '../core/errors.ts'
import type { Gpu } from './device.ts'

export interface GpuMemory {
  /** Bytes of all live buffers. */
  readonly bytes: number
  create(label: string, bytes: number, usage: GPUBufferUsageFlags): GPUBuffer
  destroy(buffer: GPUBuffer): void
  /** Resolves when every allocation so far is known to be good. @throws ClsroomError('device') for the first that is not */
  settled(): Promise<void>
}

const MIB = 2 ** 20

export function createMemory({ device }: Gpu): GpuMemory {
  const live = new Map<GPUBuffer, number>()
  let pending: Promise<GPUError | null>[] = []
  let bytes = 0

  return {
    get bytes() {
      return bytes
    },
    create(label, size, usage) {
      if (size > device.limits.maxBufferSize) throw tooLarge(label, size, device.limits.maxBufferSize)
      const storageLimit = device.limits.maxStorageBufferBindingSize
      if (usage & GPUBufferUsage.STORAGE && size > storageLimit) throw tooLarge(label, size, storageLimit)
      device.pushErrorScope('validation')
      device.pushErrorScope('out-of-memory')
      const buffer = device.createBuffer({ label, size, usage })
      pending.push(device.popErrorScope(), device.popErrorScope())
      live.set(buffer, size)
      bytes += size
      return buffer
    },
    destroy(buffer) {
      bytes -= live.get(buffer) ?? 0
      live.delete(buffer)
      buffer.destroy()
    },
    async settled() {
      if (pending.length === 0) return
      const scopes = pending
      pending = []
      const error = (await Promise.all(scopes)).find((found) => found !== null)
      if (!error) return
      throw new ClsroomError('device', 'The GPU could not give a buffer', {
        found: `${error.message} (${Math.ceil(bytes / MIB)} MiB in use)`,
        advice: 'Use a smaller model, fewer tokens or fewer captured heads, or close other tabs',
      })
    },
  }
}

function tooLarge(label: string, size: number, limit: number): ClsroomError {
  return new ClsroomError('device', `${label} is too large for one GPU buffer`, {
    found: `${Math.ceil(size / MIB)} MiB`,
    expected: `at most ${Math.floor(limit / MIB)} MiB`,
    // A weight is as large as its model; what a run makes grows with its tokens.
    advice:
      label === 'constant'
        ? 'Open the page with ?backend=wasm, which has no such limit, or choose a model with a smaller vocabulary'
        : 'Use fewer tokens or capture fewer heads',
  })
}
