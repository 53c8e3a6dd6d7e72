import { expect, it } from 'vitest'
import { keep } from '../keep.ts'
import { draw, expectSameBits } from './cases.ts'
import type { Subject } from './subject.ts'

export function keepTests(test: Subject): void {
  it('writes what its twin writes and nothing else, run after run', async () => {
    for (let seed = 0; seed < 200; seed++) {
      const { pick, below, floats } = draw(seed)
      const [B, T, W] = [pick([1, 2, 3]), pick([1, 2, 7]), pick([1, 3, 4, 6, 16])]
      const [Tmax, from] = [T + below(9), W + pick([0, 1, 4, 8])]
      const row = below(Tmax - T + 1)
      const [start, x] = [floats(B * Tmax * W), floats(B * T * from)]
      const cache = test.backend.constant([B, Tmax, W], start.slice())
      await test.run((ops) => {
        ops.keep(cache, ops.input([B, T, from], x), row)
        return []
      })
      const [found] = (await test.run(() => [cache])) as [Float32Array]
      const expected = start.slice()
      keep(expected, x, row, { B, T, Tmax, W, from })
      expectSameBits(`seed ${seed}`, found, expected)
      test.backend.free([cache])
    }
  })

  it('refuses rows that the cache does not have', async () => {
    const cache = test.backend.constant([1, 4, 2], new Float32Array(8))
    const forward = test.session.run((ops) => {
      ops.keep(cache, ops.input([1, 2, 2], new Float32Array(4)), 3)
      return []
    })
    await expect(forward).rejects.toMatchObject({ code: 'shape', found: 'rows 3 to 4' })
  })
}
