import { expect, it } from 'vitest'
import { ACTIVATIONS, erf } from './activation.ts'

/** Abramowitz and Stegun 1964, 7.1.6: a series of positive terms. */
function erfSeries(x: number): number {
  let term = x
  let sum = x
  for (let n = 1; n < 200; n++) {
    term *= (2 * x * x) / (2 * n + 1)
    sum += term
  }
  return ((2 * sum) / Math.sqrt(Math.PI)) * Math.exp(-x * x)
}

it('computes erf to 2e-8', () => {
  for (let x = -6; x <= 6; x += 0.01) expect(Math.abs(erf(x) - erfSeries(x))).toBeLessThan(2e-8)
})

it('is finite far out', () => {
  for (const activation of Object.values(ACTIVATIONS)) {
    for (const x of [-1e4, -90, 90, 1e4]) expect(Number.isFinite(activation(x))).toBe(true)
  }
  expect([ACTIVATIONS.gelu(-90), ACTIVATIONS.gelu(90)].map((y) => y + 0)).toEqual([0, 90])
})
