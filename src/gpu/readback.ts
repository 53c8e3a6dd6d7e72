/** Staging buffers that carry results to the page. */

import type { GpuMemory } from './buffers.ts'
import { capacityFor } from './pool.ts'

export interface Readback {
  /** A staging buffer of at least `bytes`, to copy into; give it to `read`, or to `discard` if the run failed. */
  acquire(bytes: number): GPUBuffer
  /** Maps the buffer once what was submitted has run, copies it out and puts it back into the ring. */
  read(staging: GPUBuffer, bytes: number): Promise<ArrayBuffer>
  discard(staging: GPUBuffer): void
}

/** A free buffer that is too small is replaced by one of the next capacity, so the ring is as deep as the runs in flight. */
export function createReadback(memory: GpuMemory): Readback {
  const free: GPUBuffer[] = []
  const discard = (buffer: GPUBuffer) => {
    const place = free.indexOf(buffer)
    if (place >= 0) free.splice(place, 1)
    memory.destroy(buffer)
  }
  return {
    acquire(bytes) {
      const last = free.pop()
      if (last && last.size >= bytes) return last
      if (last) discard(last)
      const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST
      return memory.create('staging', capacityFor(bytes), usage)
    },
    async read(staging, bytes) {
      await staging.mapAsync(GPUMapMode.READ, 0, bytes)
      const copy = staging.getMappedRange(0, bytes).slice(0)
      staging.unmap()
      free.push(staging)
      return copy
    },
    discard,
  }
}
