import { describe, expect, test } from 'vitest'
import { joined, maskOf, withValue } from './rules.ts'

const STACK = { layers: 4, heads: 2 }

test('a range of all layers is no range', () => {
  const { rules } = maskOf([{ text: 'k <= q', layers: [0, 3], heads: [1, 1] }], [], STACK)
  expect(rules).toEqual([{ type: 'formula', formula: ['<=', 'k', 'q'], heads: [1] }])
})

test('a range beyond the model is cut to it', () => {
  const { rules } = maskOf([{ text: 'k <= q', layers: [2, 9] }], [], STACK)
  expect(rules).toMatchObject([{ layers: [2, 3] }])
})

describe('joined rules', () => {
  test('keep their constants apart', () => {
    expect(joined('q - k < w where w = 4', 'or', 'abs(q - k) <= w where w = 2')).toBe(
      'q - k < w or abs(q - k) <= w2 where w = 4, w2 = 2',
    )
    expect(joined('q < n where n = 1', 'and not', 'k < n where n = 1')).toBe('q < n and not k < n where n = 1')
  })

  test('put brackets where they are needed', () => {
    expect(joined('q < 1 or k < 1', 'and', 'k <= q or q < 3')).toBe('(q < 1 or k < 1) and (k <= q or q < 3)')
  })
})

test('another value of a constant', () => {
  expect(withValue({ text: 'k < n where n = 4', heads: [0, 0] }, 'n', 9)).toEqual({
    text: 'k < n where n = 9',
    heads: [0, 0],
  })
})
