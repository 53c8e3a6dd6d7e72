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
  await expect(text.engine).toHaveAttribute('data-state', 'ready')
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

for (const width of [390, 768]) {
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height: 844 } })

    for (const route of ROUTES) {
      test(`${route} has no horizontal scroll`, async ({ page, text }) => {
        await text.open({ hash: route })
        expect(await sticksOut(page)).toBeLessThanOrEqual(0)
      })
    }

    for (const route of STRIPS) {
      test(`${route} has none with a token chosen or a menu open`, async ({ page, text }) => {
        await text.open({ hash: route })
        await text.chips.first().click()
        expect(await sticksOut(page)).toBeLessThanOrEqual(0)
        await text.gaps.nth(1).click()
        await expect(page.getByTestId('insert-menu')).toBeVisible()
        expect(await sticksOut(page)).toBeLessThanOrEqual(0)
      })
    }

    for (const route of MAPS) {
      test(`${route} has none with the map as a table`, async ({ page, text }) => {
        await text.open({ hash: route })
        await page.getByTestId('map-as-table').first().click()
        expect(await sticksOut(page)).toBeLessThanOrEqual(0)
      })
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

/** By how many pixels the page is wider than the window. */
function sticksOut(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
}
