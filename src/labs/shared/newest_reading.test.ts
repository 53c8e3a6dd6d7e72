import { expect, it } from 'vitest'
import { newestReading } from './newest_reading.ts'

/** A reading that ends when it is told to. */
function pending() {
  let resolve = (_: string): void => {}
  let reject = (_: Error): void => {}
  const promise = new Promise<string>((resolves, rejects) => {
    resolve = resolves
    reject = rejects
  })
  return { promise, resolve, reject }
}

function reader() {
  const told: unknown[] = []
  const taken: string[] = []
  const states: boolean[] = []
  const { read, overtake } = newestReading({
    onReading: (reading) => states.push(reading),
    fail: (thrown) => told.push(thrown),
  })
  const show = (load: () => Promise<string>) => read(load, async (input) => void taken.push(input))
  return { told, taken, states, show, overtake }
}

it('takes the newest input alone, however long an older one takes', async () => {
  const { show, taken, told, states } = reader()
  const slow = pending()
  const first = show(() => slow.promise)
  expect(await show(async () => 'new')).toBeNull()
  slow.resolve('old')
  expect(await first).toBeNull()
  expect(taken).toEqual(['new'])
  expect(told).toEqual([])
  expect(states).toEqual([true, true, false])
})

it('tells why the newest cannot be read, and not why an older one could not', async () => {
  const { show, taken, told, states } = reader()
  const slow = pending()
  const first = show(() => slow.promise)
  const broken = new Error('broken')
  expect(await show(() => Promise.reject(broken))).toBe(broken)
  slow.reject(new Error('late'))
  expect(await first).toBeNull()
  expect(taken).toEqual([])
  expect(told).toEqual([broken])
  expect(states.at(-1)).toBe(false)
})

it('shows nothing that was on its way when another input came by itself', async () => {
  const { show, overtake, taken, states } = reader()
  const slow = pending()
  const first = show(() => slow.promise)
  overtake()
  slow.resolve('old')
  expect(await first).toBeNull()
  expect(taken).toEqual([])
  expect(states).toEqual([true, false])
})
