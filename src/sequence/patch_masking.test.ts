import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choosePatches, silencedPatches, silencePatches } from './patch_masking.ts'
import { fromImage, patchCount } from './patches.ts'
import { active } from './token.ts'

const side = fc.integer({ min: 1, max: 10 })
const grids = fc.record({ rows: side, columns: side })
const ratios = fc.double({ min: 0, max: 1, noNaN: true })

describe('choosePatches', () => {
  it('takes the share asked for, each patch once, the same for the same seed', () => {
    const strategies = fc.constantFrom('random' as const, 'most' as const, 'least' as const)
    fc.assert(
      fc.property(grids, ratios, strategies, fc.integer(), (grid, ratio, strategy, seed) => {
        const scores = Float32Array.from({ length: patchCount(grid) }, (_, i) => (i * 7919) % 13)
        const chosen = choosePatches(grid, { strategy, ratio, seed, scores })
        expect(new Set(chosen).size).toBe(Math.round(ratio * patchCount(grid)))
        expect(choosePatches(grid, { strategy, ratio, seed, scores })).toEqual(chosen)
      }),
    )
  })

  it('starts with what is read most, or least', () => {
    const grid = { rows: 1, columns: 4 }
    const scores = [0.1, 0.4, 0.2, 0.3]
    expect(choosePatches(grid, { strategy: 'most', ratio: 0.5, seed: 0, scores })).toEqual([1, 3])
    expect(choosePatches(grid, { strategy: 'least', ratio: 0.5, seed: 0, scores })).toEqual([0, 2])
  })

  it('needs the attention for that', () => {
    expect(() => choosePatches({ rows: 2, columns: 2 }, { strategy: 'most', ratio: 0.5, seed: 0 })).toThrow('0 values')
  })
})

describe('silencePatches', () => {
  it('silences these and no other, whatever was silent before', () => {
    const lists = fc.array(fc.nat(8))
    fc.assert(
      fc.property(lists, lists, fc.constantFrom('removed' as const, 'masked' as const), (before, after, as) => {
        const sequence = silencePatches(fromImage({ rows: 3, columns: 3 }, 2), before, 'masked')
        const silenced = silencePatches(sequence, after, as)
        const wanted = [...new Set(after)].sort((a, b) => a - b)
        expect(silencedPatches(silenced)).toEqual(wanted)
        expect(active(silenced).length).toBe(as === 'removed' ? 12 - wanted.length : 12)
      }),
    )
  })

  it('of none is the whole picture again', () => {
    const whole = fromImage({ rows: 2, columns: 3 }, 1)
    expect(silencePatches(silencePatches(whole, [1, 4], 'removed'), [], 'removed')).toEqual(whole)
  })
})
