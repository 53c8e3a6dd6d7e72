import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellsInView, fitCell, thinLabels, withLabel } from './layout.ts'

describe('cellsInView', () => {
  it('names the first and last cell a window touches', () => {
    expect(cellsInView(0, 100, 20, 30)).toEqual({ first: 0, last: 4 })
    expect(cellsInView(30, 100, 20, 30)).toEqual({ first: 1, last: 6 })
    expect(cellsInView(0, 100, 20, 3)).toEqual({ first: 0, last: 2 })
  })
})

describe('fitCell', () => {
  it('fills the room in whole pixels, within limits', () => {
    expect(fitCell(600, 13, 1, 60)).toBe(46)
    expect(fitCell(600, 2, 1, 60)).toBe(60)
    expect(fitCell(600, 512, 0.5, 60)).toBeCloseTo(600 / 512)
  })
})

describe('withLabel', () => {
  it('puts one label in the place of those that would overlap it', () => {
    expect(withLabel([0, 3, 6, 9], 4, 5, 15)).toEqual([0, 4, 9])
    expect(withLabel([0, 3, 6, 9], 3, 5, 15)).toEqual([0, 3, 6, 9])
  })
})

describe('thinLabels', () => {
  it('keeps all where there is room', () => {
    expect(thinLabels(2, 5, 20, 15, () => false)).toEqual([2, 3, 4, 5])
  })

  it('keeps the important ones first', () => {
    expect(thinLabels(0, 5, 5, 15, (i) => i === 4)).toEqual([0, 4])
  })

  it('never lets two labels overlap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.double({ min: 0.5, max: 30, noNaN: true }),
        fc.array(fc.nat(299)),
        (count, cell, marked) => {
          const shown = thinLabels(0, count - 1, cell, 15, (i) => marked.includes(i))
          expect(shown.length).toBeGreaterThan(0)
          for (let i = 1; i < shown.length; i++) {
            expect(((shown[i] ?? 0) - (shown[i - 1] ?? 0)) * cell).toBeGreaterThanOrEqual(15 - 1e-9)
          }
        },
      ),
    )
  })
})
