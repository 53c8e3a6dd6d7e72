import { it } from 'vitest'
import { rmsNorm } from '../rms_norm.ts'
import { draw, EDGES, expectClose, f64, LENGTHS } from './cases.ts'
import type { Subject } from './subject.ts'

export function rmsNormTests(test: Subject): void {
  it('agrees with its twin', async () => {
    for (let seed = 0; seed < 220; seed++) {
      const { pick, floats } = draw(seed)
      const [rows, D] = [pick(LENGTHS), pick([...EDGES, 128, 192, 257])]
      const [x, weight, eps] = [floats(rows * D, pick([1e-3, 1, 100])), floats(D, 1, 1), pick([1e-6, 1e-5])]
      const [y] = (await test.run((ops) => [ops.rmsNorm(ops.input([1, rows, D], x), ops.input([D], weight), eps)])) as [
        Float32Array,
      ]
      const expected = new Float64Array(rows * D)
      rmsNorm(expected, f64(x), f64(weight), eps, D)
      expectClose(`seed ${seed}: [${rows}, ${D}]`, y, expected, { absolute: 1e-6, relative: 1e-5 })
    }
  })
}
