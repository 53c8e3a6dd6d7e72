/** Gives out the one linear memory: the first gap that is large enough, and more memory where there is none. */

import { ClsroomError } from '../core/errors.ts'

export interface Heap {
  /** Bytes given out. */
  readonly bytes: number
  /** @returns an address, a multiple of 16; never 0. @throws ClsroomError('device') where there is no more memory */
  take(bytes: number): number
  give(address: number): void
}

interface Gap {
  address: number
  bytes: number
}

const PAGE = 65536
const ALIGNMENT = 16

/** @param base the first byte that may be given out */
export function createHeap(memory: WebAssembly.Memory, base: number): Heap {
  const start = align(base)
  /** By address, and never two that touch. */
  const gaps: Gap[] = [{ address: start, bytes: memory.buffer.byteLength - start }]
  const taken = new Map<number, number>()
  let bytes = 0

  /** Puts a gap in its place, joined with the neighbours that it touches. */
  function addGap(gap: Gap): void {
    const next = gaps.findIndex(({ address }) => address > gap.address)
    const at = next < 0 ? gaps.length : next
    gaps.splice(at, 0, gap)
    const [before, after] = [gaps[at - 1], gaps[at + 1]]
    if (after && gap.address + gap.bytes === after.address) {
      gap.bytes += after.bytes
      gaps.splice(at + 1, 1)
    }
    if (before && before.address + before.bytes === gap.address) {
      before.bytes += gap.bytes
      gaps.splice(at, 1)
    }
  }

  function grow(wanted: number): void {
    const end = memory.buffer.byteLength
    const pages = Math.ceil(wanted / PAGE)
    try {
      memory.grow(pages)
    } catch (cause) {
      throw new ClsroomError('device', 'There is no more memory for the model', {
        found: `${Math.ceil(bytes / 2 ** 20)} MiB in use and ${Math.ceil(wanted / 2 ** 20)} MiB more wanted`,
        expected: 'at most 4 GiB in WASM',
        advice: 'Use a smaller model, fewer tokens or fewer captured heads, or close other tabs',
        cause,
      })
    }
    addGap({ address: end, bytes: pages * PAGE })
  }

  return {
    get bytes() {
      return bytes
    },
    take(asked) {
      const size = Math.max(align(asked), ALIGNMENT)
      const fits = (gap: Gap) => gap.bytes >= size
      if (!gaps.some(fits)) grow(size)
      const at = gaps.findIndex(fits)
      const gap = gaps[at] as Gap
      const { address } = gap
      gap.address += size
      gap.bytes -= size
      if (gap.bytes === 0) gaps.splice(at, 1)
      taken.set(address, size)
      bytes += size
      return address
    },
    give(address) {
      const size = taken.get(address)
      if (size === undefined) throw new ClsroomError('internal', 'Memory was given back twice')
      taken.delete(address)
      bytes -= size
      addGap({ address, bytes: size })
    },
  }
}

function align(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT
}
