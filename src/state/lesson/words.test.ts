import { expect, it } from 'vitest'
import { sayLesson } from './words.ts'

const lesson = {
  words: { en: { told: '{share, number, percent} of {count, plural, one {# token} other {# tokens}}' } },
}

it.each([
  [0.5, '50.0 %'],
  [0.00002, '< 0.1 %'],
  [0.99998, '> 99.9 %'],
  [1, '100 %'],
  [0, '0 %'],
])('a share of %f is written as everywhere on the page', (share, written) => {
  expect(sayLesson(lesson, 'told', { share, count: 2 })).toBe(`${written} of 2 tokens`)
})

it('what the run cannot tell is no number', () => {
  expect(sayLesson(lesson, 'told', { share: null, count: 1 })).not.toMatch(/NaN|\d %/)
})
