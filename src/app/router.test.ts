import { expect, test } from 'vitest'
import { parseRoute } from './router.ts'

const AROUND = ['.', ')', ',', '>', '"', "'", '”', '»', ').', '%22', '%3E', '%E2%80%9D', '?!', ']', '`']

test.each(AROUND)('an address with %s behind it is read as if it stood alone', (end) => {
  for (const hash of ['#/vision', '#/vision?lang=ru', '#/text?lang=ru&s=q1aK-_z', '#/text?present']) {
    expect(parseRoute(hash + end)).toEqual(parseRoute(hash))
  }
})

test('what a state is written in is kept to the last character', () => {
  expect(parseRoute('#/text?s=abc-_').state).toBe('abc-_')
})
