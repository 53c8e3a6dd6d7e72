import { expect, test } from 'vitest'
import { keyEffect } from './key_effect.ts'
import type { Readout } from './readouts.ts'

const readout = (id: string, ...scores: number[]): Readout => ({
  id,
  head: id,
  scoring: 'softmax',
  scores: Float64Array.from(scores),
  names: ['no', 'yes'],
})
const last = (...data: number[]) => ({ dims: [2, 2], data: Float32Array.from(data) })

test('the answer that moved most is named, with its probabilities in both runs', () => {
  const effect = keyEffect(
    { readouts: [readout('a', 0.5, 0.5), readout('b', 0.1, 0.9)], last: last(1, 0, 0, 1) },
    { readouts: [readout('b', 0.6, 0.4), readout('a', 0.45, 0.55)], last: last(0, 1, 0, 2) },
  )
  expect(effect.answer?.readout.id).toBe('b')
  expect(effect.answer).toMatchObject({ best: 'yes', before: 0.9, after: 0.4, bestAfter: 'no' })
  expect(effect.answer?.distance).toBeCloseTo(0.5)
  expect(Array.from(effect.cosines)).toEqual([0, 1])
})

test('a model without answers has an effect on its hidden states only', () => {
  const same = { readouts: [], last: last(1, 2, 3, 4) }
  const effect = keyEffect(same, same)
  expect(effect.answer).toBeNull()
  expect(effect.cosines[0]).toBeCloseTo(1)
})
