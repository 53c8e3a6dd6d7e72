/** The GPU goes and the browser gives none for a while: the CPU stands in, and the engine really goes back. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ClsroomError } from '../core/errors.ts'
import type { GpuEvents } from '../gpu/device.ts'
import { Engine, GPU_RETRY_MS } from './engine.ts'
import type { EngineStatus } from './protocol.ts'

/** A GPU that can be taken away: the arithmetic is the twins', only its coming and going is under test. */
const gpu = vi.hoisted(() => ({ given: true, asked: 0, events: undefined as GpuEvents | undefined }))
vi.mock('../gpu/device.ts', () => ({
  async openGpu(events: GpuEvents) {
    gpu.asked++
    if (!gpu.given) throw new ClsroomError('device', 'The browser gave no GPU adapter')
    gpu.events = events
    const adapter = { vendor: 'test', architecture: '', device: '', description: 'A fake GPU', software: false }
    return { adapter, facts: () => ({ ...adapter, features: { has: [], given: [] }, limits: [] }) }
  },
}))
vi.mock('../kernels/rehearsal.ts', () => ({ rehearse: async () => {} }))
vi.mock('../kernels/backend.ts', async () => {
  const { createCpuBackend } = await import('../reference/backend.ts')
  return { createGpuBackend: () => createCpuBackend() }
})
/** WASM and the twins may be out of reach, as a part of the page that could not be fetched is. */
const wasm = vi.hoisted(() => ({ fetched: true }))
const twins = vi.hoisted(() => ({ fetched: true }))
vi.mock('../reference/backend.ts', async (original) => {
  const { createCpuBackend } = await original<typeof import('../reference/backend.ts')>()
  return {
    createCpuBackend() {
      if (!twins.fetched) throw new ClsroomError('fetch', 'A part of the page could not be fetched')
      return createCpuBackend()
    },
  }
})
vi.mock('../wasm/backend.ts', async () => {
  const { createCpuBackend } = await import('../reference/backend.ts')
  return {
    async createWasmBackend() {
      if (!wasm.fetched) throw new ClsroomError('fetch', 'A part of the page could not be fetched')
      return createCpuBackend()
    },
  }
})

beforeEach(() => {
  vi.useFakeTimers()
  Object.assign(gpu, { given: true, asked: 0, events: undefined })
  Object.assign(wasm, { fetched: true })
  Object.assign(twins, { fetched: true })
})
afterEach(() => {
  vi.useRealTimers()
})

const lose = () => gpu.events?.lost(new ClsroomError('device', 'The GPU device was lost', { found: 'driver reset' }))

async function started() {
  const said: EngineStatus[] = []
  const engine = new Engine((event) => event.type === 'status' && said.push(event.status))
  await engine.start({ baseUrl: 'http://localhost/', backend: 'auto', opensOn: 'text' })
  return { engine, now: () => said.at(-1) as EngineStatus }
}

async function lostForAWhile() {
  const { engine, now } = await started()
  expect(now()).toMatchObject({ lifecycle: 'ready', backend: { kind: 'webgpu' } })
  gpu.given = false
  lose()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(now()).toMatchObject({ lifecycle: 'ready', backend: { kind: 'wasm' }, waitsFor: 'gpu' })
  expect(now().problem?.message).toContain('tried again every two minutes')
  return { engine, now }
}

test('after the wait the engine goes back to the GPU by itself, and the message goes', async () => {
  const { now } = await lostForAWhile()
  const asked = gpu.asked
  await vi.advanceTimersByTimeAsync(GPU_RETRY_MS)
  expect(gpu.asked).toBe(asked + 1) // still blocked: it stays where it is, and asks again
  expect(now()).toMatchObject({ backend: { kind: 'wasm' }, waitsFor: 'gpu' })
  gpu.given = true
  await vi.advanceTimersByTimeAsync(GPU_RETRY_MS)
  expect(now()).toEqual({ lifecycle: 'ready', backend: expect.objectContaining({ kind: 'webgpu' }) })
  const after = gpu.asked
  await vi.advanceTimersByTimeAsync(3 * GPU_RETRY_MS)
  expect(gpu.asked).toBe(after) // nothing is asked for that is there
})

test('its facts tell of every loss, and what went on', async () => {
  const { engine } = await lostForAWhile()
  const { backend, losses } = engine.facts()
  expect(backend.kind).toBe('wasm')
  expect(losses).toEqual([{ at: expect.any(Number), why: 'driver reset', goesOn: 'wasm' }])
  gpu.given = true
  await engine.tryAgain()
  lose()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(engine.facts().losses.map(({ goesOn }) => goesOn)).toEqual(['wasm', 'webgpu'])
})

test('a reader can ask for it at once', async () => {
  const { engine } = await lostForAWhile()
  expect(await engine.tryAgain()).toMatchObject({ backend: { kind: 'wasm' }, waitsFor: 'gpu' })
  gpu.given = true
  expect(await engine.tryAgain()).toMatchObject({ backend: { kind: 'webgpu' } })
})

test('the GPU can be lost and found any number of times', async () => {
  const { engine, now } = await started()
  for (let time = 0; time < 5; time++) {
    gpu.given = false
    lose()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(now()).toMatchObject({ backend: { kind: 'wasm' }, waitsFor: 'gpu' })
    gpu.given = true
    await engine.tryAgain()
    expect(now()).toMatchObject({ backend: { kind: 'webgpu' } })
  }
})

test('a device that goes while it is put back is opened once more', async () => {
  const { now } = await started()
  lose()
  await vi.advanceTimersByTimeAsync(0)
  lose()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(now()).toEqual({ lifecycle: 'ready', backend: expect.objectContaining({ kind: 'webgpu' }) })
})

test('WASM that could not be fetched is said, asked for again, and taken', async () => {
  Object.assign(gpu, { given: false })
  wasm.fetched = false
  const { engine, now } = await started()
  expect(now()).toMatchObject({ backend: { kind: 'cpu' }, waitsFor: 'wasm', problem: { code: 'fetch' } })
  expect(await engine.tryAgain()).toMatchObject({ backend: { kind: 'cpu' }, waitsFor: 'wasm' })
  wasm.fetched = true
  const after = await engine.tryAgain()
  expect(after).toMatchObject({ lifecycle: 'ready', backend: { kind: 'wasm' }, problem: { code: 'device' } })
  expect(after.waitsFor).toBeUndefined()
})

test('without anything to compute on, a start fails, and the next one asks for all of it again', async () => {
  gpu.given = false
  wasm.fetched = false
  twins.fetched = false
  const engine = new Engine(() => {})
  const start = () => engine.start({ baseUrl: 'http://localhost/', backend: 'auto', opensOn: 'text' })
  await expect(start()).rejects.toMatchObject({ code: 'fetch' })
  gpu.given = true
  twins.fetched = true
  expect(await start()).toEqual({ lifecycle: 'ready', backend: expect.objectContaining({ kind: 'webgpu' }) })
})

test('a lost GPU without anything in its place is waited for', async () => {
  const { engine, now } = await started()
  gpu.given = false
  wasm.fetched = false
  twins.fetched = false
  lose()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(now()).toMatchObject({
    lifecycle: 'lost',
    waitsFor: 'gpu',
    problem: { message: expect.stringContaining('lost') },
  })
  gpu.given = true
  twins.fetched = true
  expect(await engine.tryAgain()).toEqual({
    lifecycle: 'ready',
    backend: expect.objectContaining({ kind: 'webgpu' }),
  })
})
