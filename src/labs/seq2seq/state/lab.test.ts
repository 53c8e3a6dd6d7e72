import { describe, expect, it } from 'vitest'
import type { Engine } from '../../../state/engine.ts'
import { createWasmBackend } from '../../../wasm/backend.ts'
import { createSeq2SeqLab } from './lab.ts'
import { loadT5 } from './testing/t5.ts'

/** The lab on the embedded model; while it is held, the tokenizer answers nobody. */
async function opened(text = 'reverse: cat dog') {
  const t5 = await loadT5(await createWasmBackend())
  let held: Promise<void> = Promise.resolve()
  let noteAsked = () => {}
  const engine = {
    ...t5.engine,
    pieces: async (id: string, texts: string[]) => {
      noteAsked()
      await held
      return t5.engine.pieces(id, texts)
    },
    store: { getState: () => ({ models: { [t5.model.id]: t5.model } }) },
    load: async () => t5.model,
    tokenizer: async () => t5.model.tokenizer,
  } as unknown as Engine
  const lab = createSeq2SeqLab(engine)
  await lab.open({ lab: 'seq2seq', model: t5.model.id, text })
  const hold = () => {
    let go = () => {}
    held = new Promise((resolve) => {
      go = resolve
    })
    const asked = new Promise<void>((resolve) => {
      noteAsked = resolve
    })
    return { asked, go }
  }
  return { lab, hold, state: () => lab.store.getState() }
}

describe('typing', () => {
  it('keeps what is typed while the tokenizer works: a late answer puts no older text into the box', async () => {
    const { lab, hold, state } = await opened()
    const { asked, go } = hold()
    lab.setText('source', 'a')
    await asked
    lab.setText('source', 'ab')
    lab.setText('source', 'abc')
    go()
    const seen: string[] = []
    const stop = lab.store.subscribe(({ texts }) => seen.push(texts.source))
    await lab.settled()
    stop()
    expect(new Set(seen)).toEqual(new Set(['abc']))
    expect(state().doc?.text).toBe('abc')
  })

  it('is undone as the lab undoes, boxes and tokens together', async () => {
    const { lab, state } = await opened()
    lab.setText('source', 'reverse: sun')
    await lab.settled()
    lab.setText('target', 'moon')
    await lab.settled()
    expect(state().doc?.target).not.toBeNull()
    lab.undo()
    expect(state().texts).toEqual({ source: 'reverse: sun', target: null })
    expect(state().doc?.target).toBeNull()
    lab.undo()
    expect(state().texts.source).toBe('reverse: cat dog')
    lab.redo()
    expect([state().texts.source, state().doc?.text]).toEqual(['reverse: sun', 'reverse: sun'])
    await lab.settled()
  })
})
