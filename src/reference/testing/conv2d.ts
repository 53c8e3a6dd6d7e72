import { expect, it } from 'vitest'
import { conv2dSizes } from '../../core/op_shapes.ts'
import { ACTIVATIONS, type Conv2dOptions, type Ops } from '../../core/ops.ts'
import { conv2d } from '../conv2d.ts'
import { draw, expectClose, f64 } from './cases.ts'
import type { Subject } from './subject.ts'

export function conv2dTests(test: Subject): void {
  it('agrees with its twin over strides, paddings, groups and residuals', async () => {
    for (let seed = 0; seed < 210; seed++) {
      const { pick, below, floats } = draw(seed)
      const groups = pick([1, 1, 2, 3])
      const [B, C, O] = [pick([1, 2]), groups * pick([1, 2, 3, 5]), groups * pick([1, 2, 4, 7, 8, 9])]
      const [Kh, Kw] = [pick([1, 2, 3, 7]), pick([1, 3, 4])]
      const padding = [below(Kh), below(Kw)] as const
      const stride = [pick([1, 2, 3]), pick([1, 2])] as const
      const [Hpx, Wpx] = [Kh + below(12), Kw + below(12)]
      const shapes = [[B, C, Hpx, Wpx], [O, C / groups, Kh, Kw], [O]] as const
      const [x, weight, bias] = shapes.map((shape) => floats(shape.reduce((a, b) => a * b))) as [
        Float32Array,
        Float32Array,
        Float32Array,
      ]
      const activation = ACTIVATIONS[seed % ACTIVATIONS.length]
      const options: Conv2dOptions = { stride, padding, groups, activation }
      const put = (ops: Pick<Ops, 'input'>) =>
        [ops.input(shapes[0], x), ops.input(shapes[1], weight), ops.input(shapes[2], bias)] as const
      const sizes = conv2dSizes(...put({ input: (shape) => ({ shape, dtype: 'f32' }) }), options)
      const shape = [B, O, sizes.Ho, sizes.Wo]
      const residual = below(2) > 0 ? floats(shape.reduce((a, b) => a * b)) : null
      const [y] = (await test.run((ops) => [
        ops.conv2d(...put(ops), { ...options, ...(residual && { residual: ops.input(shape, residual) }) }),
      ])) as [Float32Array]
      const expected = new Float64Array(y.length)
      conv2d(expected, f64(x), f64(weight), f64(bias), residual && f64(residual), activation ?? 'none', sizes)
      const what = `seed ${seed}: [${shapes[0]}] by [${shapes[1]}], stride ${stride}, padding ${padding}, ${groups} groups`
      expectClose(what, y, expected, { absolute: 3e-5, relative: 1e-5 })
    }
  })

  it('refuses groups that do not divide the channels', async () => {
    const forward = test.session.run((ops) => [
      ops.conv2d(
        ops.input([1, 3, 2, 2], new Float32Array(12)),
        ops.input([2, 1, 1, 1], new Float32Array(2)),
        ops.input([2], new Float32Array(2)),
        { groups: 2 },
      ),
    ])
    await expect(forward).rejects.toMatchObject({ code: 'shape', found: '2 groups' })
  })
}
