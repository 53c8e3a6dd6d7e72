/** The last point of the lens is the output, bit by bit, on any backend. For tests. */

import { expect, test } from 'vitest'
import { rankOf, softmax, topK } from '../../core/logits.ts'
import type { Backend } from '../../core/ops.ts'
import type { NDArray } from '../../core/shapes.ts'
import { createModel } from '../../models/testing/create_model.ts'
import { load } from '../../models/testing/golden.ts'
import { runForward } from '../forward.ts'
import { lens } from '../lens.ts'

const IDS = [3, 50, 7, 7, 22, 61, 12, 40]
const T = IDS.length
const ROW = 5
const TOP = 4

export function lensTests(backendOf: () => Backend | Promise<Backend>): void {
  test.each(['gpt2-lm', 'llama-lm', 'llama-biased'])('%s ends with its output', async (name) => {
    const { config, weights } = await load(name)
    const backend = await backendOf()
    const model = await createModel(config, weights, backend)
    const session = backend.session()
    const input = { kind: 'text' as const, ids: IDS }
    const { points, ids, probabilities, followed } = await lens(model, backend, {
      model: name,
      input,
      top: TOP,
      row: ROW,
    })
    expect(points).toBe(2 * model.info.layers + 1)
    const capture = { attentions: false, hiddenStates: false }
    const run = await runForward(
      model,
      session,
      { model: name, input, capture },
      { kind: backend.kind, adapter: '', software: true },
    )
    const { data, dims } = run.logits.lm as NDArray
    const V = dims[1] as number
    for (let t = 0; t < T; t++) {
      const best = topK(softmax(data, t * V, V), TOP)
      const from = ((points - 1) * T + t) * TOP
      expect([...ids.subarray(from, from + TOP)]).toEqual(best.map(({ index }) => index))
      expect([...probabilities.subarray(from, from + TOP)]).toEqual(best.map(({ value }) => Math.fround(value)))
    }
    const output = softmax(data, ROW * V, V)
    const last = (points - 1) * followed.tokens.length
    expect([...followed.ranks.subarray(last)]).toEqual(followed.tokens.map((token) => rankOf(output, token)))
    await session.dispose()
    backend.free(model.tensors)
  })
}
