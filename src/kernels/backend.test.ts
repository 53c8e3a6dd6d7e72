import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Ops, Tensor } from '../core/ops.ts'
import { openGpu } from '../gpu/device.ts'
import { createCpuBackend } from '../reference/backend.ts'
import { draw, expectClose, f64 } from '../reference/testing/cases.ts'
import { createGpuBackend } from './backend.ts'
import { withBackend } from './testing/with_backend.ts'

/** A small encoder layer, with everything that a model does with memory. [T, 8] */
function layer(ops: Ops, T: number, data: Float32Array): Tensor[] {
  const D = 8
  const floats = (seed: number, ...shape: number[]) =>
    ops.input(shape, draw(seed).floats(shape.reduce((a, b) => a * b)))
  const x = ops.input([1, T, D], data)
  const qkv = ops.linear(x, floats(1, D, 3 * D), floats(2, 3 * D))
  const { context, probabilities } = ops.attention(qkv, { heads: 2, captureHeads: [1, 0] })
  ops.release(qkv)
  const mixed = ops.linear(context, floats(3, D, D), floats(4, D), { residual: x })
  ops.release(context)
  const y = ops.layerNorm(mixed, floats(5, D), floats(6, D), 1e-5)
  ops.release(mixed)
  const wide = ops.linear(y, floats(7, D, 4 * D), floats(8, 4 * D), { activation: 'gelu' })
  const out = ops.linear(wide, floats(9, 4 * D, D), floats(10, D), { residual: y })
  ops.release(wide)
  return [out, y, probabilities as Tensor]
}

describe('the GPU backend', () => {
  const test = withBackend()
  afterEach(() => vi.restoreAllMocks())

  it('computes what the CPU backend computes, run after run, at changing lengths', async () => {
    const cpu = createCpuBackend().session()
    for (const T of [5, 6, 1, 33, 5, 40, 33]) {
      const data = draw(T).floats(T * 8)
      const { arrays: found } = await test.session.run((ops) => layer(ops, T, data))
      const { arrays: expected } = await cpu.run((ops) => layer(ops, T, data))
      expect(found.map(({ dims }) => dims)).toEqual(expected.map(({ dims }) => dims))
      for (const [i, array] of found.entries()) {
        expectClose(`T ${T}, output ${i}`, array.data, f64(expected[i]?.data as Float32Array), { absolute: 2e-5 })
      }
    }
  })

  it('creates nothing in a second run of the same shapes', async () => {
    const session = test.backend.session()
    const { device } = test.gpu
    const forward = (ops: Ops) => layer(ops, 9, draw(1).floats(72))
    await session.run(forward)
    const spies = (
      ['createBuffer', 'createBindGroup', 'createShaderModule', 'createComputePipelineAsync', 'createQuerySet'] as const
    ).map((name) => vi.spyOn(device, name))
    const submit = vi.spyOn(device.queue, 'submit')
    const { dispatches } = await session.run(forward)
    expect(dispatches).toBe(6)
    expect(submit).toHaveBeenCalledTimes(1)
    for (const spy of spies) expect(spy).not.toHaveBeenCalled()
    session.dispose()
  })

  it('makes no buffers for a token more within a bucket', async () => {
    const session = test.backend.session()
    const forward = (T: number) => (ops: Ops) => layer(ops, T, draw(T).floats(T * 8))
    await session.run(forward(57))
    const createBuffer = vi.spyOn(test.gpu.device, 'createBuffer')
    await session.run(forward(58))
    expect(createBuffer).not.toHaveBeenCalled()
    session.dispose()
  })

  it('counts its memory, and gives it back', async () => {
    const { backend } = test
    const before = backend.stats().bytes
    const constant = backend.constant([1000], new Float32Array(1000))
    expect(backend.stats().bytes).toBe(before + 4000)
    backend.free([constant])
    const session = backend.session()
    await session.run((ops) => layer(ops, 7, draw(1).floats(56)))
    expect(backend.stats().bytes).toBeGreaterThan(before)
    session.dispose()
    await vi.waitFor(() => expect(backend.stats().bytes).toBeLessThanOrEqual(before + 4096), 30_000)
  })

  it('reads inputs, constants and one tensor twice', async () => {
    const constant = test.backend.constant([2], Float32Array.of(5, 6))
    const found = await test.run((ops) => {
      const input = ops.input([3], Int32Array.of(-1, 0, 7))
      return [input, constant, constant, ops.input([2, 0], new Float32Array(0))]
    })
    expect(found.map((data) => [...data])).toEqual([[-1, 0, 7], [5, 6], [5, 6], []])
  })

  it('stays usable after an error in the model code', async () => {
    const failing = test.session.run((ops) => {
      ops.input([1, 2, 4], new Float32Array(8))
      throw new Error('a bug of the model')
    })
    await expect(failing).rejects.toThrow('a bug of the model')
    await test.session.run((ops) => layer(ops, 3, draw(1).floats(24)))
  })

  it('refuses tensors that were released or belong to another run', async () => {
    const released = test.session.run((ops) => {
      const y = ops.pool(ops.input([1, 1, 4], new Float32Array(4)), ops.input([1, 1], Uint32Array.of(1)), 'mean')
      ops.release(y)
      return [y]
    })
    await expect(released).rejects.toMatchObject({ code: 'internal' })
    let kept: Tensor | undefined
    await test.run((ops) => {
      kept = ops.input([1], new Float32Array(1))
      return []
    })
    await expect(test.run(() => [kept as Tensor])).rejects.toMatchObject({ code: 'internal' })
  })

  it('says when a buffer is too large for the device', async () => {
    const { maxBufferSize, maxStorageBufferBindingSize } = test.gpu.device.limits
    const limit = Math.min(maxBufferSize, maxStorageBufferBindingSize)
    const side = Math.ceil(Math.sqrt(limit / 4)) + 1
    const forward = test.session.run((ops) => {
      const [one, wide] = [ops.input([1, side, 1], new Float32Array(side)), new Float32Array(side)]
      return [ops.linear(one, ops.input([1, side], wide), ops.input([side], wide))]
    })
    // Not the arrays themselves: where this fails they would be printed, gigabytes of them.
    await expect(forward.then(() => 'computed')).rejects.toMatchObject({
      code: 'device',
      expected: expect.stringMatching(/^at most \d+ MiB$/),
    })
    await test.session.run((ops) => layer(ops, 3, draw(1).floats(24)))
  })

  it('says when the GPU has no room, and starts from nothing', async () => {
    const session = test.backend.session()
    const { device } = test.gpu
    const pop = device.popErrorScope.bind(device)
    vi.spyOn(device, 'popErrorScope').mockImplementationOnce(async () => {
      await pop()
      return { message: 'no room left' } as GPUOutOfMemoryError
    })
    const forward = (ops: Ops) => layer(ops, 11, draw(1).floats(88))
    await expect(session.run(forward)).rejects.toMatchObject({
      code: 'device',
      found: expect.stringContaining('no room'),
    })
    await session.run(forward)
    session.dispose()
  })

  it('folds grids beyond 65535 workgroups', async () => {
    const [T, D] = [70_000, 1]
    const x = draw(1).floats(T)
    const [y] = (await test.run((ops) => [
      ops.layerNorm(ops.input([T, D], x), ops.input([D], Float32Array.of(1)), ops.input([D], Float32Array.of(3)), 1e-5),
    ])) as [Float32Array]
    expect(y.every((value) => value === 3)).toBe(true)
  })
})

describe('a lost device', () => {
  it('rejects the run it cut off and those after it, and tells its owner once', async () => {
    const lost = vi.fn()
    const gpu = await openGpu({ lost, error: () => {} })
    const session = createGpuBackend(gpu).session()
    const forward = (ops: Ops) => layer(ops, 40, draw(1).floats(320))
    await session.run(forward)
    const cutOff = session.run(forward)
    await Promise.resolve() // the run has been submitted
    gpu.device.destroy()
    await expect(cutOff).rejects.toMatchObject({ code: 'device' })
    await expect(session.run(forward)).rejects.toMatchObject({ code: 'device' })
    expect(lost).toHaveBeenCalledTimes(1)
  })
})
