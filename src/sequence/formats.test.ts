import { expect, test } from 'vitest'
import { TEXT_FORMATS } from './formats.ts'
import { MAX_SEGMENTS } from './text.ts'

test('every format can be built, and has its own id', () => {
  for (const { segments } of TEXT_FORMATS) expect(segments.length).toBeLessThanOrEqual(MAX_SEGMENTS)
  expect(TEXT_FORMATS.map((format) => format.segments.length)).toEqual([1, 2, 2, 4, 3])
  expect(new Set(TEXT_FORMATS.map((format) => format.id)).size).toBe(TEXT_FORMATS.length)
})
