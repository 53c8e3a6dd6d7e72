import { expect, it } from 'vitest'
import { embedTokens } from '../embed_tokens.ts'
import { draw, EDGES, expectClose, f64, LENGTHS } from './cases.ts'
import type { Subject } from './subject.ts'

export function embedTokensTests(test: Subject): void {
  it('agrees with its twin, with and without extra rows', async () => {
    for (let seed = 0; seed < 220; seed++) {
      const { pick, below, floats, integers } = draw(seed)
      const [B, T, D] = [pick([1, 1, 2, 3]), pick(LENGTHS), pick([...EDGES, 128, 192])]
      const [V, E, M, S] = [1 + below(40), pick([0, 0, 1, 3]), 1 + below(300), pick([1, 2, 3])]
      const ids = integers(new Uint32Array(B * T), 0, V + E)
      const positions = integers(new Uint32Array(B * T), 0, M)
      const segments = integers(new Uint32Array(B * T), 0, S)
      const [words, positionTable, segmentTable, extra] = [V, M, S, E].map((rows) => floats(rows * D)) as [
        Float32Array,
        Float32Array,
        Float32Array,
        Float32Array,
      ]
      const [out] = (await test.run((ops) => [
        ops.embedTokens({
          ids: ops.input([B, T], ids),
          positions: ops.input([B, T], positions),
          segments: ops.input([B, T], segments),
          words: ops.input(below(2) > 0 ? [V, D] : [1, V, D], words),
          positionTable: ops.input([M, D], positionTable),
          segmentTable: ops.input([S, D], segmentTable),
          extra: ops.input([E, D], extra),
        }),
      ])) as [Float32Array]
      const expected = new Float64Array(B * T * D)
      const tables = [f64(words), f64(positionTable), f64(segmentTable), f64(extra)] as const
      embedTokens(expected, ids, positions, segments, ...tables, { V, D })
      expectClose(`seed ${seed}: [${B}, ${T}, ${D}]`, out, expected, { absolute: 1e-6 })
    }
  })

  it('reads words in halves, exactly', async () => {
    for (let seed = 0; seed < 200; seed++) {
      const { pick, below, halves, integers } = draw(seed)
      const [T, D, V] = [pick(LENGTHS), pick(EDGES), 1 + below(40)]
      const stored = halves(V * D, pick(['f16', 'bf16']))
      const ids = integers(new Uint32Array(T), 0, V)
      const words = test.backend.constant([V, D], stored)
      const [out] = (await test.run((ops) => {
        const zeros = ops.input([1, T], new Uint32Array(T))
        const none = ops.input([1, D], new Float32Array(D))
        const tables = { words, positionTable: none, segmentTable: none, extra: ops.input([0, D], new Float32Array(0)) }
        return [ops.embedTokens({ ids: ops.input([1, T], ids), positions: zeros, segments: zeros, ...tables })]
      })) as [Float32Array]
      test.backend.free([words])
      const expected = new Float64Array(T * D)
      const none = new Float64Array(D)
      const zeros = new Uint32Array(T)
      const tables = [f64(stored.widened()), none, none, none] as const
      embedTokens(expected, ids, zeros, zeros, ...tables, { V, D })
      // A device may take what is below the normal numbers of f32 for zero.
      expectClose(`seed ${seed}: [${T}, ${D}] in ${stored.format}`, out, expected, { absolute: 2 ** -126 })
    }
  })

  it('refuses an id that has no row', async () => {
    const forward = test.session.run((ops) => {
      const zero = ops.input([1, 1], new Uint32Array(1))
      const table = ops.input([2, 4], new Float32Array(8))
      const ids = ops.input([1, 1], Uint32Array.of(2))
      const extra = ops.input([0, 4], new Float32Array(0))
      const tables = { words: table, positionTable: table, segmentTable: table, extra }
      return [ops.embedTokens({ ids, positions: zero, segments: zero, ...tables })]
    })
    await expect(forward).rejects.toMatchObject({ code: 'shape', found: '2 at place 0' })
  })
}
