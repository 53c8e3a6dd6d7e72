import { it } from 'vitest'
import { attentionPool } from '../attention_pool.ts'
import { draw, EDGES, expectClose, f64, LENGTHS } from './cases.ts'
import type { Subject } from './subject.ts'

export function attentionPoolTests(test: Subject): void {
  it('agrees with its twin, also where nothing is chosen', async () => {
    for (let seed = 0; seed < 220; seed++) {
      const { pick, floats, bits } = draw(seed)
      const [B, T, D] = [pick([1, 2, 3]), pick(LENGTHS), pick([...EDGES, 128, 192])]
      const x = floats(B * T * D)
      const chosen = bits(B * T, pick([0, 0.1, 0.5, 1]))
      const query = floats(D, pick([0.1, 1, 5]))
      const [pooled, weights] = (await test.run((ops) => {
        const out = ops.attentionPool(ops.input([B, T, D], x), ops.input([B, T], chosen), ops.input([D], query))
        return [out.pooled, out.weights]
      })) as [Float32Array, Float32Array]
      const expected = { pooled: new Float64Array(B * D), weights: new Float64Array(B * T) }
      attentionPool(expected, f64(x), chosen, f64(query), { B, T, D })
      const what = `seed ${seed}: [${B}, ${T}, ${D}]`
      expectClose(`${what} weights`, weights, expected.weights, { absolute: 1e-5 })
      expectClose(`${what} pooled`, pooled, expected.pooled, { absolute: 2e-5, relative: 1e-5 })
      if (weights.some((weight, t) => chosen[t] === 0 && weight !== 0))
        throw new Error(`${what}: a token not chosen weighs`)
    }
  })
}
