/** Forced colours (a high-contrast theme of the system): which one is chosen is seen, and not by a shade alone. */

import type { Locator } from '@playwright/test'
import { openPageMenu } from './page_menu.ts'
import { expect, test } from './test.ts'

test.use({ contextOptions: { forcedColors: 'active', reducedMotion: 'reduce' } })

/** What is drawn around an element, by width: no colour, no shadow, for neither is left to the page. */
function frameOf(element: Locator): Promise<{ width: number; colour: string }> {
  return element.evaluate((found) => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(found)
    return { width: outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth), colour: outlineColor }
  })
}

/** @param other one of the same kind that is not chosen */
async function expectSeen(what: string, chosen: Locator, other: Locator): Promise<void> {
  await expect(chosen.first(), what).toBeVisible()
  await expect(other.first(), what).toBeVisible()
  const [is, isNot] = [await frameOf(chosen.first()), await frameOf(other.first())]
  expect(is.width, `${what}: the frame of what is chosen`).toBeGreaterThanOrEqual(3)
  expect(isNot.width, `${what}: no frame around what is not`).toBe(0)
}

const CHOSEN = '[aria-pressed=true]'

test('text: lab, theme, language, token, head, tool, row of the map', async ({ page, text }) => {
  await text.open()
  expect(await page.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true)
  await text.show('the film was good')
  await text.select('film')
  await page.getByTestId('tool-norms').click()
  await expect(page.getByTestId('norms-tool')).toBeVisible()
  await page.mouse.move(0, 0)
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  const segments = (testId: string) => page.getByTestId(testId).locator('.segment')
  for (const testId of ['map-mode', 'theme', 'language']) {
    if (testId === 'theme') await openPageMenu(page)
    const all = segments(testId)
    await expectSeen(
      testId,
      all.filter({ has: page.locator(':checked') }),
      all.filter({ hasNot: page.locator(':checked') }),
    )
  }
  await page.keyboard.press('Escape')
  const nav = page.locator('.shell-nav a')
  await expectSeen('lab', nav.and(page.locator('[aria-current]')), nav.and(page.locator(':not([aria-current])')))
  await expectSeen('token', text.chips.and(page.locator(CHOSEN)), text.chips.and(page.locator(`:not(${CHOSEN})`)))
  const heads = page.getByTestId('head')
  await expectSeen('head', heads.and(page.locator(CHOSEN)), heads.and(page.locator(`:not(${CHOSEN})`)))
  const tabs = page.getByTestId('toolbox').getByRole('tab')
  await expectSeen(
    'tool',
    tabs.and(page.locator('[aria-selected=true]')),
    tabs.and(page.locator('[aria-selected=false]')),
  )
  const labels = page.locator('.map-label > span')
  await expectSeen(
    'row and column',
    labels.and(page.locator('[data-selected] > span')),
    labels.and(page.locator(':not([data-selected]) > span')),
  )
  // Bars are lengths: they keep a colour that is seen.
  const shade = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((bar) => getComputedStyle(bar).backgroundColor)
  expect(await shade('.binary-fill')).not.toBe(await shade('.binary-scale'))
})

test('vision: mode, photo, patch, layer', async ({ page, vision }) => {
  await vision.open()
  await vision.patches.nth(12).click()
  await page.mouse.move(0, 0)
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  const modes = page.getByTestId('photo-mode').locator('.segment')
  await expectSeen(
    'mode',
    modes.filter({ has: page.locator(':checked') }),
    modes.filter({ hasNot: page.locator(':checked') }),
  )
  const samples = page.getByTestId('sample')
  await expectSeen('photo', samples.and(page.locator(CHOSEN)), samples.and(page.locator(`:not(${CHOSEN})`)))
  await expectSeen(
    'patch',
    vision.patches.and(page.locator('[aria-selected=true]')),
    vision.patches.and(page.locator('[aria-selected=false]')),
  )
  const frames = page.getByTestId('film-frame')
  await expectSeen('layer', frames.and(page.locator(CHOSEN)), frames.and(page.locator(`:not(${CHOSEN})`)))
})
