import { expect, it } from 'vitest'
import { gatherRows } from '../gather_rows.ts'
import { draw, EDGES, expectClose, f64, LENGTHS } from './cases.ts'
import type { Subject } from './subject.ts'

export function gatherRowsTests(test: Subject): void {
  it('copies exactly what its twin copies', async () => {
    for (let seed = 0; seed < 220; seed++) {
      const { pick, floats, integers } = draw(seed)
      const [B, T, D, M] = [pick([1, 2, 3]), pick(LENGTHS), pick([...EDGES, 128, 192]), pick([0, 1, 2, 5, 33])]
      const x = floats(B * T * D)
      const rows = integers(new Uint32Array(B * M), 0, T)
      const [out] = (await test.run((ops) => [ops.gatherRows(ops.input([B, T, D], x), ops.input([B, M], rows))])) as [
        Float32Array,
      ]
      const expected = new Float64Array(B * M * D)
      gatherRows(expected, f64(x), rows, { B, T, D, M })
      expectClose(`seed ${seed}: [${B}, ${T}, ${D}], M ${M}`, out, expected, { absolute: 0 })
    }
  })

  it('refuses a row that does not exist', async () => {
    const forward = test.session.run((ops) => [
      ops.gatherRows(ops.input([1, 2, 1], new Float32Array(2)), ops.input([1, 1], Uint32Array.of(2))),
    ])
    await expect(forward).rejects.toMatchObject({ code: 'shape', expected: 'a number from 0 to 1' })
  })
}
