import { describe, expect, it } from 'vitest'
import type { Ops, Tensor } from '../core/ops.ts'
import { draw } from '../reference/testing/cases.ts'
import { withSubject } from '../reference/testing/subject.ts'
import { createWasmBackend } from './backend.ts'
import { createHeap } from './heap.ts'

const x = (ops: Ops, ...shape: number[]) => ops.input(shape, draw(1).floats(shape.reduce((a, b) => a * b)))

/** A product, with one intermediate released and one kept. */
function forward(ops: Ops, T: number): Tensor[] {
  const wide = ops.linear(x(ops, 1, T, 8), x(ops, 8, 32), x(ops, 32), { activation: 'gelu' })
  const narrow = ops.linear(wide, x(ops, 32, 8), x(ops, 8))
  ops.release(wide)
  return [narrow]
}

describe('the WASM backend', () => {
  const test = withSubject(createWasmBackend)

  it('gives the memory of a run back, and of constants when they are freed', async () => {
    const { backend, session } = test
    const before = backend.stats().bytes
    const constant = backend.constant([1000], new Float32Array(1000))
    expect(backend.stats().bytes).toBe(before + 4000)
    await session.run((ops) => forward(ops, 7))
    expect(backend.stats().bytes).toBe(before + 4000)
    backend.free([constant])
    expect(backend.stats().bytes).toBe(before)
  })

  it('gives the same numbers after its memory has grown', async () => {
    const small = () => test.run((ops) => forward(ops, 5))
    const weight = test.backend.constant([4, 2], Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8))
    const before = await small()
    await test.run((ops) => [ops.pool(x(ops, 1, 3_000_000, 1), ops.input([1, 3_000_000], new Uint32Array(3e6)), 'max')])
    expect(await small()).toEqual(before)
    expect(await test.run(() => [weight])).toEqual([Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8)])
    test.backend.free([weight])
  })

  it('reads inputs, constants and one tensor twice', async () => {
    const constant = test.backend.constant([2], Float32Array.of(5, 6))
    const found = await test.run((ops) => {
      const input = ops.input([3], Int32Array.of(-1, 0, 7))
      return [input, constant, constant, ops.input([2, 0], new Float32Array(0))]
    })
    expect(found.map((data) => [...data])).toEqual([[-1, 0, 7], [5, 6], [5, 6], []])
    test.backend.free([constant])
  })

  it('stays usable, and loses nothing, after an error in the model code', async () => {
    const before = test.backend.stats().bytes
    const failing = test.session.run((ops) => {
      forward(ops, 3)
      throw new Error('a bug of the model')
    })
    await expect(failing).rejects.toThrow('a bug of the model')
    expect(test.backend.stats().bytes).toBe(before)
    await test.run((ops) => forward(ops, 3))
  })

  it('refuses tensors that were released, belong to another run or to another backend', async () => {
    const released = test.session.run((ops) => {
      const y = ops.pool(x(ops, 1, 1, 4), ops.input([1, 1], Uint32Array.of(1)), 'mean')
      ops.release(y)
      return [y]
    })
    await expect(released).rejects.toMatchObject({ code: 'internal' })
    let kept: Tensor | undefined
    await test.run((ops) => {
      kept = x(ops, 1)
      return []
    })
    await expect(test.run(() => [kept as Tensor])).rejects.toMatchObject({ code: 'internal' })
    const foreign: Tensor = { shape: [1], dtype: 'f32' }
    await expect(test.run(() => [foreign])).rejects.toMatchObject({ code: 'internal' })
  })

  it('says when there is no more memory, and goes on', async () => {
    const { backend } = test
    const taken: Tensor[] = []
    const huge = { length: 2 ** 30, byteLength: 2 ** 32, constructor: Float32Array } as unknown as Float32Array
    expect(() => taken.push(backend.constant([2 ** 30], huge))).toThrow(/no more memory/)
    await test.run((ops) => forward(ops, 3))
  })
})

describe('the heap', () => {
  const PAGE = 65536
  const ROOM = { initial: 1 }

  it('never gives one byte twice, at whatever order of takes and gives', () => {
    const memory = new WebAssembly.Memory(ROOM)
    const heap = createHeap(memory, 1000)
    const { below } = draw(7)
    const live: { address: number; bytes: number }[] = []
    let total = 0
    for (let step = 0; step < 3000; step++) {
      if (live.length > 0 && below(100) < 48) {
        const [{ address, bytes }] = live.splice(below(live.length), 1) as [{ address: number; bytes: number }]
        heap.give(address)
        total -= bytes
      } else {
        const bytes = 16 * (1 + below(500))
        const address = heap.take(bytes - below(16))
        expect(address % 16).toBe(0)
        expect(address).toBeGreaterThanOrEqual(1000)
        expect(address + bytes).toBeLessThanOrEqual(memory.buffer.byteLength)
        const hit = live.find((other) => address < other.address + other.bytes && other.address < address + bytes)
        expect(hit).toBeUndefined()
        live.push({ address, bytes })
        total += bytes
      }
      expect(heap.bytes).toBe(total)
    }
    for (const { address } of live) heap.give(address)
    const pages = memory.buffer.byteLength / PAGE
    heap.take(memory.buffer.byteLength - 1008) // every gap has joined its neighbours again
    expect(memory.buffer.byteLength / PAGE).toBe(pages)
  })

  it('refuses to take memory back twice', () => {
    const heap = createHeap(new WebAssembly.Memory(ROOM), 16)
    const address = heap.take(4)
    heap.give(address)
    expect(() => heap.give(address)).toThrow(/twice/)
  })
})
