/** A worker whose script cannot be fetched: those that wait are told, and the next call asks for it again. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { EngineClient } from './client.ts'
import { Reader } from './reader.ts'

interface Message {
  id: number
  call: string
}

/** Workers that were opened, and what each was sent; one answers what it is told to. */
class FakeWorker {
  static readonly opened: FakeWorker[] = []
  readonly sent: Message[] = []
  onmessage?: (event: { data: unknown }) => void
  onerror?: (event: { message?: string }) => void
  terminated = false

  constructor() {
    FakeWorker.opened.push(this)
  }
  postMessage(message: Message): void {
    this.sent.push(message)
  }
  terminate(): void {
    this.terminated = true
  }
  answer(result: unknown): void {
    const last = this.sent.at(-1)
    this.onmessage?.({ data: { type: 'result', id: last?.id, result } })
  }
}

const worker = (n: number) => FakeWorker.opened.at(n) as FakeWorker
const unfetched = { code: 'fetch', message: expect.stringContaining('part of the page could not be fetched') }

beforeEach(() => {
  FakeWorker.opened.length = 0
  vi.stubGlobal('Worker', FakeWorker)
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const nobody = { status() {}, progress() {}, fault: vi.fn() }

test('the engine is asked for again by the next call', async () => {
  const client = new EngineClient(nobody)
  const first = client.call('stats', null)
  worker(0).onerror?.({})
  await expect(first).rejects.toMatchObject(unfetched)
  expect(nobody.fault).not.toHaveBeenCalled()
  const second = client.call('stats', null)
  expect(FakeWorker.opened).toHaveLength(2)
  worker(1).answer('here')
  expect(await second).toBe('here')
})

test('an engine that crashed is not started over: its models are gone with it', async () => {
  const client = new EngineClient(nobody)
  const call = client.call('stats', null)
  worker(0).onerror?.({ message: 'out of memory' })
  await expect(call).rejects.toMatchObject({ code: 'internal', found: 'out of memory' })
  expect(nobody.fault).toHaveBeenCalledOnce()
})

test('the reader comes back with the tokenizers that it had', async () => {
  const reader = new Reader()
  const tokenizer = reader.call('tokenizer', { model: 'm', json: '{}' })
  worker(0).answer({ specials: {}, labels: [] })
  await tokenizer
  const pieces = reader.call('pieces', { model: 'm', texts: ['a'] })
  worker(0).onerror?.({})
  await expect(pieces).rejects.toMatchObject(unfetched)
  expect(worker(0).terminated).toBe(true)
  const again = reader.call('pieces', { model: 'm', texts: ['a'] })
  expect(worker(1).sent.map(({ call }) => call)).toEqual(['tokenizer', 'pieces'])
  worker(1).answer([[]])
  expect(await again).toEqual([[]])
})

test('a reader that takes too long is ended, and the next call has another', async () => {
  vi.useFakeTimers()
  const reader = new Reader()
  const slow = reader.call('pieces', { model: 'm', texts: ['(a+)+$'] })
  const told = expect(slow).rejects.toMatchObject({ code: 'tokenizer', message: expect.stringContaining('too long') })
  await vi.advanceTimersByTimeAsync(60_000)
  await told
  vi.useRealTimers()
  expect(worker(0).terminated).toBe(true)
  const next = reader.call('pieces', { model: 'm', texts: ['a'] })
  worker(1).answer([[]])
  expect(await next).toEqual([[]])
})
