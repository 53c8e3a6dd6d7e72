/** Buffers that come back in the same order every run, so what is bound to them can be kept. */

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

export interface BufferPool<Buffer> {
  /** Every buffer is free again; those that no recent run has used are destroyed. */
  beginRun(): void
  /** The same sequence of `take` and `give` after `beginRun` gets the same buffers. */
  take(bytes: number): Buffer
  give(buffer: Buffer): void
  owns(buffer: Buffer): boolean
  destroy(): void
}

interface Pooled<Buffer> {
  buffer: Buffer
  free: boolean
  lastUsed: number
}

/** Where a pool has its buffers from. */
export interface Source<Buffer> {
  create(bytes: number): Buffer
  destroy(buffer: Buffer): void
}

/**
 * Always takes the oldest free buffer: that choice does not depend on which younger ones exist, so runs are alike from the first.
 * @param limit bytes of the largest buffer that there can be
 */
export function createPool<Buffer>(source: Source<Buffer>, limit: number): BufferPool<Buffer> {
  const byCapacity = new Map<number, Pooled<Buffer>[]>()
  const pooled = new Map<Buffer, Pooled<Buffer>>()
  let run = 0

  return {
    beginRun() {
      run++
      for (const [capacity, row] of byCapacity) {
        for (const { buffer } of row.filter(({ lastUsed }) => run - lastUsed > KEPT_RUNS)) {
          pooled.delete(buffer)
          source.destroy(buffer)
        }
        const kept = row.filter(({ buffer }) => pooled.has(buffer))
        for (const entry of kept) entry.free = true
        byCapacity.set(capacity, kept)
      }
    },
    take(bytes) {
      // Rounding up must not push a buffer that fits over the device's limit.
      const capacity = bytes > limit ? bytes : Math.min(capacityFor(bytes), limit)
      const row = byCapacity.get(capacity) ?? []
      byCapacity.set(capacity, row)
      let entry = row.find(({ free }) => free)
      if (!entry) {
        entry = { buffer: source.create(capacity), free: true, lastUsed: run }
        row.push(entry)
        pooled.set(entry.buffer, entry)
      }
      entry.free = false
      entry.lastUsed = run
      return entry.buffer
    },
    give(buffer) {
      const entry = pooled.get(buffer)
      if (entry) entry.free = true
    },
    owns: (buffer) => pooled.has(buffer),
    destroy() {
      for (const buffer of pooled.keys()) source.destroy(buffer)
      byCapacity.clear()
      pooled.clear()
    },
  }
}
