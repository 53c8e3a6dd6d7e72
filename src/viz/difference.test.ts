import { expect, it } from 'vitest'
import { alignByKey } from '../core/align.ts'
import { mapDifference, stateCosines } from './difference.ts'

// A has tokens 0 and 1; B has 1 and 2.
const ROWS = alignByKey([0, 1], [1, 2])

it('subtracts where both runs have query and key, and says nothing elsewhere', () => {
  const a = { matrix: Float32Array.from([0.9, 0.1, 0.25, 0.75]), tokens: 2 }
  const b = { matrix: Float32Array.from([0.5, 0.5, 1, 0]), tokens: 2 }
  expect(ROWS.map(({ key }) => key)).toEqual([0, 1, 2])
  const difference = mapDifference(ROWS, a, b)
  expect(difference[4]).toBe(-0.25) // token 1 reads itself: 0.5 in B, 0.75 in A
  expect([...difference].filter(Number.isNaN)).toHaveLength(8)
})

it('compares hidden states layer by layer', () => {
  const a = [Float32Array.from([1, 0, 0, 1]), Float32Array.from([1, 0, 3, 0])]
  const b = [Float32Array.from([0, 5, 1, 1]), Float32Array.from([-1, 0, 1, 1])]
  expect([...stateCosines(ROWS, a, b, 2)]).toEqual([Number.NaN, Number.NaN, 1, -1, Number.NaN, Number.NaN])
})
