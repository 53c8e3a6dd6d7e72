/** Heads over one token, asked of every row: what a head would say of another class token. */

import { describe, expect, it } from 'vitest'
import { runForward } from '../engine/forward.ts'
import type { ForwardRequest } from '../engine/protocol.ts'
import { createCpuBackend } from '../reference/backend.ts'
import { createModel } from './testing/create_model.ts'
import { load, requestOf } from './testing/golden.ts'

type Config = { clsroom: { heads: Record<string, { token: number }> } }

/** @param token whose row the head `object` reads */
async function run(token: number, more: Partial<ForwardRequest['capture']> = {}, sources?: number[]) {
  const { config, weights, cases, caseNames } = await load('vit-tasks')
  const changed = structuredClone(config) as Config
  const { object } = changed.clsroom.heads
  if (object) object.token = token
  const backend = createCpuBackend()
  const model = await createModel(changed, weights, backend)
  const given = requestOf(cases, caseNames[0] as string)
  const request = {
    model: 'vit-tasks',
    ...given,
    input: { ...given.input, ...(sources && { sources }) } as ForwardRequest['input'],
    capture: { attentions: false, hiddenStates: false, ...more },
  }
  return runForward(model, backend.session(), request, { kind: 'cpu', adapter: '', software: true })
}

describe('the answers of a head on every row', () => {
  it('are what it answers where it is trained to read that row', async () => {
    const { logits } = await run(0, { rowAnswers: true })
    const rows = logits['object.rows']
    const K = rows?.dims[1] ?? 0
    for (const token of [0, 1, 2]) {
      const { object } = (await run(token)).logits
      expect(rows?.data.slice(token * K, (token + 1) * K)).toEqual(object?.data)
    }
  })

  it('are one a token, and follow the order of the tokens', async () => {
    const [own, turned] = [
      await run(0, { rowAnswers: true }, [-1, -2, -3, 5]),
      await run(0, { rowAnswers: true }, [5, -3, -2, -1]),
    ]
    const rows = own.logits['object.rows']
    expect(rows?.dims).toEqual([4, 5])
    const last = turned.logits['object.rows']?.data.slice(15)
    rows?.data.slice(0, 5).forEach((value, k) => {
      expect(last?.[k]).toBeCloseTo(value, 5)
    })
  })

  it('are there only where they were asked for', async () => {
    expect(Object.keys((await run(0)).logits)).toEqual(['object', 'border', 'rotation'])
  })
})
