import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { latest } from './latest.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Requests every `pause` ms, `count` in all, of runs that take `slow` ms. @returns what was delivered, and when */
async function burst(count: number, pause: number, slow: number, atLeastEvery?: number) {
  const began = performance.now()
  const shown: { request: number; at: number }[] = []
  const runs = latest<number, void>(
    () => new Promise((resolve) => setTimeout(resolve, slow)),
    (_, request) => shown.push({ request, at: performance.now() - began }),
    (error) => {
      throw error
    },
    { atLeastEvery },
  )
  for (let request = 1; request <= count; request++) {
    runs.request(request)
    await vi.advanceTimersByTimeAsync(pause)
  }
  await vi.advanceTimersByTimeAsync(2 * slow)
  await runs.idle()
  return shown
}

test('a run that was overtaken is not delivered', async () => {
  const shown = await burst(20, 10, 100)
  expect(shown).toHaveLength(1)
  expect(shown[0]?.request).toBe(20)
})

test.each([100, 250, 400, 900])(
  'of 200 fast edits with runs of %i ms, one is delivered at least every second',
  async (slow) => {
    const shown = await burst(200, 85, slow, 1000)
    expect(shown.at(-1)?.request).toBe(200)
    const times = [0, ...shown.map(({ at }) => at)]
    const pauses = times.slice(1).map((at, i) => at - (times[i] as number))
    expect(Math.max(...pauses)).toBeLessThanOrEqual(1000)
    // Newest wins: what is delivered was asked for later and later.
    const requests = shown.map(({ request }) => request)
    expect(requests).toEqual([...requests].sort((a, b) => a - b))
  },
)

test('where a single run takes longer, every one that ends is delivered', async () => {
  const shown = await burst(10, 1000, 3000, 1000)
  expect(shown.map(({ request }) => request)).toEqual([1, 3, 6, 9, 10])
})
