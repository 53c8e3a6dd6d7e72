import { expect, it } from 'vitest'
import { ACTIVATIONS } from '../../core/ops.ts'
import { layerNorm } from '../layer_norm.ts'
import { linear } from '../linear.ts'
import { draw, EDGES, expectClose, expectSameBits, f64 } from './cases.ts'
import type { Subject } from './subject.ts'

/** What the models multiply: [rows, I, O]. */
const MODEL_SHAPES: [number, number, number][] = [
  [32, 192, 576],
  [33, 192, 768],
  [129, 768, 192],
  [1, 192, 30522],
  [197, 384, 384],
  [261, 64, 256],
  [1, 768, 2],
  [64, 1536, 1280], // wide tiles and many parts, where there are cores enough
]

/** What is normalised after a product in parts: BERT's widths, and the widest row that a workgroup keeps. */
const NORMED_SHAPES: [number, number, number][] = [
  [33, 768, 192],
  [128, 1536, 384],
  [9, 768, 768],
  [16, 200, 2048],
  [16, 200, 2052],
]

/** Of fewer numbers the variance may be so small that it magnifies what was rounded before. */
const WIDE_EDGES = [...EDGES.filter((size) => size >= 8), 96, 264]

export function linearTests(test: Subject): void {
  it('agrees with its twin', async () => {
    for (let seed = 0; seed < 230; seed++) {
      const { pick, below, floats } = draw(seed)
      const [rows, I, O] = MODEL_SHAPES[seed] ?? [
        pick(EDGES),
        pick([...EDGES, 127, 128, 200]),
        pick([...EDGES, 95, 96]),
      ]
      const activation = pick(ACTIVATIONS)
      const x = floats(rows * I)
      const weight = floats(I * O, 1 / Math.sqrt(I))
      const bias = floats(O)
      const residual = below(2) === 1 ? floats(rows * O) : null
      const [y] = (await test.run((ops) => [
        ops.linear(ops.input([1, rows, I], x), ops.input([I, O], weight), ops.input([O], bias), {
          activation,
          ...(residual && { residual: ops.input([1, rows, O], residual) }),
        }),
      ])) as [Float32Array]
      const expected = new Float64Array(rows * O)
      const sizes = { rows, I, O }
      linear(expected, f64(x), f64(weight), f64(bias), activation, residual && f64(residual), sizes)
      expectClose(`seed ${seed}: [${rows}, ${I}] · [${I}, ${O}], ${activation}`, y, expected, {
        absolute: 2e-6 * (2 + Math.sqrt(I)),
        relative: 2e-6,
      })
    }
    // A software adapter takes seconds to compile each variant for hardware.
  }, 300_000)

  it('normalises what it gives', async () => {
    for (let seed = 0; seed < 220; seed++) {
      const { pick, below, floats } = draw(seed)
      const [rows, I, O] = NORMED_SHAPES[seed] ?? [pick(EDGES), pick([...EDGES, 192, 400]), pick(WIDE_EDGES)]
      const activation = pick(['none', 'none', 'gelu'] as const)
      const [x, weight, bias] = [floats(rows * I), floats(I * O, 1 / Math.sqrt(I)), floats(O)]
      const residual = below(4) > 0 ? floats(rows * O) : null
      const [scale, shift, eps] = [floats(O, 1, 1), floats(O), pick([1e-12, 1e-5])]
      const [y] = (await test.run((ops) => [
        ops.linear(ops.input([rows, I], x), ops.input([I, O], weight), ops.input([O], bias), {
          activation,
          ...(residual && { residual: ops.input([rows, O], residual) }),
          norm: { weight: ops.input([O], scale), bias: ops.input([O], shift), eps },
        }),
      ])) as [Float32Array]
      const sum = new Float64Array(rows * O)
      const sizes = { rows, I, O }
      linear(sum, f64(x), f64(weight), f64(bias), activation, residual && f64(residual), sizes)
      const expected = new Float64Array(rows * O)
      layerNorm(expected, sum, f64(scale), f64(shift), eps, O)
      const what = `seed ${seed}: [${rows}, ${I}] · [${I}, ${O}], ${activation}, normalised`
      expectClose(what, y, expected, { absolute: 1e-5 * Math.sqrt(I), relative: 1e-5 })
    }
  }, 300_000)

  it('gives the same to the last bit with a weight in halves', async () => {
    for (let seed = 0; seed < 220; seed++) {
      const { pick, floats, halves } = draw(seed)
      const [rows, I, O] = MODEL_SHAPES[seed] ?? [pick(EDGES), pick(EDGES), pick([...EDGES, 95, 96])]
      const stored = halves(I * O, pick(['f16', 'bf16']))
      const weights = [stored, stored.widened()].map((data) => test.backend.constant([I, O], data))
      const [x, bias] = [floats(rows * I), floats(O)]
      const [found, expected] = (await test.run((ops) =>
        weights.map((weight) => ops.linear(ops.input([1, rows, I], x), weight, ops.input([O], bias))),
      )) as [Float32Array, Float32Array]
      test.backend.free(weights)
      expectSameBits(`seed ${seed}: [${rows}, ${I}] · [${I}, ${O}] in ${stored.format}`, found, expected)
    }
  }, 300_000)

  it.each(ACTIVATIONS)('keeps %s finite and right for extreme inputs', async (activation) => {
    const x = Float32Array.from([-1e4, -90, -11, -6, -3, -0.5, -0, 0, 1e-6, 0.5, 3, 6, 11, 90, 1e4])
    const rows = x.length
    const O = 4
    const [y] = (await test.run((ops) => [
      ops.linear(ops.input([rows, 4], spread(x)), ops.input([4, O], identity()), ops.input([O], new Float32Array(O)), {
        activation,
      }),
    ])) as [Float32Array]
    const expected = new Float64Array(rows * O)
    const zeros = new Float64Array(O)
    linear(expected, f64(spread(x)), f64(identity()), zeros, activation, null, { rows, I: 4, O })
    expectClose(activation, y, expected, { absolute: 1e-6, relative: 1e-6 })
  })

  it('says which shapes do not fit', async () => {
    const forward = test.session.run((ops) => [
      ops.linear(
        ops.input([1, 3], new Float32Array(3)),
        ops.input([4, 2], new Float32Array(8)),
        ops.input([2], new Float32Array(2)),
      ),
    ])
    await expect(forward).rejects.toMatchObject({ code: 'shape', found: '[4, 2]', expected: '[3, 2]' })
  })
}

/** Each number on its own row, four times. */
const spread = (x: Float32Array) => Float32Array.from({ length: x.length * 4 }, (_, i) => x[i >> 2] as number)
const identity = () => Float32Array.from({ length: 16 }, (_, i) => (i % 5 === 0 ? 1 : 0))
