import { expect, test } from 'vitest'
import { changeOf, type Readout, totalVariation } from './readouts.ts'

const readout = (...probabilities: number[]): Readout => ({
  id: 'x',
  probabilities: Float64Array.from(probabilities),
  names: ['a', 'b', 'c'],
})

test('total variation is half the summed difference', () => {
  expect(totalVariation([0.5, 0.5, 0], [0.5, 0.25, 0.25])).toBe(0.25)
  expect(totalVariation([1, 0], [0, 1])).toBe(1)
})

test('a change names the answer before and after', () => {
  expect(changeOf(readout(0.75, 0.25, 0), readout(0.25, 0.25, 0.5))).toEqual({
    best: 'a',
    before: 0.75,
    after: 0.25,
    bestAfter: 'c',
    bestAfterProbability: 0.5,
    distance: 0.5,
  })
})
