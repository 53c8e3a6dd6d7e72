/** Queries of a detector in place of the trained ones, and its masks. */

import { describe, expect, it } from 'vitest'
import { packMask } from '../core/mask.ts'
import { runForward } from '../engine/forward.ts'
import type { ForwardRequest, Queries } from '../engine/protocol.ts'
import { createCpuBackend } from '../reference/backend.ts'
import { createModel } from './testing/create_model.ts'
import { load, requestOf } from './testing/golden.ts'

const BACKEND = { kind: 'cpu', adapter: '', software: true } as const

async function opened(name: string) {
  const { config, weights, cases, caseNames } = await load(name)
  const backend = createCpuBackend()
  const model = await createModel(config, weights, backend)
  const session = backend.session()
  const given = requestOf(cases, caseNames[0] as string)
  const run = (queries?: Queries, more: Partial<ForwardRequest> = {}) =>
    runForward(
      model,
      session,
      {
        model: name,
        ...given,
        ...more,
        input: { ...given.input, queries } as ForwardRequest['input'],
        capture: { attentions: true, hiddenStates: false, layerAnswers: true },
      },
      BACKEND,
    )
  const count = model.info.detects?.queries ?? 0
  const D = model.info.width
  const table = model.tokenTable.slice(model.tokenTable.length - count * D)
  const trained: Queries = { dims: [count, D], data: table, positions: Array.from({ length: count }, (_, i) => i) }
  return { run, trained, count, D, info: model.info }
}

describe.each(['yolos', 'yolos-mid-positions', 'detr', 'detr-bottleneck', 'vidt'])('queries of %s', (name) => {
  it('given as they were trained change nothing, and the last layer says what the model says', async () => {
    const { run, trained, info } = await opened(name)
    const [own, given] = [await run(), await run(trained)]
    expect(given.logits.boxes?.data).toEqual(own.logits.boxes?.data)
    expect(given.logits.classes?.data).toEqual(own.logits.classes?.data)
    const body = info.image?.detections === undefined ? 0 : info.layers
    const layers = body + (info.decoder?.layers ?? 0)
    expect(own.logits[`boxes.${layers}`]?.data).toEqual(own.logits.boxes?.data)
    expect(own.logits['boxes.0']?.dims).toEqual(own.logits.boxes?.dims)
  })

  it('may be fewer, and none', async () => {
    const { run, trained, D } = await opened(name)
    const one = await run({ dims: [1, D], data: trained.data.slice(0, D), positions: [0] })
    expect(one.logits.boxes?.dims[0]).toBe(1)
    const none = await run({ dims: [0, D], data: new Float32Array(), positions: [] })
    expect(none.logits.boxes).toBeUndefined()
  })

  it('without a position and alike give one answer', async () => {
    const { run, D } = await opened(name)
    const alike = await run({ dims: [2, D], data: new Float32Array(2 * D), positions: [-1, -1] })
    const { data = new Float32Array() } = alike.logits.boxes ?? {}
    expect(data.subarray(0, 4)).toEqual(data.subarray(4, 8))
  })

  it('that do not fit are refused in words', async () => {
    const { run, trained, count, D } = await opened(name)
    await expect(run({ ...trained, positions: [] })).rejects.toThrow('queries does not fit')
    await expect(run({ ...trained, dims: [count, D + 1] })).rejects.toThrow('queries does not fit')
    await expect(run({ ...trained, positions: trained.positions.map(() => count) })).rejects.toThrow('queries')
  })
})

describe('the windows of a body', () => {
  it('stay shut whatever mask is asked for, and what the mask closes is closed, too', async () => {
    const { run, count, info } = await opened('vidt')
    const T = 25 + count
    const isQuery = (token: number) => token >= 25
    const apart = packMask(T, (query, key) => query === key || !isQuery(query) || !isQuery(key))
    const own = await run()
    const masked = await run(undefined, { mask: { layers: 1, bits: apart } })
    for (let layer = 0; layer < info.layers; layer++) {
      const at = (result: typeof own, query: number, key: number) => result.attentions[layer]?.data[query * T + key]
      // The corners of a grid of five lie in windows of their own, and no patch reads a query.
      expect([at(masked, 0, 24), at(masked, 0, 25)]).toEqual([0, 0])
      expect(at(own, 25, 26)).toBeGreaterThan(0)
      expect(at(masked, 25, 26)).toBe(0)
      expect(at(masked, 25, 0) === 0).toBe(layer === 2)
    }
  })
})

describe('the masks of a decoder with object queries', () => {
  it('leave a closed key exactly 0', async () => {
    const { run, count } = await opened('detr')
    const decoderMask = { layers: 1, bits: packMask(count, (query, key) => query === key, count) }
    const { decoder } = await run(undefined, { decoderMask })
    const map = decoder?.attentions[0]
    expect(map?.data.every((value, i) => value === (Math.floor(i / count) % count === i % count ? 1 : 0))).toBe(true)
  })
})
