import { expect, it } from 'vitest'
import { centred, closestPair } from './similarity.ts'

it('takes the common part away', () => {
  const [a, b] = centred([Float32Array.from([1, 10]), Float32Array.from([3, 10])])
  expect([...(a ?? []), ...(b ?? [])]).toEqual([-1, 0, 1, 0])
})

it('finds the closest pair and the mean of all', () => {
  const cosines = Float32Array.from([1, 0.5, -0.25, 0.5, 1, 0.75, -0.25, 0.75, 1])
  expect(closestPair(cosines, 3)).toEqual({ a: 1, b: 2, value: 0.75, mean: 1 / 3 })
})
