import { describe, expect, test } from 'vitest'
import type { ForwardRequest, ForwardResult, LoadedModel } from '../../../engine/protocol.ts'
import { remove } from '../../../sequence/edit.ts'
import { createDoc, type TextDoc } from './doc.ts'
import { createVariations } from './variations.ts'

const special = (id: number, label: string) => ({ id, label })
const TOKENIZER = {
  specials: { cls: special(0, '[CLS]'), sep: special(1, '[SEP]'), mask: special(2, '[MASK]') },
  labels: ['[CLS]', '[SEP]', '[MASK]', 'a'],
}
const MODEL = { id: 'm', info: { layers: 1, heads: 1, maxTokens: 8, vocabulary: 4, segmentTypes: 2 } } as LoadedModel
const docOf = (text: string) =>
  createDoc(
    { id: 'm', maxTokens: 8, tokenizer: TOKENIZER },
    [text],
    [[...text].map((letter, i) => ({ id: 3, label: letter, text: letter, start: i, end: i + 1 }))],
  )

/** An engine whose forwards end when they are told to. */
function slowEngine() {
  const waiting: (() => void)[] = []
  const seen: number[] = []
  return {
    seen,
    async finishAll() {
      for (let i = 0; i < 20; i++) {
        waiting.shift()?.()
        await Promise.resolve().then(() => new Promise((resolve) => setTimeout(resolve)))
      }
    },
    forward(request: ForwardRequest): Promise<ForwardResult> {
      const tokens = request.input.kind === 'text' ? request.input.ids.length : 0
      seen.push(tokens)
      return new Promise((resolve) => waiting.push(() => resolve({ tokens, logits: {} } as ForwardResult)))
    },
  }
}

describe('variations', () => {
  test('every variant is run on its own document', async () => {
    const engine = slowEngine()
    const variations = createVariations(engine)
    const variants = { short: docOf('a'), long: docOf('aaa') }
    variations.request(MODEL, variants)
    expect(variations.store.getState().busy).toBe(true)
    await engine.finishAll()
    const { runs, of, busy } = variations.store.getState()
    expect(of).toBe(variants)
    expect(busy).toBe(false)
    expect(runs.short?.doc).toBe(variants.short)
    expect([runs.short?.result.tokens, runs.long?.result.tokens]).toEqual([3, 5])
  })

  test('the newest wins: an overtaken request stops between two forwards and is not shown', async () => {
    const engine = slowEngine()
    const variations = createVariations(engine)
    variations.request(MODEL, { one: docOf('a'), two: docOf('aa'), three: docOf('aaa') })
    variations.request(MODEL, { one: docOf('aa') })
    variations.request(MODEL, { one: docOf('aaaa') })
    await engine.finishAll()
    expect(engine.seen).toEqual([3, 6])
    expect(Object.keys(variations.store.getState().runs)).toEqual(['one'])
    expect(variations.store.getState().runs.one?.result.tokens).toBe(6)
  })

  test('a variant that cannot run has a problem of its own', async () => {
    const engine = slowEngine()
    const variations = createVariations(engine)
    const doc = docOf('a')
    const keys = doc.sequence.tokens.map(({ key }) => key)
    const nothing: TextDoc = { ...doc, sequence: remove(doc.sequence, keys) }
    variations.request(MODEL, { nothing, doc })
    await engine.finishAll()
    const { runs, problems } = variations.store.getState()
    expect(problems.nothing?.message).toContain('Every token is removed')
    expect(Object.keys(runs)).toEqual(['doc'])
  })

  test('stopping forgets', async () => {
    const engine = slowEngine()
    const variations = createVariations(engine)
    variations.request(MODEL, { one: docOf('a') })
    variations.stop()
    await engine.finishAll()
    expect(variations.store.getState()).toEqual({ of: null, runs: {}, problems: {}, busy: false })
  })
})
