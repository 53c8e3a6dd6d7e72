/** Constants larger than a binding: their columns lie in several buffers, and nobody notices. */

import { describe, expect, it } from 'vitest'
import type { Halves } from '../core/dtypes.ts'
import type { Ops, Tensor, TypedArray } from '../core/ops.ts'
import { draw, EDGES, expectSameBits } from '../reference/testing/cases.ts'
import type { Subject } from '../reference/testing/subject.ts'
import { withBackend, withDevice } from './testing/with_backend.ts'

/** Bytes that every table below has more of, and that four columns of each have less of. */
const LARGEST = 2048

const device = withDevice()

describe.each(['software', 'hardware', 'discrete'] as const)('a table in several buffers, for %s', (tuning) => {
  const whole = withBackend({ tuning }, device)
  const cut = withBackend({ tuning, largest: LARGEST }, device)

  /** What a forward on a large constant gives where it lies in one buffer, and where none holds it whole. */
  async function both(
    shape: [number, number],
    data: TypedArray | Halves,
    forward: (ops: Ops, table: Tensor) => Tensor,
  ) {
    expect(data.byteLength).toBeGreaterThan(LARGEST)
    const run = async ({ backend, session }: Subject) => {
      const table = backend.constant(shape, data)
      const { arrays, dispatches } = await session.run((ops) => [forward(ops, table)])
      backend.free([table])
      return { data: arrays[0]?.data as Float32Array, dispatches }
    }
    return [await run(whole), await run(cut)] as const
  }

  const drawTable = (seed: number, count: number) => {
    const { pick, floats, halves } = draw(seed)
    const format = pick(['f32', 'f16', 'bf16'] as const)
    return format === 'f32' ? floats(count) : halves(count, format)
  }

  it('multiplies as one does, to the last bit', async () => {
    for (let seed = 0; seed < 40; seed++) {
      const { pick, floats } = draw(seed)
      const [rows, I, O] = [pick(EDGES), pick([16, 17, 31, 32, 48, 65]), pick([96, 130, 131, 192])]
      const [x, bias, residual] = [floats(rows * I), floats(O), floats(rows * O)]
      const [one, several] = await both([I, O], drawTable(seed, I * O), (ops, weight) =>
        ops.linear(ops.input([rows, I], x), weight, ops.input([O], bias), {
          activation: 'gelu',
          residual: ops.input([rows, O], residual),
        }),
      )
      expect(several.dispatches).toBeGreaterThan(one.dispatches)
      expectSameBits(`seed ${seed}: [${rows}, ${I}] · [${I}, ${O}]`, several.data, one.data)
    }
  }, 300_000)

  it('is looked up as one is', async () => {
    for (let seed = 0; seed < 40; seed++) {
      const { pick, below, floats, integers } = draw(seed)
      const [T, D, V] = [pick(EDGES), pick([96, 130, 131, 192]), 12 + below(40)]
      const [ids, extra, positions] = [integers(new Uint32Array(T), 0, V + 2), floats(2 * D), floats(D)]
      const [one, several] = await both([V, D], drawTable(seed, V * D), (ops, words) => {
        const zeros = ops.input([1, T], new Uint32Array(T))
        const table = ops.input([1, D], positions)
        const tables = { words, positionTable: table, segmentTable: table, extra: ops.input([2, D], extra) }
        return ops.embedTokens({ ids: ops.input([1, T], ids), positions: zeros, segments: zeros, ...tables })
      })
      expect(several.dispatches).toBeGreaterThan(1)
      expectSameBits(`seed ${seed}: [${T}, ${D}] of ${V}`, several.data, one.data)
    }
  })
})

describe('a table in several buffers', () => {
  const test = withBackend({ largest: 256 }, device)

  it('gives all of its memory back', () => {
    const { backend } = test
    const before = backend.stats().bytes
    const table = backend.constant([4, 64], new Float32Array(256))
    expect(backend.stats().bytes).toBe(before + 1024)
    backend.free([table])
    expect(backend.stats().bytes).toBe(before)
  })

  it('is refused by an operation that reads one buffer', async () => {
    const table = test.backend.constant([4, 64], new Float32Array(256))
    const rows = new Float32Array(64)
    const forward = test.run((ops) => [ops.layerNorm(table, ops.input([64], rows), ops.input([64], rows), 1)])
    await expect(forward).rejects.toThrow('A table in several buffers')
    test.backend.free([table])
  })
})
