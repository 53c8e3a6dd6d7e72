/** The menu of examples: each shows its point, and Reset brings it back. */

import { EXAMPLES as GENERATE } from '../src/labs/generate/examples.ts'
import { EXAMPLES as SEQ2SEQ } from '../src/labs/seq2seq/examples.ts'
import { EXAMPLES as TEXT } from '../src/labs/text/examples.ts'
import { EXAMPLES as VISION } from '../src/labs/vision/examples.ts'
import { openPageMenu } from './page_menu.ts'
import { expect, test } from './test.ts'

test('each lab offers eight examples or more, each with a line that says what to look at', async ({ page, text }) => {
  for (const [route, examples] of [
    ['#/text', TEXT],
    ['#/vision', VISION],
    ['#/generate', GENERATE],
    ['#/seq2seq', SEQ2SEQ],
  ] as const) {
    await text.open({ hash: route })
    await page.getByTestId('examples').click()
    const items = page.getByTestId('example-menu').getByRole('menuitem')
    await expect(items).toHaveCount(examples.length)
    expect(examples.length).toBeGreaterThanOrEqual(8)
    for (const hint of await items.locator('.menu-hint').allTextContents()) expect(hint.length).toBeGreaterThan(20)
    await page.keyboard.press('Escape')
  }
})

test('every text example opens without a complaint', async ({ page, text }) => {
  await text.open()
  for (const { id } of TEXT) {
    await page.getByTestId('examples').click()
    await text.rerun(() => page.getByTestId('example-menu').locator(`[data-action="${id}"]`).click())
    await expect(text.banner).toHaveCount(0)
    await expect(text.map).toBeVisible()
  }
})

test('the opening example predicts the word under its mask, and the head that it shows matters', async ({
  page,
  text,
}) => {
  await text.open()
  const [[first] = []] = await text.predictions()
  expect(first?.word).toBe('states')
  expect(Number.parseFloat(first?.percent ?? '')).toBeGreaterThan(70)
  await text.rerun(() => page.getByTestId('toggle-head').click())
  const [[without] = []] = await text.predictions()
  expect(Number.parseFloat(without?.percent ?? '')).toBeLessThan(Number.parseFloat(first?.percent ?? '') - 15)
})

test('Reset brings the example back', async ({ page, text }) => {
  await text.open()
  const example = await text.labels()
  await text.rerun(() => text.chips.nth(2).press('Delete'))
  await text.rerun(async () => (await openPageMenu(page)).getByTestId('reset').click())
  expect(await text.labels()).toEqual(example)
  expect((await text.tokens()).every((token) => token.status === 'read')).toBe(true)
})

test('the vision examples mask what they say: what [CLS] reads most decides, what it reads least does not', async ({
  page,
  vision,
}) => {
  const best = async () => (await vision.probabilities())[0]?.bars[0]?.label
  await vision.open()
  expect(await best()).toBe('automobile')
  const open = async (id: string) => {
    await page.getByTestId('examples').click()
    await vision.rerun(() => page.getByTestId('example-menu').locator(`[data-action="${id}"]`).click())
  }
  await open('most')
  expect(await best()).not.toBe('automobile')
  await open('least')
  expect(await best()).toBe('automobile')
})
