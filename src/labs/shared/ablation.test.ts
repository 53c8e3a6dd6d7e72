import { expect, test } from 'vitest'
import { toggledHead, toggledLayer } from './ablation.ts'

test('a head goes off and on again', () => {
  const off = toggledHead([[0, 1]], 1, 0)
  expect(off).toEqual([
    [0, 1],
    [1, 0],
  ])
  expect(toggledHead(off, 0, 1)).toEqual([[1, 0]])
})

test('a layer goes off whole, whatever of it was off, and on again', () => {
  const off = toggledLayer(
    [
      [1, 1],
      [0, 0],
    ],
    1,
    2,
  )
  expect(off).toEqual([
    [0, 0],
    [1, 0],
    [1, 1],
  ])
  expect(toggledLayer(off, 1, 2)).toEqual([[0, 0]])
})
