import { expect, test } from 'vitest'
import { kindCells, kindTable } from './kinds.ts'

const TOKENS = [
  { key: 7, kind: 'cls' as const },
  { key: 8, kind: 'word' as const },
  { key: 9, kind: 'word' as const },
]

test('counts readable cells by pairs of kinds', () => {
  const { kinds, pairs } = kindTable(TOKENS, Uint8Array.from([1, 0, 1, 1, 1, 0, 1, 1, 0]))
  expect(kinds).toEqual(['cls', 'word'])
  expect(pairs).toEqual([
    { query: 'cls', key: 'cls', open: 1, all: 1 },
    { query: 'cls', key: 'word', open: 1, all: 2 },
    { query: 'word', key: 'cls', open: 2, all: 2 },
    { query: 'word', key: 'word', open: 2, all: 4 },
  ])
})

test('paints every cell of a pair', () => {
  expect(kindCells(TOKENS, ['cls'], ['word'], 'all', false)).toEqual([
    { layer: 'all', query: 7, key: 8, readable: false },
    { layer: 'all', query: 7, key: 9, readable: false },
  ])
})
