import { describe, expect, it } from 'vitest'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import { setStart, setStatus } from '../../../sequence/edit.ts'
import { active } from '../../../sequence/token.ts'
import { createGenerateLab, endOf } from './lab.ts'
import { answersOf } from './run.ts'
import { letterEngine, TOKENIZER } from './testing/letters.ts'

async function opened(prompt = 'abc', tokenizer?: TokenizerInfo) {
  const { engine, model, asked } = await letterEngine(tokenizer)
  const lab = createGenerateLab(engine)
  await lab.open({ lab: 'generate', model: model.id, prompt })
  const state = () => lab.store.getState()
  const text = () =>
    active(state().doc?.sequence ?? { tokens: [], nextKey: 0, positionPolicy: 'renumber', segmentPolicy: 'text' })
      .map(({ label }) => label)
      .join(' ')
  return { lab, engine, model, asked, state, text }
}

/** The shown run against the same document computed whole. */
async function expectWhole({ engine, model, state }: Awaited<ReturnType<typeof opened>>) {
  const { run } = state()
  if (!run) throw new Error('there is no run')
  const whole = await answersOf(engine, model, run.doc, { layer: 0 })
  expect(run.next).toHaveLength(whole.next.length)
  const far = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    Array.from(a, (value, i) => Math.abs(value - (b[i] as number))).reduce((most, one) => Math.max(most, one), 0)
  run.next.forEach((row, r) => {
    expect(far(row, whole.next[r] as Float32Array)).toBeLessThan(1e-4)
  })
  for (const name of ['attentions', 'hiddenStates'] as const) {
    run.result[name].forEach((array, layer) => {
      expect(array?.dims).toEqual(whole.result[name][layer]?.dims)
      expect(far(array?.data ?? [], whole.result[name][layer]?.data ?? [])).toBeLessThan(1e-4)
    })
  }
}

describe('writing', () => {
  it('computes one row a token, and every run is the whole forward', async () => {
    const it = await opened()
    await it.lab.write(6)
    expect(it.asked.rows).toEqual([4, 1, 1, 1, 1, 1, 1])
    expect(it.state().run?.kept).toBe(9)
    expect(it.state().doc?.written).toHaveLength(6)
    expect(it.state().pace?.tokens).toBe(6)
    await expectWhole(it)
  })

  it('the same seed gives the same text, another one another', async () => {
    const [a, b, c] = [await opened(), await opened(), await opened()]
    c.lab.setSeed(77)
    for (const { lab } of [a, b, c]) await lab.write(8)
    expect(a.text()).toBe(b.text())
    expect(c.text()).not.toBe(a.text())
    // In parts as in one.
    const parts = await opened()
    await parts.lab.write(3)
    await parts.lab.write(5)
    expect(parts.text()).toBe(a.text())
    // And by its link, without writing.
    const link = a.lab.link()
    const again = await opened('z')
    if (link) await again.lab.open(link)
    expect(again.text()).toBe(a.text())
    await expectWhole(again)
  })

  it('is one step of undo, and what was taken back is not computed again', async () => {
    const it = await opened()
    await it.lab.write(5)
    const text = it.text()
    const { length } = it.asked.rows
    it.lab.takeBack(2)
    await it.lab.settled()
    expect(it.asked.rows).toHaveLength(length)
    expect(it.state().run?.tokens).toHaveLength(6)
    await expectWhole(it)
    it.lab.undo()
    await it.lab.settled()
    expect(it.text()).toBe(text)
    it.lab.undo()
    await it.lab.settled()
    expect(it.text()).toBe('<bos> a b c')
  })

  it('stops within one token, and goes on', async () => {
    const it = await opened()
    const writing = it.lab.write(30)
    await new Promise<void>((resolve) => {
      const off = it.lab.store.subscribe(({ doc }) => {
        if ((doc?.written.length ?? 0) < 3) return
        off()
        resolve()
      })
    })
    it.lab.stop()
    const stopped = it.state().doc?.written.length as number
    await writing
    expect(it.state().doc?.written).toHaveLength(stopped)
    expect(it.state().writing).toBe(false)
    await it.lab.write(1)
    expect(it.state().doc?.written).toHaveLength(stopped + 1)
  })

  it('a candidate of one’s own choice is written, and the branch goes on from it', async () => {
    const it = await opened()
    await it.lab.write(2)
    it.lab.takeBack()
    await it.lab.settled()
    it.lab.accept(20)
    await it.lab.settled()
    expect(it.state().doc?.written.at(-1)).toEqual({ id: 20, seed: null })
    await it.lab.write(1)
    expect(it.state().doc?.written.at(-1)?.seed).toBe(1)
    await expectWhole(it)
  })

  it('ends with EOS, and at the end of the context', async () => {
    const it = await opened()
    it.lab.accept(2)
    await it.lab.settled()
    const model = { maxTokens: 48, endTokens: new Set([2]) }
    expect(endOf(model, it.state().doc as never)).toBe('eos')
    await it.lab.write(3)
    expect(it.state().doc?.written).toHaveLength(1)
    it.lab.accept(5)
    expect(it.state().doc?.written).toHaveLength(1)

    // What config.json calls the end ends a text, too, whatever the tokenizer calls it.
    const other = await letterEngine(TOKENIZER, [2, 7])
    const lab = createGenerateLab(other.engine)
    await lab.open({ lab: 'generate', model: 'gpt2-lm', prompt: 'abc' })
    lab.accept(7)
    await lab.settled()
    await lab.write(2)
    expect(lab.store.getState().doc?.written).toHaveLength(1)

    const { eos: _, ...specials } = TOKENIZER.specials
    const endless = await opened('abc', { ...TOKENIZER, specials })
    await endless.lab.write(100)
    expect(endless.state().run?.tokens).toHaveLength(48)
    expect(endOf({ ...model, endTokens: new Set<number>() }, endless.state().doc as never)).toBe('full')
    expect(endless.state().problem).toBeNull()
  })

  it('at temperature 0 and with top-k 1 takes the most probable token whatever the seed', async () => {
    const texts = []
    for (const sampling of [{ temperature: 0 }, { topK: 1 }]) {
      for (const seed of [1, 2]) {
        const it = await opened()
        it.lab.setSampling(sampling)
        it.lab.setSeed(seed)
        await it.lab.write(5)
        texts.push(it.text())
      }
    }
    expect(new Set(texts).size).toBe(1)
  })
})

describe('what changes rows', () => {
  it('masking, a start vector and a silenced head compute what they touch, and no more', async () => {
    const it = await opened('abcdef')
    await it.lab.write(2)
    const key = (row: number) => it.state().run?.tokens[row]?.key as number
    const edit = async (act: () => void) => {
      act()
      await it.lab.settled()
      await expectWhole(it)
      return it.state().run?.kept
    }
    expect(await edit(() => it.lab.edit((sequence) => setStatus(sequence, [key(4)], 'masked')))).toBe(4)
    expect(await edit(() => it.lab.edit((sequence) => setStart(sequence, [key(6)], { type: 'zeros' })))).toBe(6)
    expect(await edit(() => it.lab.setAblated([[1, 0]]))).toBe(0)
    await it.lab.write(1)
    expect(it.state().run?.kept).toBe(9)
    await expectWhole(it)
    // A future cell: nothing can be kept, and the map shows what is read ahead.
    const cell = { layer: 'all', query: key(2), key: key(5), readable: true } as const
    expect(await edit(() => it.lab.paint([cell]))).toBe(0)
    const { data } = it.state().run?.result.attentions[0] ?? { data: [] }
    expect(data[2 * 10 + 5]).toBeGreaterThan(0)
    expect(data[2 * 10 + 6]).toBe(0)
    await it.lab.write(1)
    expect(it.state().run?.kept).toBe(0)
    await expectWhole(it)
  })

  it('a prompt of special tokens alone goes on, and no token at all says what to do', async () => {
    const it = await opened('')
    expect(it.text()).toBe('<bos>')
    await it.lab.write(2)
    expect(it.state().run?.tokens).toHaveLength(3)

    const { bos: _, ...specials } = TOKENIZER.specials
    const bare = await opened('', { ...TOKENIZER, specials, opening: [] })
    expect(bare.state()).toMatchObject({
      run: null,
      problem: { message: expect.stringMatching(/nothing to go on from/) },
    })
    bare.lab.setPrompt('a')
    await bare.lab.settled()
    expect(bare.state()).toMatchObject({ problem: null, run: { kept: 0 } })
    await bare.lab.write(1)
    expect(bare.state().run?.tokens).toHaveLength(2)
  })
})
