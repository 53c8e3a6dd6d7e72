/** Buffers that come back in the same order every run, so what is bound to them can be kept. */

import type { GpuMemory } from './buffers.ts'

/** Runs a buffer may lie unused before it is destroyed. */
const KEPT_RUNS = 16

/**
 * The capacity for a size: a quarter of an octave at most above it, so a token more or less finds the same buffer.
 * Never zero (WebGPU has no empty bindings) and a multiple of 16 (arrays of vec4).
 */
export function capacityFor(bytes: number): number {
  const step = Math.max(16, 2 ** (Math.floor(Math.log2(Math.max(bytes, 64))) - 2))
  return Math.max(1, Math.ceil(bytes / step)) * step
}

export interface BufferPool {
  /** Every buffer is free again; those that no recent run has used are destroyed. */
  beginRun(): void
  /** The same sequence of `take` and `give` after `beginRun` gets the same buffers. */
  take(bytes: number): GPUBuffer
  give(buffer: GPUBuffer): void
  owns(buffer: GPUBuffer): boolean
  destroy(): void
}

export function createPool(memory: GpuMemory, label: string, limit: number): BufferPool {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST
  const lastUsed = new Map<GPUBuffer, number>()
  let free = new Map<number, GPUBuffer[]>()
  let run = 0

  const give = (buffer: GPUBuffer) => {
    const row = free.get(buffer.size)
    if (row) row.push(buffer)
    else free.set(buffer.size, [buffer])
  }

  return {
    beginRun() {
      run++
      free = new Map()
      for (const [buffer, used] of lastUsed) {
        if (run - used > KEPT_RUNS) {
          lastUsed.delete(buffer)
          memory.destroy(buffer)
        } else {
          give(buffer)
        }
      }
    },
    take(bytes) {
      // Rounding up must not push a buffer that fits over the device's limit.
      const capacity = bytes > limit ? bytes : Math.min(capacityFor(bytes), limit)
      const buffer = free.get(capacity)?.pop() ?? memory.create(label, capacity, usage)
      lastUsed.set(buffer, run)
      return buffer
    },
    give,
    owns: (buffer) => lastUsed.has(buffer),
    destroy() {
      for (const buffer of lastUsed.keys()) memory.destroy(buffer)
      lastUsed.clear()
      free.clear()
    },
  }
}
