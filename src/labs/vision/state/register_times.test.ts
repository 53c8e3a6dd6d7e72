import { describe, expect, it } from 'vitest'
import type { ForwardRequest } from '../../../engine/protocol.ts'
import { DEFAULT_MASK } from '../../../sequence/mask.ts'
import { fromImage } from '../../../sequence/patches.ts'
import type { Engine } from '../../../state/engine.ts'
import { measureRegisters, medianOf } from './register_times.ts'
import type { VisionRun } from './run.ts'

const base = fromImage({ rows: 2, columns: 2 }, 3)
const run = {
  model: {
    id: 'tiny',
    info: { layers: 1, heads: 1, image: { size: [4, 4], patch: 2, channels: 3, registers: 3 } },
  },
  doc: { model: 'tiny', sequence: base, base, mask: DEFAULT_MASK, ablated: [], side: null },
} as unknown as VisionRun

/** Takes as many milliseconds as there are tokens. */
function fakeEngine(gpu: boolean): { engine: Engine; lengths: number[] } {
  const lengths: number[] = []
  const engine = {
    forward: async ({ input }: ForwardRequest) => {
      const tokens = input.kind === 'image' ? (input.sources?.length ?? 0) : 0
      lengths.push(tokens)
      return { ms: tokens + 100, ...(gpu && { gpuMs: tokens }) }
    },
  } as unknown as Engine
  return { engine, lengths }
}

describe('measureRegisters', () => {
  it('runs every count in turn, in the place of the trained registers, and leaves the first round out', async () => {
    const { engine, lengths } = fakeEngine(true)
    const times = await measureRegisters(engine, run, [0, 2, 16], () => true)
    expect(lengths.slice(0, 6)).toEqual([5, 7, 21, 5, 7, 21])
    expect(times.samples.map((one) => one.length)).toEqual([9, 9, 9])
    expect(lengths).toHaveLength(30)
    expect(times).toMatchObject({ clock: 'gpu' })
    expect(times.samples.map(medianOf)).toEqual([5, 7, 21])
  })

  it('takes the wall clock where the adapter has no other, and stops when told', async () => {
    const { engine, lengths } = fakeEngine(false)
    const times = await measureRegisters(engine, run, [0, 1], (done) => done < 3)
    expect(times.clock).toBe('wall')
    expect(times.samples).toEqual([[105, 105], [106]])
    expect(lengths).toHaveLength(5)
  })
})

describe('medianOf', () => {
  it('is the middle, or between the two middle ones', () => {
    expect(medianOf([3, 100, 1])).toBe(3)
    expect(medianOf([4, 1, 2, 3])).toBe(2.5)
    expect(medianOf([])).toBeNaN()
  })
})
