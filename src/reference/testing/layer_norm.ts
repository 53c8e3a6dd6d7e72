import { it } from 'vitest'
import { layerNorm } from '../layer_norm.ts'
import { draw, EDGES, expectClose, f64, LENGTHS } from './cases.ts'
import type { Subject } from './subject.ts'

export function layerNormTests(test: Subject): void {
  it('agrees with its twin', async () => {
    for (let seed = 0; seed < 220; seed++) {
      const { pick, floats } = draw(seed)
      const rows = LENGTHS[seed] ?? pick(EDGES)
      const D = pick([...EDGES, 127, 128, 192, 257, 384, 768])
      const [spread, centre] = pick([
        [1, 0],
        [30, 0],
        [1, 10],
        [0.01, 1],
      ] as const)
      const x = floats(rows * D, spread, centre)
      const [weight, bias] = [floats(D), floats(D)]
      const eps = pick([1e-12, 1e-6, 1e-5])
      const [y] = (await test.run((ops) => [
        ops.layerNorm(ops.input([rows, D], x), ops.input([D], weight), ops.input([D], bias), eps),
      ])) as [Float32Array]
      const expected = new Float64Array(rows * D)
      layerNorm(expected, f64(x), f64(weight), f64(bias), eps, D)
      // x − mean is known to about centre · 2⁻²⁴; rows of two or three nearly equal numbers magnify that.
      const absolute = 1e-5 * (1 + centre / spread) * (D < 8 ? 30 : 1)
      expectClose(`seed ${seed}: [${rows}, ${D}]`, y, expected, { absolute, relative: 1e-5 * (D < 8 ? 30 : 1) })
    }
  })
}
