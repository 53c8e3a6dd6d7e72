import { expect, it } from 'vitest'
import { ACTIVATIONS } from '../../core/ops.ts'
import { gated } from '../gated.ts'
import { draw, EDGES, expectClose, f64, LENGTHS } from './cases.ts'
import type { Subject } from './subject.ts'

export function gatedTests(test: Subject): void {
  it('agrees with its twin for every activation', async () => {
    for (let seed = 0; seed < 220; seed++) {
      const { pick, floats } = draw(seed)
      const [rows, F] = [pick(LENGTHS), pick(EDGES)]
      const activation = ACTIVATIONS[seed % ACTIVATIONS.length] as (typeof ACTIVATIONS)[number]
      const x = floats(rows * 2 * F, pick([0.1, 1, 3]))
      const [y] = (await test.run((ops) => [ops.gated(ops.input([1, rows, 2 * F], x), activation)])) as [Float32Array]
      const expected = new Float64Array(rows * F)
      gated(expected, f64(x), activation, { F })
      expectClose(`seed ${seed}: ${activation} [${rows}, ${F}]`, y, expected, { absolute: 2e-5, relative: 1e-5 })
    }
  })

  it('stays a number far out', async () => {
    const x = Float32Array.of(-1e4, -200, 200, 1e4, 1, 1, 1, 1)
    for (const activation of ACTIVATIONS) {
      const [y] = (await test.run((ops) => [ops.gated(ops.input([1, 8], x), activation)])) as [Float32Array]
      expect(y.every(Number.isFinite), activation).toBe(true)
    }
  })
}
