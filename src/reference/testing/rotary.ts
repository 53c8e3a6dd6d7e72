import { expect, it } from 'vitest'
import { rotary } from '../rotary.ts'
import { draw, expectClose, f64 } from './cases.ts'
import type { Subject } from './subject.ts'

export function rotaryTests(test: Subject): void {
  it('agrees with its twin in both pairings, and copies the rest of a row', async () => {
    for (let seed = 0; seed < 220; seed++) {
      const { pick, below, floats } = draw(seed)
      const [B, T, half, heads] = [pick([1, 2]), pick([1, 2, 9, 33]), pick([1, 2, 3, 4, 16, 32]), pick([1, 2, 6])]
      const W = heads * 2 * half + below(20)
      const angles = pick([T, B * T])
      const [x, turns, pairs] = [floats(B * T * W), floats(angles * half, 3), pick(['halves', 'neighbours'] as const)]
      const [cos, sin] = [turns.map(Math.cos), turns.map(Math.sin)]
      const [out] = (await test.run((ops) => {
        const tables = [ops.input([angles, half], cos), ops.input([angles, half], sin)] as const
        return [ops.rotary(ops.input([B, T, W], x), ...tables, { heads, pairs })]
      })) as [Float32Array]
      const expected = new Float64Array(x.length)
      rotary(expected, f64(x), f64(cos), f64(sin), { heads, pairs }, { B, T, W, half, angles })
      expectClose(`seed ${seed}: ${pairs} [${B}, ${T}, ${W}], ${heads} heads of ${2 * half}`, out, expected, {
        absolute: 1e-6,
      })
    }
  })

  it('makes scores depend on distance alone', async () => {
    const [T, half] = [6, 4]
    const [q, k] = [draw(1).floats(2 * half), draw(2).floats(2 * half)]
    const angles = Float32Array.from({ length: T * half }, (_, i) => Math.floor(i / half) * 100 ** -((i % half) / half))
    const turn = async (x: Float32Array) => {
      const rows = Float32Array.from({ length: T * 2 * half }, (_, i) => x[i % (2 * half)] as number)
      const [out] = (await test.run((ops) => {
        const tables = [ops.input([T, half], angles.map(Math.cos)), ops.input([T, half], angles.map(Math.sin))] as const
        return [ops.rotary(ops.input([1, T, 2 * half], rows), ...tables, { heads: 1, pairs: 'halves' })]
      })) as [Float32Array]
      return (t: number) => out.subarray(t * 2 * half, (t + 1) * 2 * half)
    }
    const [queries, keys] = [await turn(q), await turn(k)]
    const score = (i: number, j: number) =>
      queries(i).reduce((sum, value, d) => sum + value * (keys(j)[d] as number), 0)
    expect(score(2, 4)).toBeCloseTo(score(0, 2), 4)
    expect(score(5, 3)).toBeCloseTo(score(3, 1), 4)
    expect(Math.abs(score(0, 0) - score(0, 3))).toBeGreaterThan(0.01)
  })
}
