import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ForwardResult } from '../engine/protocol.ts'
import { createLabStore, type LabState, NO_RUN } from './lab.ts'

interface Run {
  of: string
  result: ForwardResult
}
type State = LabState<string, { layer: number }, Run>

const RESULT = { attentions: [{}, null], tokens: 1 } as unknown as ForwardResult

function lab() {
  const asked: string[] = []
  const core = createLabStore<Run, State>({
    initial: { model: null, doc: null, look: { layer: 0 }, ...NO_RUN },
    undoable: ({ doc }) => ({ doc }),
    input: ({ doc }) => (doc === null ? null : [doc]),
    async run({ doc }) {
      asked.push(doc ?? '')
      if (doc === 'bad') throw new Error('on purpose')
      return { of: doc ?? '', result: RESULT }
    },
  })
  const edit = async (doc: string, of = '') => {
    core.begin(of)
    core.commit({ doc })
    await core.idle()
  }
  const shown = () => {
    const { doc, run, before } = core.store.getState()
    return { doc, run: run?.of ?? null, before: before?.of ?? null }
  }
  return { ...core, edit, shown, asked }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

test('every edit runs, and keeps the run that was on screen before it', async () => {
  const { edit, shown } = lab()
  await edit('a')
  expect(shown()).toEqual({ doc: 'a', run: 'a', before: null })
  await edit('ab')
  expect(shown()).toEqual({ doc: 'ab', run: 'ab', before: 'a' })
})

test('where nothing is left to run no run is shown, also after undo and redo, and none that was under way', async () => {
  const { edit, commit, shown, actions, idle, store } = lab()
  await edit('a')
  await edit('ab')
  commit({ doc: 'abc' })
  commit({ doc: null })
  await idle()
  expect(shown()).toEqual({ doc: null, run: null, before: null })
  actions.undo()
  await idle()
  expect(shown()).toMatchObject({ run: 'a' })
  actions.redo()
  await idle()
  expect(shown()).toEqual({ doc: null, run: null, before: null })
  const { asked, shown: drawn } = store.getState()
  expect(drawn).toBe(asked)
})

test('typing without a pause is one step of undo, compared with what was there before it', async () => {
  const { edit, shown, actions, idle } = lab()
  await edit('a')
  await edit('ab', 'typing')
  await edit('abc', 'typing')
  expect(shown()).toEqual({ doc: 'abc', run: 'abc', before: 'a' })
  actions.undo()
  await idle()
  expect(shown()).toEqual({ doc: 'a', run: 'a', before: 'abc' })
  actions.redo()
  await idle()
  expect(shown().doc).toBe('abc')
})

test('a pause, or any other edit, begins another step', async () => {
  const { edit, shown, actions, idle } = lab()
  await edit('a')
  await edit('ab', 'typing')
  vi.advanceTimersByTime(1500)
  await edit('abc', 'typing')
  await edit('cut')
  await edit('cut!', 'typing')
  for (const doc of ['cut', 'abc', 'ab', 'a']) {
    actions.undo()
    await idle()
    expect(shown().doc).toBe(doc)
  }
})

test('what a slow tokenizer brings belongs to the step that asked for it, not to the one in between', async () => {
  const { begin, commit, edit, shown, actions, idle } = lab()
  await edit('a')
  const typing = begin('typing')
  await edit('b')
  commit({ doc: 'typed' }, typing)
  await idle()
  actions.undo()
  await idle()
  expect(shown().doc).toBe('b')
})

test('while the newest run is computed, the shown one is known to be older; then they agree', async () => {
  const { begin, commit, store, idle } = lab()
  const progress = () => {
    const { asked, shown, run, since } = store.getState()
    return { asked, shown, run: run?.of ?? null, since: since?.of ?? null }
  }
  begin()
  commit({ doc: 'a' })
  expect(progress()).toEqual({ asked: 1, shown: 0, run: null, since: null })
  await idle()
  begin()
  commit({ doc: 'ab' })
  expect(progress()).toEqual({ asked: 2, shown: 1, run: 'a', since: 'a' })
  await idle()
  expect(progress()).toEqual({ asked: 2, shown: 2, run: 'ab', since: 'a' })
  begin()
  commit({ doc: 'bad' })
  await idle()
  expect(progress()).toEqual({ asked: 3, shown: 3, run: null, since: 'ab' })
})

test('while edits come faster than runs, one is drawn at least every second, and says which it is', async () => {
  vi.useFakeTimers()
  const core = createLabStore<Run, State>({
    initial: { model: null, doc: null, look: { layer: 0 }, ...NO_RUN },
    undoable: ({ doc }) => ({ doc }),
    input: ({ doc }) => (doc === null ? null : [doc]),
    async run({ doc }) {
      await new Promise((resolve) => setTimeout(resolve, 120))
      return { of: doc ?? '', result: RESULT }
    },
  })
  const drawn: { at: number; run: string; shown: number }[] = []
  core.store.subscribe(({ run, shown }, before) => {
    if (run && run !== before.run) drawn.push({ at: performance.now(), run: run.of, shown })
  })
  const began = performance.now()
  for (let i = 1; i <= 200; i++) {
    core.begin('typing')
    core.commit({ doc: `edit ${i}` })
    await vi.advanceTimersByTimeAsync(85) // 17 s in all
  }
  await vi.advanceTimersByTimeAsync(500)
  const pauses = drawn.map(({ at }, i) => at - (drawn[i - 1]?.at ?? began))
  expect(Math.max(...pauses)).toBeLessThanOrEqual(1000)
  for (const { run, shown } of drawn) expect(run).toBe(`edit ${shown}`)
  expect(drawn.at(-1)?.shown).toBe(200)
})

test('a run that fails is said, and shown as none', async () => {
  const { edit, store, shown, actions } = lab()
  await edit('a')
  await edit('bad')
  expect(shown().run).toBeNull()
  expect(store.getState().problem?.message).toContain('on purpose')
  actions.dismissProblem()
  expect(store.getState().problem).toBeNull()
})

test('a layer that was not read back is asked for again; one that was is not', async () => {
  const { edit, actions, asked, idle } = lab()
  await edit('a')
  actions.look({ layer: 0 })
  await idle()
  expect(asked).toEqual(['a'])
  actions.look({ layer: 1 })
  await idle()
  expect(asked).toEqual(['a', 'a'])
})

test('after forget, nothing is undone and nothing compared', async () => {
  const { edit, forget, actions, shown, idle, store } = lab()
  await edit('a')
  forget()
  actions.undo()
  await idle()
  expect(shown().doc).toBe('a')
  store.setState({ doc: 'b' })
  await idle()
  expect(shown().run).toBe('b')
})

test('another action between two bursts of typing parts them, and its late letters are no part of an edit', async () => {
  for (const act of ['look', 'pin'] as const) {
    const { edit, shown, actions, idle } = lab()
    await edit('a')
    await edit('ab', 'typing')
    if (act === 'look') actions.look({ layer: 0 })
    else actions.pin(null)
    await edit('abc', 'typing')
    actions.undo()
    await idle()
    expect(shown().doc).toBe('ab')
  }
})

test('what a slow reader makes of typing after the next edit is a step of its own', async () => {
  const { begin, commit, store, actions } = lab()
  const typing = begin('typing')
  commit({ doc: 'a' }, typing)
  begin()
  commit({ doc: 'a!' })
  commit({ doc: 'ab!' }, typing) // the newest letters come late
  actions.undo()
  expect(store.getState().doc).toBe('a!')
  actions.undo()
  expect(store.getState().doc).toBe('a')
})
