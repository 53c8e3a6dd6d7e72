import { expect, test } from 'vitest'
import { longestPart } from './link_length.ts'

test('a photo is what makes a link long', () => {
  expect(longestPart({ lab: 'vision', photo: 'x'.repeat(1000), look: undefined })).toMatchObject({ name: 'photo' })
  expect(longestPart({ lab: 'vision', photo: 'x'.repeat(1000) })?.share).toBeGreaterThan(0.9)
  expect(longestPart({})).toBeNull()
})
