import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { insert, remove, setStatus } from './edit.ts'
import { DEFAULT_MASK, paint } from './mask.ts'
import { fromImage, type Grid, patchAt, patchCount, patchKeys } from './patches.ts'
import { patchUnder, regrid } from './regrid.ts'
import type { Sequence } from './token.ts'

const side = fc.integer({ min: 1, max: 9 })
const grids = fc.record({ rows: side, columns: side })
const statuses = ({ tokens }: Sequence) => tokens.map(({ kind, label, status }) => [kind, label, status])

describe('regrid', () => {
  it('to the same grid changes nothing but the keys of patches', () => {
    fc.assert(
      fc.property(grids, fc.array(fc.nat(80)), (grid, chosen) => {
        const sequence = remove(fromImage(grid, 2), patchKeys(fromImage(grid, 2), chosen))
        expect(statuses(regrid(sequence, DEFAULT_MASK, grid, grid).sequence)).toEqual(statuses(sequence))
      }),
    )
  })

  it('has every patch of the new grid once, in order, with keys of their own', () => {
    fc.assert(
      fc.property(grids, grids, (from, to) => {
        const { tokens, nextKey } = regrid(fromImage(from, 3), DEFAULT_MASK, from, to).sequence
        const patches = tokens.flatMap(({ origin }) => (origin.type === 'patch' ? [origin.patch] : []))
        expect(patches).toEqual(Array.from({ length: patchCount(to) }, (_, patch) => patch))
        expect(new Set(tokens.map(({ key }) => key)).size).toBe(tokens.length)
        expect(Math.max(...tokens.map(({ key }) => key))).toBeLessThan(nextKey)
      }),
    )
  })

  it('gives what was done to a quarter of the picture to the same quarter', () => {
    const [from, to]: Grid[] = [
      { rows: 2, columns: 2 },
      { rows: 4, columns: 4 },
    ]
    if (!from || !to) throw new Error('two grids')
    const whole = fromImage(from, 1)
    const edited = setStatus(remove(whole, patchKeys(whole, [0])), patchKeys(whole, [3]), 'masked')
    const { sequence } = regrid(edited, DEFAULT_MASK, from, to)
    const of = (status: string) =>
      sequence.tokens.flatMap(({ origin, status: own }) =>
        origin.type === 'patch' && own === status ? [origin.patch] : [],
      )
    expect(of('removed')).toEqual([0, 1, 4, 5])
    expect(of('masked')).toEqual([10, 11, 14, 15])
    expect(patchUnder(patchAt(2, 1, to), from, to)).toBe(2)
  })

  it('keeps inserted tokens and their keys, and says how many painted cells are lost', () => {
    const grid = { rows: 2, columns: 2 }
    const start = { type: 'zeros' as const }
    const whole = insert(fromImage(grid, 0), 1, { kind: 'register', id: null, label: '[REG1]', start })
    const [cls, register, patch] = whole.tokens.map(({ key }) => key) as [number, number, number]
    const mask = paint(DEFAULT_MASK, [
      { layer: 'all', query: cls, key: register, readable: false },
      { layer: 'all', query: cls, key: patch, readable: false },
    ])
    const moved = regrid(whole, mask, grid, { rows: 3, columns: 3 })
    expect(moved.sequence.tokens.slice(0, 2)).toEqual(whole.tokens.slice(0, 2))
    expect(moved.mask.paint).toEqual([{ layer: 'all', query: cls, key: register, readable: false }])
    expect(moved.lostCells).toBe(1)
  })
})
