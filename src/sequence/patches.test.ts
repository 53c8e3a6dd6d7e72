import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { insert, remove } from './edit.ts'
import {
  addRegisters,
  blockPatches,
  fromImage,
  patchAt,
  patchCount,
  patchesByAttention,
  patchGrid,
  patchKeys,
  patchPlace,
  randomPatches,
  setUntrainedRegisters,
  untrainedRegisters,
} from './patches.ts'
import { UNTRAINED } from './testing/arbitrary.ts'

const grids = fc.record({ rows: fc.integer({ min: 1, max: 16 }), columns: fc.integer({ min: 1, max: 16 }) })
const ratios = fc.double({ min: 0, max: 1, noNaN: true })

describe('patch arithmetic', () => {
  test('256 × 256 pixels in patches of 32 × 32 give 64', () => {
    expect(patchCount(patchGrid(256, 256, 32))).toBe(64)
    expect(patchGrid(33, 100, 16)).toEqual({ rows: 2, columns: 6 })
  })

  test('row and column lead back to the patch', () => {
    fc.assert(
      fc.property(grids, fc.nat(), (grid, any) => {
        const patch = any % patchCount(grid)
        const { row, column } = patchPlace(patch, grid)
        expect(row < grid.rows && column < grid.columns).toBe(true)
        expect(patchAt(row, column, grid)).toBe(patch)
      }),
    )
  })
})

describe('pictures', () => {
  test('are CLS, registers and patches row by row', () => {
    const { tokens } = fromImage({ rows: 2, columns: 2 }, 2)
    expect(tokens.map((token) => token.label).join(' ')).toBe('[CLS] [REG1] [REG2] 1,1 1,2 2,1 2,2')
    expect(tokens.map((token) => token.id)).toEqual([0, 1, 2, null, null, null, null])
  })

  test('untrained registers come behind the trained ones, or behind CLS', () => {
    const starts = [{ type: 'zeros' }, { type: 'mean' }] as const
    const names = (registers: number) =>
      addRegisters(fromImage({ rows: 1, columns: 1 }, registers), starts)
        .tokens.map((token) => token.label)
        .join(' ')
    expect(names(0)).toBe('[CLS] [REG1] [REG2] 1,1')
    expect(names(1)).toBe('[CLS] [REG1] [REG2] [REG3] 1,1')
  })

  test('untrained registers are counted up and down; the trained ones and their own keys stay', () => {
    const zeros = { type: 'zeros' } as const
    const mean = { type: 'mean' } as const
    const picture = fromImage({ rows: 1, columns: 2 }, 2)
    const three = setUntrainedRegisters(picture, [zeros, zeros, mean])
    expect(untrainedRegisters(three).map(({ start }) => start)).toEqual([zeros, zeros, mean])
    const two = setUntrainedRegisters(three, [mean, zeros])
    expect(untrainedRegisters(two).map(({ start }) => start)).toEqual([mean, zeros])
    expect(untrainedRegisters(two).map(({ key }) => key)).toEqual(
      untrainedRegisters(three)
        .slice(0, 2)
        .map(({ key }) => key),
    )
    expect(setUntrainedRegisters(two, []).tokens).toEqual(picture.tokens)
  })

  test('the keys of patches are found wherever they moved', () => {
    const picture = insert(fromImage({ rows: 2, columns: 2 }, 1), 0, UNTRAINED)
    expect(patchKeys(picture, [0, 3, 99])).toEqual([2, 5])
    expect(remove(picture, patchKeys(picture, [0, 1, 2, 3])).tokens.filter((t) => t.status === 'read')).toHaveLength(3)
  })
})

describe('choices of patches', () => {
  test('random: the ratio, without repetition, the same for the same seed', () => {
    fc.assert(
      fc.property(fc.nat(200), ratios, fc.nat(), (patches, ratio, seed) => {
        const chosen = randomPatches(patches, ratio, seed)
        expect(chosen).toHaveLength(Math.round(patches * ratio))
        expect(new Set(chosen).size).toBe(chosen.length)
        expect(chosen.every((patch) => patch >= 0 && patch < patches)).toBe(true)
        expect(randomPatches(patches, ratio, seed)).toEqual(chosen)
      }),
    )
  })

  test('random: every patch is equally likely', () => {
    const hits = new Array<number>(8).fill(0)
    for (let seed = 0; seed < 4000; seed++) for (const p of randomPatches(8, 0.25, seed)) hits[p] = (hits[p] ?? 0) + 1
    for (const count of hits) expect(Math.abs(count - 1000)).toBeLessThan(120) // four standard deviations are 110
  })

  test('block: a full rectangle inside the grid, of the ratio to half a column', () => {
    fc.assert(
      fc.property(grids, ratios, fc.nat(), (grid, ratio, seed) => {
        const chosen = blockPatches(grid, ratio, seed)
        const wanted = Math.round(patchCount(grid) * ratio)
        if (wanted === 0) {
          expect(chosen).toEqual([])
          return
        }
        const places = chosen.map((patch) => patchPlace(patch, grid))
        const rows = new Set(places.map((place) => place.row))
        const columns = new Set(places.map((place) => place.column))
        expect(new Set(chosen).size).toBe(rows.size * columns.size)
        expect(Math.max(...rows) - Math.min(...rows)).toBe(rows.size - 1)
        expect(Math.max(...columns) - Math.min(...columns)).toBe(columns.size - 1)
        expect(Math.max(...rows)).toBeLessThan(grid.rows)
        expect(Math.abs(chosen.length - wanted)).toBeLessThanOrEqual(rows.size / 2)
      }),
    )
  })

  test('by attention: the most or the least read', () => {
    const scores = new Float32Array([0.1, 0.4, 0.1, 0.3])
    expect(patchesByAttention(scores, 0.5, 'most')).toEqual([1, 3])
    expect(patchesByAttention(scores, 0.5, 'least')).toEqual([0, 2])
    expect(patchesByAttention(scores, 0.25, 'least')).toEqual([0])
  })

  test('a ratio outside 0 to 1 is an input error', () => {
    expect(() => randomPatches(4, 1.5, 0)).toThrow(/found 1.5; expected a number from 0 to 1/)
    expect(() => blockPatches({ rows: 2, columns: 2 }, Number.NaN, 0)).toThrow(/found NaN/)
  })
})
