/** Rows that are kept against rows that are computed, on any backend. For tests. */

import { expect, test } from 'vitest'
import { packMask } from '../../core/mask.ts'
import type { Backend } from '../../core/ops.ts'
import type { NDArray } from '../../core/shapes.ts'
import { createModel } from '../../models/testing/create_model.ts'
import { load } from '../../models/testing/golden.ts'
import { runForward } from '../forward.ts'
import { KeptRows } from '../kept_rows.ts'
import type { Extended, ExtendRequest, ForwardResult } from '../protocol.ts'

const CLOSE = 1e-4
const IDS = [3, 50, 7, 7, 22, 61, 12, 40, 5, 33, 8, 9]
/** Nobody may read the second token. */
const masked = (tokens: number) => ({ bits: packMask(tokens, (_, key) => key !== 1), layers: 1 })

type Change = Partial<Omit<ExtendRequest, 'input'>> & { input?: Partial<ExtendRequest['input']> }

export function extendingTests(backendOf: () => Backend): void {
  test.each(['gpt2-lm', 'gpt2-scaled', 'llama-lm', 'llama-scaled'])(
    '%s: rows that were kept and rows that are computed give the whole forward',
    async (name) => {
      const { extend, whole } = await open(name, backendOf())
      const rows = (result: Extended | ForwardResult, from: number) => ({
        lm: rowsOf(result.logits.lm as NDArray, from),
        hidden: result.hiddenStates.map((state) => rowsOf(state, from)),
        maps: result.attentions.flatMap((map) => queriesOf(map as NDArray, from)),
      })
      const steps: [ids: number[], kept: number, change?: Change][] = [
        [IDS.slice(0, 3), 0],
        [IDS.slice(0, 4), 3],
        [IDS.slice(0, 9), 4],
        [[...IDS.slice(0, 6), 17, 18], 6], // another branch
        [[...IDS.slice(0, 6), 17, 18, 2], 8],
        [IDS.slice(0, 6), 5], // taken back: the last row is asked for again
        [IDS, 1, { mask: masked(12) }], // the first row could not read the second token anyway
        [[...IDS, 4], 12, { mask: masked(13) }],
        [[...IDS, 4], 0, { ablate: [[1, 0]] }],
        [[...IDS, 4, 6], 13, { ablate: [[1, 0]] }],
        [[...IDS, 4, 6], 0, { causal: false }],
      ]
      for (const [ids, kept, change] of steps) {
        const part = await extend(ids, change)
        const full = await whole(ids, change)
        expect([part.kept, part.tokens], String(ids)).toEqual([kept, ids.length])
        expectAlike(rows(part, 0), rows(full, part.kept))
      }
    },
  )

  test('a start vector and positions count as what a row was computed from', async () => {
    const { extend } = await open('gpt2-lm', backendOf())
    const V = 67
    const zeros = { input: { extras: [{ type: 'zeros' as const }] } }
    await extend([1, 2, 3, 4])
    expect((await extend([1, V, 3, 4], zeros)).kept).toBe(1)
    expect((await extend([1, V, 3, 4, 5], zeros)).kept).toBe(4)
    expect((await extend([1, V, 3, 4, 5], { input: { extras: [{ type: 'normal', seed: 1, std: 0.02 }] } })).kept).toBe(
      1,
    )
    expect((await extend([1, 2, 3, 4], { input: { positions: [0, 1, 2, 3] } })).kept).toBe(1)
    expect((await extend([1, 2, 3, 4, 5], { input: { positions: [0, 1, 3, 4, 5] } })).kept).toBe(2)
    expect((await extend([1, 2, 3, 4, 5], { known: 1, input: { positions: [0, 1, 3, 4, 5] } })).kept).toBe(1)
  })

  test('a run that fails leaves nothing that a later one could take for rows', async () => {
    const { extend, whole } = await open('gpt2-lm', backendOf())
    await extend(IDS.slice(0, 4))
    await expect(extend([...IDS.slice(0, 4), 2], { input: { positions: [0, 1, 2] } })).rejects.toThrow('positionIds')
    const [part, full] = [await extend(IDS.slice(0, 5)), await whole(IDS.slice(0, 5))]
    expect(part.kept).toBe(0)
    expectAlike({ lm: rowsOf(part.logits.lm as NDArray, 0) }, { lm: rowsOf(full.logits.lm as NDArray, 0) })
  })
}

async function open(name: string, backend: Backend) {
  const { config, weights } = await load(name)
  const model = await createModel(config, weights, backend)
  const kept = new KeptRows(model, backend)
  const session = backend.session()
  const description = { kind: backend.kind, adapter: '', software: true }
  const request = (ids: number[], { input, ...change }: Change = {}): ExtendRequest => ({
    model: name,
    input: { kind: 'text', ids, ...input },
    capture: { attentions: true, hiddenStates: true },
    known: ids.length,
    ...change,
  })
  return {
    extend: (ids: number[], change?: Change) => kept.extend(session, request(ids, change), description),
    whole: (ids: number[], change?: Change) => runForward(model, session, request(ids, change), description),
  }
}

function rowsOf({ dims, data }: NDArray, from: number): number[] {
  return [...data.subarray(from * (dims[1] as number))]
}

/** The queries from one on, of every head. */
function queriesOf({ dims, data }: NDArray, from: number): number[] {
  const [H, Tq, Tk] = dims as [number, number, number]
  return Array.from({ length: H }, (_, head) => [
    ...data.subarray((head * Tq + from) * Tk, (head + 1) * Tq * Tk),
  ]).flat()
}

function expectAlike(found: object, expected: object): void {
  const [a, b] = [found, expected].map((value) => Object.values(value).flat(2) as number[]) as [number[], number[]]
  expect(a.length).toBe(b.length)
  const worst = a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] as number))), 0)
  expect(worst).toBeLessThan(CLOSE)
}
