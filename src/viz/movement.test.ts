import { expect, test } from 'vitest'
import { alignByKey } from '../core/align.ts'
import { gainAndLoss, type HeadMovement, layerMovement } from './movement.ts'

test('the same maps have not moved', () => {
  const map = Float32Array.of(0.25, 0.75, 1, 0)
  const [head] = layerMovement(alignByKey([1, 2], [1, 2]), { map, tokens: 2 }, { map, tokens: 2 }, 3)
  expect(head).toMatchObject({ layer: 3, head: 0, distance: 0 })
})

test('a head that turns from one token to another has moved by all of it', () => {
  const before = { map: Float32Array.of(1, 0, 1, 0), tokens: 2 }
  const after = { map: Float32Array.of(0, 1, 0, 1), tokens: 2 }
  const [head] = layerMovement(alignByKey([1, 2], [1, 2]), before, after, 0) as [HeadMovement]
  expect(head.distance).toBe(1)
  expect(gainAndLoss(head)).toEqual({ lost: 0, gained: 1 })
  expect([head.before[0], head.after[1]]).toEqual([1, 1])
})

test('an inserted token takes from the others, and its own row counts for no query', () => {
  const before = { map: Float32Array.of(1), tokens: 1 }
  const after = { map: Float32Array.of(0.25, 0.75, 0, 1), tokens: 2 }
  const [head] = layerMovement(alignByKey([7], [7, 8]), before, after, 0) as [HeadMovement]
  expect(head.distance).toBeCloseTo(0.75)
  expect(gainAndLoss(head)).toEqual({ lost: 0, gained: 1 })
  expect(head.after[1]).toBeCloseTo(0.875)
})

test('each head of a layer by itself; a run that reads nothing gives zeros', () => {
  const before = { map: Float32Array.of(1, 0), tokens: 1 }
  const after = { map: Float32Array.of(1, 1), tokens: 1 }
  const heads = layerMovement(alignByKey([1], [1]), before, after, 0)
  expect(heads.map(({ distance }) => distance)).toEqual([0, 0.5])
  expect(heads[1]?.before[0]).toBe(0)
})
