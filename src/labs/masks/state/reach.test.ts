import { describe, expect, test } from 'vitest'
import { maskWords } from '../../../core/mask.ts'
import { uniform } from '../../../core/random.ts'
import { runForward } from '../../../engine/forward.ts'
import type { ForwardRequest } from '../../../engine/protocol.ts'
import { createModel } from '../../../models/testing/create_model.ts'
import { loadFiles } from '../../../models/testing/golden.ts'
import { createCpuBackend } from '../../../reference/backend.ts'
import { anyHead, firstReach, reachByLayer } from './reach.ts'

/** Rows as digits, a digit a key. */
const bitsOf = (rows: readonly string[]) =>
  Uint32Array.from(rows, (row) => [...row].reduce((word, digit, k) => word | (Number(digit) << k), 0) >>> 0)

describe('reach', () => {
  test('of a causal window of two grows by one key a layer', () => {
    const window = bitsOf(['1000', '1100', '0110', '0011'])
    const first = firstReach(reachByLayer([window, window], 4), 4)
    expect([...first.subarray(12, 16)]).toEqual([3, 2, 1, 0]) // 3: never within two layers
  })

  test('goes through the query itself, whatever it may read', () => {
    expect([...firstReach(reachByLayer([bitsOf(['00', '10'])], 2), 2)]).toEqual([0, 2, 1, 0])
  })

  test('no layers, no tokens', () => {
    expect([...firstReach(reachByLayer([], 1), 1)]).toEqual([0])
    expect(reachByLayer([new Uint32Array()], 0)).toHaveLength(2)
  })
})

describe('what cannot be reached is not changed by a bit', () => {
  test('over 1,000 random masks of layers and heads, in a whole model', async () => {
    const { config, weights } = await loadFiles('bert-tanh')
    const backend = createCpuBackend()
    const model = await createModel(config, weights, backend)
    const session = backend.session()
    const stack = { layers: model.info.layers, heads: model.info.heads }
    const random = uniform(13)
    const below = (n: number) => Math.floor(random() * n)
    let unreachable = 0
    let moved = 0
    for (let times = 0; times < 1000; times++) {
      const tokens = 1 + below(5)
      const density = random()
      const words = maskWords(tokens)
      const bits = Uint32Array.from(
        { length: stack.layers * stack.heads * tokens * words },
        () =>
          Array.from({ length: tokens }, () => random() < density).reduce((w, on, k) => w | (Number(on) << k), 0) >>> 0,
      )
      const ids = Array.from({ length: tokens }, () => below(60))
      const key = below(tokens)
      const run = (of: number[]) => {
        const request: ForwardRequest = {
          model: 'm',
          input: { kind: 'text', ids: of, mlmRows: [] },
          mask: { bits, ...stack },
          capture: { attentions: false, hiddenStates: true },
        }
        return runForward(model, session, request, { kind: 'cpu', adapter: '', software: true })
      }
      const [before, after] = [await run(ids), await run(ids.with(key, (ids[key] as number) + 1))]
      const steps = reachByLayer(anyHead({ bits, ...stack }, stack, tokens), tokens)
      for (const [layer, rows] of steps.entries()) {
        const [a, b] = [before.hiddenStates[layer], after.hiddenStates[layer]].map((states) => states?.data ?? [])
        const D = model.info.width
        for (let q = 0; q < tokens; q++) {
          const same = Array.from({ length: D }, (_, d) => a?.[q * D + d] === b?.[q * D + d]).every(Boolean)
          if ((((rows[q * words] as number) >>> key) & 1) === 0) {
            unreachable++
            expect(same, `row ${q}, layer ${layer}`).toBe(true)
          } else if (!same) moved++
        }
      }
    }
    expect(unreachable).toBeGreaterThan(1000)
    expect(moved).toBeGreaterThan(1000)
  }, 120_000)
})
