/** Memory rows in place of the trained ones, their states, and masks that split in two. */

import { describe, expect, it } from 'vitest'
import { packMask } from '../core/mask.ts'
import { runForward } from '../engine/forward.ts'
import type { ForwardRequest, TextRequest } from '../engine/protocol.ts'
import { createCpuBackend } from '../reference/backend.ts'
import { rowsOfMask } from './clsroom_memory.ts'
import { createModel } from './testing/create_model.ts'
import { load, requestOf } from './testing/golden.ts'

const BACKEND = { kind: 'cpu', adapter: '', software: true } as const

async function opened(name: string) {
  const { config, weights, cases, caseNames } = await load(name)
  const backend = createCpuBackend()
  const model = await createModel(config, weights, backend)
  const session = backend.session()
  const { input, mask } = requestOf(cases, caseNames[0] as string)
  const run = (text: Partial<TextRequest> = {}, more: Partial<ForwardRequest> = { mask }) =>
    runForward(
      model,
      session,
      {
        model: name,
        ...more,
        input: { ...(input as TextRequest), ...text },
        capture: { attentions: true, hiddenStates: true },
      },
      BACKEND,
    )
  const trained = model.views.memory ?? { dims: [0, model.info.width], data: new Float32Array() }
  return { run, trained, info: model.info, T: (input as TextRequest).ids.length }
}

describe.each(['memory-transformer', 'memory-ctrl', 'memory-bottleneck'])('the memory of %s', (name) => {
  it('given as it was trained changes nothing', async () => {
    const { run, trained } = await opened(name)
    const [own, given] = [await run(), await run({ memory: trained })]
    expect(given.logits).toEqual(own.logits)
    expect(given.attentions).toEqual(own.attentions)
  })

  it('may be more, fewer and none; then a head that reads it has no answer', async () => {
    const { run, trained, info, T } = await opened(name)
    const D = info.width
    const more = await run({ memory: { dims: [16, D], data: new Float32Array(16 * D).fill(0.1) } }, {})
    expect(more.tokens).toBe(16 + T)
    expect(more.attentions[0]?.dims).toEqual([info.heads, 16 + T, 16 + T])
    const one = await run({ memory: { dims: [1, D], data: trained.data.slice(0, D) as Float32Array } }, {})
    expect(Object.keys(one.logits).sort()).toEqual(['mlm', 'mood'])
    const none = await run({ memory: { dims: [0, D], data: new Float32Array() } }, {})
    expect(Object.keys(none.logits)).toEqual(['mlm'])
    expect(none.attentions[0]?.dims).toEqual([info.heads, T, T])
  })

  it('states put back as they were change nothing, and zeros before a layer change what comes after it alone', async () => {
    const { run, info, trained } = await opened(name)
    const D = info.width
    const own = await run()
    const before = own.hiddenStates[2]?.data.slice(0, 2 * D) as Float32Array
    const same = await run({ memoryStates: { layers: [2], slots: [0, 1], rows: { dims: [2, D], data: before } } })
    expect(same.hiddenStates[3]).toEqual(own.hiddenStates[3])
    const zeros = await run({
      memoryStates: { layers: [1], slots: [1], rows: { dims: [1, D], data: new Float32Array(D) } },
    })
    expect(zeros.hiddenStates[0]).toEqual(own.hiddenStates[0])
    const [read, came] = [zeros, own].map(({ hiddenStates }) => [...(hiddenStates[1]?.data ?? [])])
    expect(read?.slice(D, 2 * D).every((value) => value === 0)).toBe(true)
    expect(read?.toSpliced(D, D)).toEqual(came?.toSpliced(D, D))
    expect(zeros.hiddenStates[2]).not.toEqual(own.hiddenStates[2])
    const start = await run({
      memoryStates: { layers: [0], slots: [1], rows: { dims: [1, D], data: new Float32Array(D) } },
    })
    const other = trained.data.slice() as Float32Array
    other.fill(0, D, 2 * D)
    expect(start.logits).toEqual((await run({ memory: { dims: trained.dims, data: other } })).logits)
  })

  it('that nobody may read, and that may read nothing, gives finite answers', async () => {
    const { run, trained, T } = await opened(name)
    const M = trained.dims[0] as number
    const all = M + T
    const blind = packMask(all, (_, key) => key >= M)
    const { logits, attentions } = await run({}, { mask: { bits: blind, layers: 1 } })
    expect(logits.mlm?.data.every(Number.isFinite)).toBe(true)
    const read = attentions[0]?.data.filter((_, i) => i % all < M)
    expect(read?.every((share) => share === 0)).toBe(true)
    const shut = await run({}, { mask: { bits: packMask(all, () => false), layers: 1 } })
    expect(shut.logits.mlm?.data.every(Number.isFinite)).toBe(true)
  })

  it('that does not fit is refused in words', async () => {
    const { run, info } = await opened(name)
    const D = info.width
    await expect(run({ memory: { dims: [2, D - 1], data: new Float32Array(2 * D - 2) } })).rejects.toThrow(
      'memory does not fit',
    )
    await expect(run({ memory: { dims: [65, D], data: new Float32Array(65 * D) } })).rejects.toThrow(
      'memory does not fit',
    )
    const rows = { dims: [1, D], data: new Float32Array(D) }
    await expect(run({ memoryStates: { layers: [9], slots: [0], rows } })).rejects.toThrow('memoryStates does not fit')
    await expect(run({ memoryStates: { layers: [0], slots: [40], rows } })).rejects.toThrow('memoryStates does not fit')
  })
})

it('a text that reads only memory keeps the columns of the text shut, beyond 32 tokens, too', () => {
  const tokens = 70
  const rows = rowsOfMask(undefined, tokens, 5, tokens, 5)
  expect(rows?.layers).toBe(1)
  for (const row of [0, 64]) {
    const words = [...(rows as { bits: Uint32Array }).bits.subarray(row * 3, row * 3 + 3)]
    expect(words).toEqual([0b11111, 0, 0])
  }
  expect(rowsOfMask(undefined, tokens, 0, 5, tokens)).toBeUndefined()
  const given = { bits: packMask(40, (q, k) => k !== q), layers: 1 }
  const part = rowsOfMask(given, 40, 36, 40, 38) as { bits: Uint32Array }
  expect([...part.bits.subarray(0, 2)]).toEqual([0xffffffff, 0b101111])
})
