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
  it('takes start and end of a graph for the two columns of a span', () => {
    const ours = { span: array([3, 2], 1, 2, 3, 4, 5, 6), last_hidden_state: array([3, 1], 0, 0, 0) }
    const theirs = { start_logits: array([1, 3], 1, 3, 5), end_logits: array([1, 3], 2, 4, 6.5) }
    expect(differences(ours, theirs)).toMatchObject([{ head: 'span', most: 0.5, theirs: { dims: [3, 2] } }])
    expect(differences(ours, { start_logits: array([1, 3], 1, 3, 5) })).toEqual([])
  })
  it('does not lose NaN', () => {
    expect(differences({ a: array([2], Number.NaN, 0) }, { a: array([1, 2], 0, 0) })[0]?.most).toBe(Infinity)
  })
})

it('the best of each row', () => {
  expect(bestOfRows([1, 3, 2, 9, 0, -1], 3)).toEqual([1, 0])
})
