/** What an edit changes beside what was asked for: nothing of segments, and what it does change is listed and separable. */

import type { Page } from '@playwright/test'
import { expect, test } from './test.ts'
import type { TextPage } from './text_page.ts'

const PAIR = ['i went to the store to buy some milk.', 'the store was closed.'] as const

/** The probability that B follows A, by a forward of our own. */
async function follows(text: TextPage, segments?: number[], positions?: number[]): Promise<number> {
  const { logits } = await text.run({
    ...(segments && { tokenTypeIds: segments }),
    ...(positions && { positionIds: positions }),
  })
  const [yes = 0, no = 0] = Array.from(logits.nsp?.data ?? [])
  return 1 / (1 + Math.exp(no - yes))
}

const also = (page: Page) => page.getByTestId('change-also')

test('a [SEP] inserted in the first of two segments relabels nobody; the positions that move are listed and marked', async ({
  page,
  text,
}) => {
  await text.open()
  await text.show(...PAIR)
  const before = await text.tokens()
  const sure = await text.probability('nsp')
  await text.rerun(() => text.insertByMouse('[SEP]', 4))
  const after = await text.tokens()

  const segments = (tokens: typeof before) => new Map(tokens.map(({ key, segment }) => [key, segment]))
  for (const [key, segment] of segments(before)) expect(segments(after).get(key)).toBe(segment)
  expect(after[4]).toMatchObject({ label: '[SEP]', segment: 0, position: 4 })
  await expect(also(page)).toHaveText('Also changed: 14 tokens: position +1')
  await expect(text.chips.locator('.chip-meta > [data-renumbered]')).toHaveCount(14)
  await expect(text.chips.nth(5)).toHaveAccessibleName(/position 5, position before: 4/)

  // What is answered is the answer of just these numbers, and the lie would have been another one.
  const held = after.map(({ segment }) => segment as number)
  expect(await text.probability('nsp')).toBeCloseTo(await follows(text, held), 4)
  const relabelled = after.map((_, row) => (row <= 4 ? 0 : row <= 13 ? 1 : 0))
  expect(Math.abs((await follows(text, relabelled)) - sure)).toBeGreaterThan(
    Math.abs((await follows(text, held)) - sure),
  )
})

test('where the reader asks for it, segments follow the separators, in the link too, and are listed', async ({
  page,
  text,
}) => {
  await text.open()
  await text.show(...PAIR)
  await text.rerun(() => text.insertByMouse('[SEP]', 4))
  await text.rerun(() => page.getByTestId('segment-policy').getByLabel('by [SEP]').check())
  expect((await text.tokens()).map(({ segment }) => segment)).toEqual([
    ...Array(5).fill(0),
    ...Array(8).fill(1),
    ...Array(6).fill(0),
  ])
  await expect(also(page)).toHaveText('Also changed: 8 tokens: segment A → B; 6 tokens: segment B → A')
  expect((await text.state()).tokens).toMatchObject({ segmentsBySeparators: true })
  await text.rerun(() => page.getByTestId('undo').click())
  expect((await text.tokens())[5]?.segment).toBe(0)
})

test('moving and removing a [SEP] relabels nobody either', async ({ page, text }) => {
  await text.open()
  await text.show(...PAIR)
  const labels = async () => new Map((await text.tokens()).map(({ key, segment }) => [key, segment]))
  const before = await labels()
  const [sep] = (await text.tokens()).flatMap(({ label, key }) => (label === '[SEP]' ? [key] : []))
  await text.rerun(() => text.chip('[SEP]').press('Alt+ArrowLeft'))
  expect(await labels()).toEqual(before)
  await text.rerun(() => text.chip('[SEP]').press('Delete'))
  for (const [key, segment] of await labels()) if (key !== sep) expect(segment).toBe(before.get(key))
  await expect(also(page)).not.toContainText('segment')
})

test('“the token only” is the same edit with the numbers of all other tokens held', async ({ page, text }) => {
  await text.open()
  await text.show(...PAIR)
  const sure = await text.probability('nsp')
  await text.rerun(() => text.insertByMouse('[SEP]', 4))
  const now = await text.probability('nsp')
  const rows = (await text.tokens()).map((chip) => chip.position as number)
  const only = await follows(
    text,
    undefined,
    rows.map((row) => (row <= 3 ? row : row - 1)),
  )
  await page.getByTestId('separate').click()
  const cell = (column: string) =>
    page.getByTestId('comparison').locator(`tr[data-readout=nsp] td[data-column=${column}] .comparison-answer`)
  const percent = (probability: number) => `yes ${(probability * 100).toFixed(1)} %`
  await expect(cell('only')).toHaveText(percent(only))
  await expect(cell('pinned')).toHaveText(percent(sure))
  await expect(cell('now')).toHaveText(percent(now))
  // Nothing else changes where positions are held: there is nothing to separate then.
  await text.rerun(() => page.getByTestId('undo').click())
  await expect(page.getByTestId('comparison').locator('[data-column=only]')).toHaveCount(0)
})

test('an old link shows what its maker saw: segments by the separators', async ({ page, text }) => {
  const { encodeLink } = await import('../src/state/permalink.ts')
  const old = { version: 1, schema: async () => ({}) as never, migrations: {} }
  const link = {
    lab: 'text',
    model: 'clsroom-bert',
    texts: PAIR,
    tokens: {
      strip: [
        [0, 4],
        [{ kind: 'sep', id: 3, label: '[SEP]' }, 1],
        [4, 14],
      ],
    },
  }
  await text.open({ hash: `#/text?s=${encodeLink(old, link)}` })
  await expect(page.getByTestId('segment-policy').getByLabel('by [SEP]')).toBeChecked()
  expect((await text.tokens())[5]?.segment).toBe(1)
})

test('“Does B follow A?” is not answered where there is no B', async ({ page, text }) => {
  await text.open()
  await text.show(PAIR[0])
  await expect(page.getByTestId('nsp')).toContainText('add a second one')
  await expect(page.getByTestId('nsp')).not.toContainText('%')
  await text.show(...PAIR)
  await expect(page.getByTestId('nsp')).toContainText('%')
})
