/** Times a compute pass on the GPU, where the adapter has timestamp queries. */

import type { GpuMemory } from './buffers.ts'
import type { Gpu } from './device.ts'

export interface PassTimer {
  /** Goes into the pass descriptor. */
  readonly timestampWrites: GPUComputePassTimestampWrites
  /** Copies both timestamps, TIMESTAMP_BYTES long, to a staging buffer at a multiple of 8. */
  copyTo(encoder: GPUCommandEncoder, staging: GPUBuffer, offset: number): void
  destroy(): void
}

export const TIMESTAMP_BYTES = 16

/** @returns null without timestamp queries */
export function createPassTimer({ device, timestamps }: Gpu, memory: GpuMemory): PassTimer | null {
  if (!timestamps) return null
  const querySet = device.createQuerySet({ type: 'timestamp', count: 2 })
  const usage = GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC
  const resolved = memory.create('timestamps', TIMESTAMP_BYTES, usage)
  return {
    timestampWrites: { querySet, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 },
    copyTo(encoder, staging, offset) {
      encoder.resolveQuerySet(querySet, 0, 2, resolved, 0)
      encoder.copyBufferToBuffer(resolved, 0, staging, offset, TIMESTAMP_BYTES)
    },
    destroy() {
      querySet.destroy()
      memory.destroy(resolved)
    },
  }
}

/** Milliseconds between the two timestamps; undefined where the clock ran backwards, as drivers may reset it. */
export function elapsedMs(bytes: ArrayBuffer, offset: number): number | undefined {
  const [begin, end] = new BigUint64Array(bytes, offset, 2) as unknown as [bigint, bigint]
  return end >= begin ? Number(end - begin) / 1e6 : undefined
}
