/** Masks of single heads, in whole models on any backend. */

import { expect, test } from 'vitest'
import { maskWords, packMask } from '../../core/mask.ts'
import type { Backend } from '../../core/ops.ts'
import { runForward } from '../../engine/forward.ts'
import type { ForwardRequest } from '../../engine/protocol.ts'
import { createModel } from './create_model.ts'
import { loadFiles } from './golden.ts'

const BACKEND = { kind: 'cpu', adapter: '', software: true } as const
const SAME = 1e-6

/** @param causal whether the model reads what came before alone */
export function headMaskTests(backend: () => Backend, name: string, causal: boolean): void {
  test(`${name}: a head that may read nothing is a head that is switched off`, async () => {
    const { config, weights } = await loadFiles(name)
    const subject = backend()
    const model = await createModel(config, weights, subject)
    const session = subject.session()
    const { layers, heads } = model.info
    const ids = [2, 9, 5, 14, 3, 7, 11]
    const T = ids.length
    const [layer, head] = [1, heads - 1]
    const size = T * maskWords(T)
    const bits = new Uint32Array(layers * heads * size)
    for (let map = 0; map < layers * heads; map++) {
      if (map !== layer * heads + head)
        bits.set(
          packMask(T, (q, k) => !causal || k <= q),
          map * size,
        )
    }
    const run = (more: Partial<ForwardRequest>) =>
      runForward(
        model,
        session,
        {
          ...{ model: name, input: { kind: 'text', ids }, ...more },
          capture: { attentions: true, hiddenStates: true },
        },
        BACKEND,
      )
    const [masked, ablated] = [await run({ mask: { bits, layers, heads } }), await run({ ablate: [[layer, head]] })]
    const last = (one: typeof masked) => [...(one.hiddenStates.at(-1)?.data ?? [])]
    const apart = last(masked).map((value, i) => Math.abs(value - (last(ablated)[i] as number)))
    expect(Math.max(...apart)).toBeLessThanOrEqual(SAME)
    const map = masked.attentions[layer]?.data.subarray(head * T * T, (head + 1) * T * T)
    expect(map?.every((p) => p === 0)).toBe(true)
  })
}
