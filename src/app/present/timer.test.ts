import { expect, test } from 'vitest'
import { clock, elapsed, RESET, toggled } from './timer.ts'

test('a pause is not counted', () => {
  const started = toggled(RESET, 1000)
  const stopped = toggled(started, 61_000)
  expect(elapsed(stopped, 500_000)).toBe(60_000)
  expect(elapsed(toggled(stopped, 500_000), 505_000)).toBe(65_000)
})

test('minutes go past an hour', () => {
  expect([0, 59_999, 60_000, 4_205_000].map(clock)).toEqual(['0:00', '0:59', '1:00', '70:05'])
})
