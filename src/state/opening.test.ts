import { expect, it } from 'vitest'
import { type IsNewest, newestOpening, type Step } from './opening.ts'

/** Links that arrive, or do not, when they are told to. */
function opened() {
  const shown: string[] = []
  const waiting = new Map<string, { arrive: () => void; lose: (why: Error) => void }>()
  const open = newestOpening(async (link: string, step: Step) => {
    await step(new Promise<void>((arrive, lose) => waiting.set(link, { arrive, lose })))
    shown.push(link)
  })
  return {
    shown,
    open,
    arrive: (link: string) => waiting.get(link)?.arrive(),
    lose: (link: string) => waiting.get(link)?.lose(new Error(link)),
  }
}

it('shows the newest link, whichever arrives sooner, and both callers hear of it', async () => {
  const { shown, open, arrive } = opened()
  const [slow, quick] = [open('slow'), open('quick')]
  arrive('quick')
  await quick
  expect(shown).toEqual(['quick'])
  arrive('slow')
  await slow
  expect(shown).toEqual(['quick'])
})

it('keeps the caller of a link that was overtaken until the newest is shown', async () => {
  const { shown, open, arrive } = opened()
  const calls = ['a', 'b', 'c'].map(open)
  arrive('a')
  arrive('b')
  let ended = false
  const all = Promise.all(calls).then(() => {
    ended = true
  })
  await new Promise((resolve) => setTimeout(resolve))
  expect(ended).toBe(false)
  arrive('c')
  await all
  expect(shown).toEqual(['c'])
})

it('tells what is wrong with a link to its own caller alone, and nothing of one that was overtaken', async () => {
  const { shown, open, arrive, lose } = opened()
  const [first, second] = [open('first'), open('second')]
  lose('first')
  lose('second')
  await expect(second).rejects.toThrow('second')
  await first
  const third = open('third')
  arrive('third')
  await third
  expect(shown).toEqual(['third'])
})

it('tells a part that comes to an end by itself whether its link is still the newest', async () => {
  const pinned: string[] = []
  const runs = new Map<string, () => void>()
  const open = newestOpening(async (link: string, step: Step, isNewest: IsNewest) => {
    const pin = new Promise<void>((done) => runs.set(link, done)).then(() => {
      if (isNewest()) pinned.push(link)
    })
    await step(pin)
  })
  const both = [open('older'), open('newer')]
  runs.get('older')?.()
  runs.get('newer')?.()
  await Promise.all(both)
  expect(pinned).toEqual(['newer'])
})
