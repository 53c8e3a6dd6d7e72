import { describe, expect, it } from 'vitest'
import { bestOfRows, differences } from './differences.ts'

const array = (dims: number[], ...data: number[]) => ({ dims, data: Float32Array.from(data) })

describe('differences', () => {
  it('pairs heads by name and finds the largest', () => {
    const [nsp] = differences({ nsp: array([2], 1, -2) }, { nsp: array([1, 2], 1.5, -2), other: array([1, 2], 9, 9) })
    expect(nsp).toMatchObject({ head: 'nsp', most: 0.5 })
  })
  it('takes `logits` for the one head of its size, and for none where two fit', () => {
    const theirs = { logits: array([1, 3], 0, 0, 0) }
    const ours = { classifier: array([3], 0, 2, 0), nsp: array([2], 0, 0) }
    expect(differences(ours, theirs)).toMatchObject([{ head: 'classifier', most: 2 }])
    expect(differences({ a: array([3], 0, 0, 0), b: array([3], 0, 0, 0) }, theirs)).toEqual([])
  })
  it('does not lose NaN', () => {
    expect(differences({ a: array([2], Number.NaN, 0) }, { a: array([1, 2], 0, 0) })[0]?.most).toBe(Infinity)
  })
})

it('the best of each row', () => {
  expect(bestOfRows([1, 3, 2, 9, 0, -1], 3)).toEqual([1, 0])
})
