/** Long texts and narrow screens: the page goes on drawing, and nothing sticks out. */

import type { Page } from '@playwright/test'
import { MAPS, ROUTES, STRIPS } from './labs.ts'
import { expect, test } from './test.ts'
import type { TextPage } from './text_page.ts'

test('edits made while a run is under way coalesce into the newest', async ({ page, text }) => {
  await text.open()
  await text.show(Array(200).fill('good').join(' '))
  await text.chips.nth(1).focus()
  const before = await text.forwards()
  for (let i = 0; i < 12; i++) await page.keyboard.press('m')
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press('m')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
  }
  await expect.poll(() => text.forwards()).toBeGreaterThan(before)
  await expect(text.chips.and(page.locator('[data-status=masked]'))).toHaveCount(5)
  await expect.poll(async () => (await hatched(text)).slice(0, 8)).toEqual([0, 1, 1, 1, 1, 1, 0, 0])
  await text.rested()
  expect((await text.forwards()) - before).toBeLessThanOrEqual(17)
})

test('what is too long for the model is cut, and the page says so', async ({ page, text }) => {
  await text.open()
  await text.show('the film')
  await text.rerun(() => text.segment(0).fill(Array(600).fill('good').join(' ')))
  await expect(page.getByText('90 pieces do not fit')).toBeVisible()
  await expect(text.chips).toHaveCount(512)
  await text.segment(0).fill('the film was good')
  await expect.poll(() => text.labels()).toHaveLength(6)
  await expect(page.getByText('do not fit')).toHaveCount(0)
  await expect.poll(() => text.mapLength()).toBe(6)
  await text.expectMapDrawn()
})

/** What is opened is opened on a phone, and looked at there first. */
const WIDTHS = [390, 768, 390]

/** At every width the page is no wider than the window. */
async function expectFits(page: Page, what: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 844 })
    const sticksOut = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    await expect.poll(sticksOut, `${what}, ${width} px`).toBeLessThanOrEqual(0)
  }
}

for (const route of ROUTES) {
  test(`${route} has no horizontal scroll: nor with a token chosen, with a menu, with the map as a table`, async ({
    page,
    text,
  }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await text.open({ hash: route })
    await expectFits(page, 'as it opens')
    if (STRIPS.some((one) => one === route)) {
      await text.chips.first().click()
      await expectFits(page, 'a token')
      await text.gaps.nth(1).click()
      await expect(page.getByTestId('insert-menu')).toBeVisible()
      await expectFits(page, 'a menu')
      await page.keyboard.press('Escape')
    }
    if (MAPS.some((one) => one === route)) {
      await page.getByTestId('map-as-table').first().click()
      await expectFits(page, 'a table')
    }
  })
}

for (const [route, box] of [
  ['#/generate', 'prompt'],
  ['#/seq2seq', 'source-text'],
] as const) {
  test(`${route} has none with words longer than the screen, and none with any tool open`, async ({ page, text }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await text.open({ hash: route })
    const before = await page.getByTestId('change').textContent()
    await page.getByTestId(box).fill('reverse: Donaudampfschifffahrtsgesellschaftskapitän'.repeat(8))
    await expect(page.getByTestId('change')).not.toHaveText(before ?? '')
    await expectFits(page, 'the words')
    for (const tool of await page.locator('.tool-name').all()) {
      await tool.click()
      await expect(page.locator('.drawer')).toBeVisible()
      await expectFits(page, (await tool.textContent()) ?? '')
    }
  })
}

test('a very long word wraps', async ({ page, text }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await text.open()
  await text.show('Donaudampfschifffahrtsgesellschaftskapitän'.repeat(3))
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})

/** 1 for each key that nobody reads, by the table of the map. */
async function hatched(text: TextPage): Promise<number[]> {
  const { cells } = await text.shownMap()
  return (cells[0] ?? []).map((cell) => (cell === '0' ? 1 : 0))
}
