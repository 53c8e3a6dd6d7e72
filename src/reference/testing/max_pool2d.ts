import { expect, it } from 'vitest'
import { maxPool2dSizes } from '../../core/op_shapes.ts'
import { maxPool2d } from '../max_pool2d.ts'
import { draw, expectClose, f64 } from './cases.ts'
import type { Subject } from './subject.ts'

export function maxPool2dTests(test: Subject): void {
  it('agrees with its twin over sizes, strides and paddings', async () => {
    for (let seed = 0; seed < 210; seed++) {
      const { pick, below, floats } = draw(seed)
      const size = pick([1, 2, 3, 5])
      const window = { size, stride: pick([1, 2, 3]), padding: below(Math.floor(size / 2) + 1) }
      const shape = [pick([1, 2]), pick([1, 3, 7]), size + below(14), size + below(14)]
      const x = floats(shape.reduce((a, b) => a * b))
      // Below zero a padding of zeros would win.
      if (seed % 2 === 0) for (let i = 0; i < x.length; i++) x[i] = -1 - Math.abs(x[i] as number)
      const [y] = (await test.run((ops) => [ops.maxPool2d(ops.input(shape, x), window)])) as [Float32Array]
      const expected = new Float64Array(y.length)
      maxPool2d(expected, f64(x), window, maxPool2dSizes({ shape, dtype: 'f32' }, window))
      expectClose(`seed ${seed}: [${shape}], ${JSON.stringify(window)}`, y, expected, { absolute: 0 })
    }
  })

  it('refuses a padding that hides a whole window', async () => {
    const forward = test.session.run((ops) => [
      ops.maxPool2d(ops.input([1, 1, 4, 4], new Float32Array(16)), { size: 2, stride: 1, padding: 2 }),
    ])
    await expect(forward).rejects.toMatchObject({ code: 'shape', found: 'a padding of 2' })
  })
}
