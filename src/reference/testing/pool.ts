import { it } from 'vitest'
import { pool } from '../pool.ts'
import { draw, EDGES, expectClose, f64, LENGTHS } from './cases.ts'
import type { Subject } from './subject.ts'

export function poolTests(test: Subject): void {
  it('agrees with its twin, also where nothing is chosen', async () => {
    for (let seed = 0; seed < 220; seed++) {
      const { pick, floats, bits } = draw(seed)
      const [B, T, D] = [pick([1, 2, 3]), pick(LENGTHS), pick([...EDGES, 128, 192])]
      const mode = pick(['mean', 'max'] as const)
      const x = floats(B * T * D, 1, pick([0, -5]))
      const chosen = bits(B * T, pick([0, 0.1, 0.5, 1]))
      const [out] = (await test.run((ops) => [ops.pool(ops.input([B, T, D], x), ops.input([B, T], chosen), mode)])) as [
        Float32Array,
      ]
      const expected = new Float64Array(B * D)
      pool(expected, f64(x), chosen, mode, { B, T, D })
      expectClose(`seed ${seed}: ${mode} of [${B}, ${T}, ${D}]`, out, expected, { absolute: 1e-5, relative: 1e-5 })
    }
  })
}
