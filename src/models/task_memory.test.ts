/** Learnable memory where there is no GPU. */

import { describe, expect, it } from 'vitest'
import { createCpuBackend } from '../reference/backend.ts'
import { withSubject } from '../reference/testing/subject.ts'
import { createWasmBackend } from '../wasm/backend.ts'
import { modelBuilder } from './index.ts'
import { load } from './testing/golden.ts'
import { taskMemoryTests, withTasks } from './testing/task_memory.ts'

describe('in WASM', () => {
  const wasm = withSubject(createWasmBackend)
  taskMemoryTests(() => wasm.backend)
})

describe('on the CPU twins', () => {
  taskMemoryTests(createCpuBackend)

  it('a task alone says what it says beside others', async () => {
    const { run, tasks } = await withTasks('vit-memory', createCpuBackend())
    const [alone, beside] = [await run([0]), await run([0, 1, 2])]
    const name = tasks[0]?.name as string
    beside.logits[name]?.data.forEach((value, i) => {
      expect(value).toBeCloseTo(alone.logits[name]?.data[i] as number, 5)
    })
    expect(Object.keys(alone.logits)).not.toContain(tasks[1]?.name)
  })

  it('a masked memory counts as none at all, whatever its rows are', async () => {
    const { run, tasks, model } = await withTasks('vit-memory', createCpuBackend())
    const { layers, width } = model.info
    const name = tasks[0]?.name as string
    const blind = await run([0], { blind: [name] })
    const none = await run([0], {}, { dims: [layers, 0, width], data: new Float32Array() })
    expect(none.logits[name]?.data).toEqual(blind.logits[name]?.data)
    expect(none.attentions[0]?.dims[2]).toBe(none.attentions[0]?.dims[1])
  })

  it('rows given as they were trained change nothing, and others do', async () => {
    const { run, tasks, model } = await withTasks('vit-memory', createCpuBackend())
    const every = model.views.memory as NonNullable<typeof model.views.memory>
    const [L, M, D] = every.dims as [number, number, number]
    const rows = tasks[0]?.rows as number
    const own = Float32Array.from({ length: L * rows * D }, (_, i) => {
      const layer = Math.floor(i / (rows * D))
      return every.data[layer * M * D + (i % (rows * D))] as number
    })
    const name = tasks[0]?.name as string
    const [trained, given] = [await run([0]), await run([0], {}, { dims: [L, rows, D], data: own })]
    expect(given.logits[name]?.data).toEqual(trained.logits[name]?.data)
    const zeros = await run([0], {}, { dims: [L, rows, D], data: new Float32Array(own.length) })
    expect(zeros.logits[name]?.data).not.toEqual(trained.logits[name]?.data)
  })

  it('rows that do not fit are refused in words', async () => {
    const { run, model } = await withTasks('vit-memory', createCpuBackend())
    const { layers, width } = model.info
    await expect(
      run([0], {}, { dims: [layers, 2, width + 1], data: new Float32Array(layers * 2 * (width + 1)) }),
    ).rejects.toThrow('memory does not fit')
  })
})

describe('config.json alone refuses', () => {
  it.each([
    [
      'a task that reads one that is not there',
      { first: { labels: ['a'], reads: ['third'], memory_tokens: 1 } },
      'one another',
    ],
    ['a task called as the patches are', { inputs: { labels: ['a'], reads: [], memory_tokens: 1 } }, 'other names'],
    ['a task without classes', { first: { labels: [], reads: [], memory_tokens: 1 } }, 'labels'],
    ['a negative number of rows', { first: { labels: ['a'], reads: [], memory_tokens: -1 } }, 'memory_tokens'],
  ])('%s', async (_, tasks, message) => {
    const { config } = await load('vit-memory')
    const { clsroom } = config as { clsroom: object }
    await expect(modelBuilder({ ...(config as object), clsroom: { ...clsroom, tasks } })).rejects.toThrow(message)
  })
})
