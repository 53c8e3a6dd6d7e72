/** What the memory lab says of the shipped models: the same figures as their cards, and edits that have to change nothing or all. */

import { describe, expect, it, test } from 'vitest'
import { withSubject } from '../../../../reference/testing/subject.ts'
import { remove, setHidden, setStatus } from '../../../../sequence/edit.ts'
import { createWasmBackend } from '../../../../wasm/backend.ts'
import { type Condition, docOf, isRight, measure, wilson } from './accuracy.ts'
import {
  createDoc,
  decodeDoc,
  encodeDoc,
  leftOut,
  type MemoryDoc,
  ordered,
  slotsOf,
  untrainedSlot,
  withQuadrant,
  withSlots,
  withTexts,
  withWindow,
} from './doc.ts'
import { FIRST_TEXTS } from './lab.ts'
import { piecesOf } from './pieces.ts'
import { readoutsOf } from './readouts.ts'
import { recallInputs } from './recall.ts'
import { withReplacement } from './replace.ts'
import { mayRead, openCells, runMemory } from './run.ts'
import { loadMemory, readTask } from './testing/memory.ts'

const wasm = withSubject(createWasmBackend)
const opened = (id?: string) => loadMemory(wasm.backend, id)
const first = FIRST_TEXTS as [string, string]

const alone = { attentions: false, hiddenStates: false } as const
const go = () => true

test('an interval by Wilson', () => {
  expect(wilson({ right: 0, of: 0 })).toEqual([0, 1])
  // Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662; 0 of 20 gives 0 to 0.1611.
  expect(wilson({ right: 81, of: 263 }).map((end) => end.toFixed(4))).toEqual(['0.2553', '0.3662'])
  expect(wilson({ right: 0, of: 20 }).map((end) => end.toFixed(4))).toEqual(['0.0000', '0.1611'])
})

describe('a fact beyond the window', () => {
  it.each([
    ['clsroom-memtransformer', true],
    ['clsroom-memctrl', true],
    ['clsroom-membottleneck', true],
    ['clsroom-nomemory', false],
  ])('%s', async (id, knows) => {
    const { engine, model, made, docOf: doc } = await opened(id)
    const run = await runMemory(engine, model, await doc(...first), 0)
    const [answer] = readoutsOf(run, made.tokenizer.labels)
    const best = answer?.scores.indexOf(Math.max(...(answer?.scores ?? []))) ?? -1
    expect(made.tokenizer.labels[best] === 'key').toBe(knows)
  })

  it('is recalled as the cards say, and not with a memory that text does not read', async () => {
    const { engine, model, made, docOf: shown } = await opened()
    const inputs = await recallInputs(engine, made, await readTask(), { count: 40, seed: 7 })
    const doc = await shown(...first)
    const closed = { ...doc, mask: withQuadrant(doc.mask, 'text-memory', false) }
    const none = { ...doc, sequence: withSlots(doc.sequence, 0) }
    const conditions: Condition<string>[] = [
      { id: 'trained', doc },
      { id: 'unread', doc: closed },
      { id: 'none', doc: none },
      ...(['zeros', 'mean', 'noise', 'other'] as const).map((by) => ({
        id: by,
        doc: { ...doc, replaced: { by, layer: 2, slots: [0, 1, 2, 3, 4, 5, 6, 7] } },
      })),
    ]
    const found = await measure(engine, model, made, inputs, conditions, go)
    const right = Object.fromEntries(found.map(({ id, right: count }) => [id, count / 40]))
    expect(right.trained).toBeGreaterThan(0.95)
    for (const id of ['unread', 'none', 'other']) expect(right[id], id).toBeLessThanOrEqual(0.15)
    for (const id of ['zeros', 'noise', 'mean']) expect(right[id], id).toBeLessThan(0.6)
    // The answer goes with the memory.
    expect(found.find(({ id }) => id === 'other')?.followed).toBeGreaterThan(30)
  }, 60_000)

  it('stopped in the middle gives what is done', async () => {
    const { engine, model, made, docOf: shown } = await opened()
    const inputs = await recallInputs(engine, made, await readTask(), { count: 3, seed: 7 })
    const doc = await shown(...first)
    const two = [1, 2].map((id) => ({ id, doc }))
    expect(await measure(engine, model, made, inputs, two, (done) => done < 4)).toHaveLength(1)
  })
})

describe('the task', () => {
  it('draws the same inputs by the same seed, of the asked gap, and its text gives its pieces', async () => {
    const { engine, made } = await opened()
    const task = await readTask()
    const draw = (seed: number, facts = 2) => recallInputs(engine, made, task, { count: 5, seed, facts })
    const [a, b, c] = [await draw(3), await draw(3), await draw(4)]
    expect(a).toEqual(b)
    expect(a).not.toEqual(c)
    for (const { texts, pieces, answer } of a) {
      expect(pieces[0]).toHaveLength(2 * 5 + 30)
      const [again = []] = await piecesOf(engine, made, [texts[0]])
      expect(again.map(({ id }) => id)).toEqual(pieces[0].map(({ id }) => id))
      expect(texts[0]).toContain(` ${answer.text} .`)
    }
  })

  it('is refused in words where the tokenizer splits its words', async () => {
    const { engine, made } = await opened()
    const task = { ...(await readTask()), names: ['tom', 'mary', 'xylophone'] }
    await expect(recallInputs(engine, made, task, { count: 1, seed: 1 })).rejects.toThrow('does not serve the recall')
  })
})

describe('masks', () => {
  it('of the three variants, counted', async () => {
    const text = 'one two three four five six seven eight nine ten eleven twelve'
    const cells = async (id: string, window: number) => {
      const { engine, model, docOf: doc } = await opened(id)
      const made = await doc(text, '')
      const run = await runMemory(engine, model, { ...made, mask: withWindow(made.mask, window) }, 0)
      return { ...openCells(run, 0), n: run.tokens.length - run.slots, m: run.slots }
    }
    const all = await cells('clsroom-memtransformer', 0)
    const { n, m } = all
    expect(m).toBe(8)
    expect(all).toMatchObject({
      'memory-memory': m * m,
      'memory-text': n * m,
      'text-memory': n * m,
      'text-text': n * n,
    })
    const bottleneck = await cells('clsroom-membottleneck', 0)
    expect(bottleneck['text-text']).toBe(0)
    expect(bottleneck['memory-memory'] + bottleneck['memory-text'] + bottleneck['text-memory']).toBe(2 * n * m + m * m)
    // A band of radius w has n(2w + 1) − w(w + 1) cells.
    expect((await cells('clsroom-memctrl', 4))['text-text']).toBe(n * 9 - 20)
    expect(await cells('clsroom-nomemory', 4)).toMatchObject({ 'memory-memory': 0, 'text-memory': 0, m: 0 })
  })

  it('a cell that may not be read has no share in any map', async () => {
    for (const id of ['clsroom-memtransformer', 'clsroom-memctrl', 'clsroom-membottleneck']) {
      const { engine, model, docOf: doc } = await opened(id)
      const run = await runMemory(engine, model, await doc(...first), 0)
      const may = mayRead(run)
      const all = run.tokens.length
      run.result.attentions.forEach((map, layer) => {
        const shut = map?.data.findIndex((share, i) => {
          const [query, key] = [Math.floor(i / all) % all, i % all]
          return may(layer, query, key) !== share > 0
        })
        expect(shut, `${id}, layer ${layer}`).toBe(-1)
      })
    }
  })
})

describe('memory tokens', () => {
  it('hidden change nothing, masked are read by nobody, removed are not there', async () => {
    const { engine, model, docOf: doc } = await opened()
    const made = await doc(...first)
    const with_ = (edit: (sequence: MemoryDoc['sequence']) => MemoryDoc['sequence']) => ({
      ...made,
      sequence: edit(made.sequence),
    })
    const keys = slotsOf(made.sequence).map(({ key }) => key)
    const own = await runMemory(engine, model, made, 0)
    const hidden = await runMemory(
      engine,
      model,
      with_((s) => setHidden(s, keys, true)),
      0,
    )
    expect(hidden.result.logits).toEqual(own.result.logits)
    const masked = await runMemory(
      engine,
      model,
      with_((s) => setStatus(s, keys, 'masked')),
      0,
    )
    const all = masked.tokens.length
    expect(masked.result.attentions[0]?.data.some((share, i) => i % all < 8 && share > 0)).toBe(false)
    expect(masked.result.logits.mlm?.data.every(Number.isFinite)).toBe(true)
    const removed = await runMemory(
      engine,
      model,
      with_((s) => remove(s, keys)),
      0,
    )
    expect(removed.slots).toBe(0)
    expect(removed.result.logits.sentiment).toBeUndefined()
    expect(readoutsOf(removed, []).map(({ head }) => head)).toEqual(['mlm'])
  })

  it('may be none and sixteen, and seventeen are refused in words', async () => {
    const { engine, model, docOf: doc } = await opened()
    const made = await doc(...first)
    for (const count of [0, 1, 16]) {
      const run = await runMemory(engine, model, { ...made, sequence: withSlots(made.sequence, count) }, 0)
      expect(run.slots).toBe(count)
    }
    expect(() => withSlots(made.sequence, 17)).toThrow('too many memory tokens')
    const back = withSlots(withSlots(withSlots(made.sequence, 16), 3), 8)
    expect(slotsOf(back)).toEqual(slotsOf(made.sequence))
  })

  it('stand before the text wherever they are put, and start as nobody trained them', async () => {
    const { docOf: doc } = await opened()
    const { sequence } = await doc('a b', '')
    const inserted = {
      ...sequence,
      tokens: [
        ...sequence.tokens,
        { ...(sequence.tokens[0] as (typeof sequence.tokens)[number]), ...untrainedSlot(1), key: 99 },
      ],
    }
    expect(ordered(inserted).tokens[8]?.key).toBe(99)
  })

  it('of a replaced state: zeros are zeros, noise is as long, and slots that are not there fall out', () => {
    const own = Float32Array.from([3, 4, 6, 8])
    const from = { all: [own, Float32Array.from([1, 0, 2, 2])], other: Float32Array.from([5, 5, 7, 7]) }
    const by = (how: 'zeros' | 'mean' | 'noise' | 'other') =>
      withReplacement({ by: how, layer: 1, slots: [1, 5] }, 2, own, from)
    expect(by('zeros')).toEqual({ layers: [1], slots: [1], rows: { dims: [1, 2], data: new Float32Array(2) } })
    expect([...by('mean').rows.data]).toEqual([4, 5])
    expect([...by('other').rows.data]).toEqual([7, 7])
    expect(Math.hypot(...by('noise').rows.data)).toBeCloseTo(10, 5)
  })
})

describe('documents', () => {
  it('go into a link and come back', async () => {
    const { engine, made, docOf: doc } = await opened()
    const plain = await doc(...first)
    const edited: MemoryDoc = {
      ...plain,
      sequence: setStatus(withSlots(plain.sequence, 10), [-2], 'masked'),
      mask: withQuadrant(withWindow(plain.mask, 6), 'memory-memory', false),
      ablated: [[1, 2]],
      replaced: { by: 'noise', layer: 1, slots: [0, 3] },
    }
    const link = encodeDoc(made, edited)
    const pieces = await piecesOf(engine, made, edited.texts)
    const { doc: back, problem } = decodeDoc(made, link, edited.texts, pieces)
    expect(problem).toBeNull()
    expect(encodeDoc(made, back)).toEqual(link)
    expect(slotsOf(back.sequence).map(({ label, status }) => [label, status])).toEqual(
      slotsOf(edited.sequence).map(({ label, status }) => [label, status]),
    )
    expect(encodeDoc(made, plain).tokens).toEqual({})
  })

  it('of no text, an unknown word and a text too long', async () => {
    const { engine, model, made, docOf: doc } = await opened()
    const empty = await doc('', '')
    expect((await runMemory(engine, model, empty, 0)).tokens.map(({ label }) => label).slice(8)).toEqual([
      '[CLS]',
      '[SEP]',
    ])
    const unknown = await doc('tom has the 𝄞 .', 'tom has the [MASK] .')
    expect(unknown.sequence.tokens.some(({ kind }) => kind === 'unk')).toBe(true)
    const long = await doc('tom has the key . '.repeat(40), 'tom has the [MASK] .')
    expect(leftOut(long)).toBeGreaterThan(0)
    const run = await runMemory(engine, model, long, 0)
    expect(run.tokens.length - run.slots).toBe(made.info.maxTokens)
    expect(run.mlmRows).toHaveLength(1)
  })

  it('typed into keep what was done by hand; a second text comes and goes', async () => {
    const { engine, made, docOf: doc } = await opened()
    const plain = await doc('tom has the key .', '')
    const masked = { ...plain, sequence: setStatus(plain.sequence, [-1, 4], 'masked') }
    const texts = ['tom has the red key .', 'tom has the [MASK] .']
    const typed = withTexts(made, masked, texts, await piecesOf(engine, made, texts))
    expect(typed.sequence.tokens.filter(({ status }) => status === 'masked').map(({ label }) => label)).toEqual([
      '[MEM 1]',
      'key',
    ])
    expect(typed.sequence.tokens.at(-3)?.kind).toBe('mask')
    const shorter = withTexts(
      made,
      typed,
      [texts[0] as string, ' '],
      await piecesOf(engine, made, [texts[0] as string, ' ']),
    )
    expect(shorter.base).toMatchObject({
      tokens: createDoc(made, shorter.texts, shorter.pieces).base.tokens.map(({ label }) => ({ label })),
    })
  })

  it('of another input keep memory, mask and silenced heads', async () => {
    const { engine, model, made, docOf: shown } = await opened()
    const [input] = await recallInputs(engine, made, await readTask(), { count: 1, seed: 5 })
    if (!input) throw new Error('no input')
    const plain = await shown(...first)
    const doc = docOf(made, { ...plain, sequence: withSlots(plain.sequence, 9), ablated: [[0, 1]] }, input)
    expect(slotsOf(doc.sequence)).toHaveLength(9)
    expect(doc.ablated).toEqual([[0, 1]])
    const run = await runMemory(engine, model, docOf(made, plain, input), 0, { capture: alone })
    expect(isRight(run, input)).toBe(true)
  })
})
