import { expect, it } from 'vitest'
import { alignByKey } from './align.ts'

const show = (a: number[], b: number[]) => alignByKey(a, b).map((row) => `${row.key}:${row.a ?? '-'}${row.b ?? '-'}`)

it('pairs tokens by key, wherever they stand', () => {
  expect(show([0, 1, 2], [0, 1, 2])).toEqual(['0:00', '1:11', '2:22'])
  expect(show([0, 1, 2], [2, 0, 1])).toEqual(['2:20', '0:01', '1:12'])
})

it('keeps what only one side has, where it stood', () => {
  expect(show([0, 1, 2], [0, 2, 9])).toEqual(['0:00', '1:1-', '2:21', '9:-2'])
  expect(show([7, 8, 1], [1, 3])).toEqual(['7:0-', '8:1-', '1:20', '3:-1'])
  expect(show([], [4])).toEqual(['4:-0'])
})
