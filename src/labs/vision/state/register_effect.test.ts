import { expect, test } from 'vitest'
import { registerEffect } from './register_effect.ts'

/** Norms that differ as norms do, and some high ones. */
const norms = (standingOut: number) => [
  ...Array.from({ length: 60 }, (_, i) => 10 + Math.sin(i)),
  ...Array.from({ length: standingOut }, () => 40),
]

test('where no norm is high in either model, that is what is said', () => {
  expect(registerEffect(norms(0), norms(0))).toEqual({ kind: 'none', without: 0, with: 0 })
})

test('fewer high norms are the effect; as many, or more, are none', () => {
  expect(registerEffect(norms(4), norms(1))).toEqual({ kind: 'fewer', without: 4, with: 1 })
  expect(registerEffect(norms(4), norms(0))).toMatchObject({ kind: 'fewer', with: 0 })
  expect(registerEffect(norms(2), norms(2))).toMatchObject({ kind: 'no-fewer' })
  expect(registerEffect(norms(0), norms(3))).toEqual({ kind: 'no-fewer', without: 0, with: 3 })
})

test('what stands out from an even crowd is no high norm', () => {
  expect(registerEffect([...norms(0), 24, 24], norms(0))).toEqual({ kind: 'none', without: 0, with: 0 })
})

test('a difference within the spread is none: the longest patch of one may be longer than that of the other', () => {
  expect(registerEffect([...norms(0), 11.5], norms(0)).kind).toBe('none')
})
