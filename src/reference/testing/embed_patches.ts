import { it } from 'vitest'
import { embedPatches } from '../embed_patches.ts'
import { draw, expectClose, f64 } from './cases.ts'
import type { Subject } from './subject.ts'

export function embedPatchesTests(test: Subject): void {
  it('agrees with its twin for any picture, patch and order of tokens', async () => {
    for (let seed = 0; seed < 210; seed++) {
      const { pick, below, floats, integers } = draw(seed)
      const large = seed === 0
      const [B, C, P] = large ? [1, 3, 16] : [pick([1, 1, 2]), pick([1, 3, 4]), pick([1, 2, 3, 4, 7, 8])]
      // A rest at the right and the bottom belongs to no patch.
      const Hpx = large ? 224 : P * (1 + below(6)) + below(P)
      const Wpx = large ? 224 : P * (1 + below(6)) + below(P)
      const [T, D] = large ? [201, 64] : [pick([1, 2, 5, 15, 16, 17, 33]), pick([1, 2, 3, 4, 5, 7, 8, 16, 33, 64])]
      const patchRow = Math.floor(Wpx / P)
      const N = patchRow * Math.floor(Hpx / P)
      const [S, M] = [1 + below(5), 1 + below(40)]
      const pixels = floats(B * C * Hpx * Wpx)
      const kernel = floats(D * C * P * P, 1 / P)
      const [bias, specials, positionTable] = [floats(D), floats(S * D), floats(M * D)]
      const sources = integers(new Int32Array(B * T), -S, N)
      const positions = integers(new Int32Array(B * T), -1, M)
      const [out] = (await test.run((ops) => [
        ops.embedPatches({
          pixels: ops.input([B, C, Hpx, Wpx], pixels),
          kernel: ops.input([D, C, P, P], kernel),
          bias: ops.input([D], bias),
          specials: ops.input([S, D], specials),
          positionTable: ops.input([M, D], positionTable),
          sources: ops.input([B, T], sources),
          positions: ops.input([B, T], positions),
        }),
      ])) as [Float32Array]
      const expected = new Float64Array(B * T * D)
      const floatsIn = [f64(pixels), f64(kernel), f64(bias), f64(specials), f64(positionTable)] as const
      embedPatches(expected, ...floatsIn, sources, positions, { B, T, D, C, P, Hpx, Wpx, patchRow })
      expectClose(`seed ${seed}: [${B}, ${C}, ${Hpx}, ${Wpx}], P ${P}, T ${T}, D ${D}`, out, expected, {
        absolute: 1e-5 * (1 + Math.sqrt(C)),
      })
    }
  })
}
