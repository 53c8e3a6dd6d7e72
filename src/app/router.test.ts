import { expect, test } from 'vitest'
import { parseRoute, routeHash } from './router.ts'

const AROUND = ['.', ')', ',', '>', '"', "'", '”', '»', ').', '%22', '%3E', '%E2%80%9D', '?!', ']', '`']

test.each(AROUND)('an address with %s behind it is read as if it stood alone', (end) => {
  for (const hash of ['#/vision', '#/vision?lang=ru', '#/text?lang=ru&s=q1aK-_z', '#/text?present']) {
    expect(parseRoute(hash + end)).toEqual(parseRoute(hash))
  }
})

test('what a state is written in is kept to the last character', () => {
  expect(parseRoute('#/text?s=abc-_').state).toBe('abc-_')
})

test('what means nothing to the page is kept to be told, and written no more', () => {
  expect(parseRoute('#/generate?1.AAAA').unread).toEqual(['1.AAAA'])
  expect(parseRoute('#/nowhere?v=9&constructor=1').unread).toEqual(['nowhere', 'v=9', 'constructor=1'])
  expect(parseRoute('#/text?present=map,mapp').unread).toEqual(['present=mapp'])
  expect(parseRoute('#/text?embed&parents=https://a.example,https://*.b,c').unread).toHaveLength(2)
  expect(routeHash(parseRoute('#/text?v=9'))).toBe('#/text')
  expect(parseRoute('').unread).toBeUndefined()
})

test.each([
  '#/text',
  '#/text?present',
  '#/text?present=map,readouts',
  '#/vision?hide=input,tools',
  '#/text?lang=ru&embed&parents=https://a.example,http://localhost:8080&s=abc',
  '#/text?present=strip,map&follow=abcd1234&lesson=what-is-special.2',
])('%s is read and written as it was', (hash) => {
  expect(parseRoute(hash).unread).toBeUndefined()
  expect(routeHash(parseRoute(hash))).toBe(hash)
})
