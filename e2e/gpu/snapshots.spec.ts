/**
 * How each lab looks, on the software adapter and with the page's own fonts. CONTRIBUTING.md says how the pictures are renewed.
 *
 * A pixel counts as another from a fifth of the way between black and white on (`threshold`), so that edges of letters which another
 * version of Chromium smooths otherwise do not; 0.4 % of the pixels may be others, a square of 60. A panel that is moved by
 * 4 pixels is more, which the last test holds.
 */

import type { Page } from '@playwright/test'
import { TASKS_FORMAT } from '../../src/labs/tasks/link.ts'
import { encodeLink } from '../../src/state/permalink.ts'
import { ROUTES } from '../labs.ts'
import { CRASH } from '../portfolio_page.ts'
import { expect, test } from '../test.ts'

// A picture that is right only when it is taken again is wrong.
test.describe.configure({ retries: 0 })

const ALIKE = { threshold: 0.2, maxDiffPixelRatio: 0.004 }
const DESK = { width: 1280, height: 720 }
const LOOKS: { name: string; hash: string; size?: typeof DESK; dark?: boolean; contrast?: boolean; map?: string }[] = [
  ...ROUTES.map((hash) => ({ name: hash.slice(2), hash })),
  { name: 'portfolio', hash: `#/tasks?s=${encodeLink(TASKS_FORMAT, CRASH)}` },
  { name: 'text-dark', hash: '#/text', dark: true },
  { name: 'text-contrast', hash: '#/text', contrast: true },
  { name: 'vision-viridis', hash: '#/vision', map: 'viridis' },
  { name: 'text-phone', hash: '#/text', size: { width: 390, height: 844 } },
  { name: 'text-present', hash: '#/text?present' },
]

/** Nothing is under way, all fonts are there, and what differs from run to run (times, the adapter) is not. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const still = new CSSStyleSheet()
    // Formulas are in the system's mathematical font, where it has one.
    still.replaceSync('.run-footer, math { visibility: hidden }')
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, still]
    await document.fonts.ready
  })
  await expect(page.locator('[data-computing], .loading, .skeleton')).toHaveCount(0)
  await expect(page.getByTestId('engine-status')).toHaveAttribute('data-state', 'ready')
  await page.mouse.move(0, 0)
}

for (const { name, hash, size = DESK, dark, contrast, map } of LOOKS) {
  test(`snapshot: ${name}`, async ({ page, text }) => {
    await page.setViewportSize(size)
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', contrast: contrast ? 'more' : 'no-preference' })
    await page.addInitScript((chosen) => localStorage.setItem('clsroom.map', chosen), map ?? 'page')
    await text.open({ hash })
    await settle(page)
    await expect(page).toHaveScreenshot(`${name}.png`, { ...ALIKE, timeout: 60_000 })
  })
}

test('a panel that is moved by 4 pixels is seen', async ({ page, text }, { config }) => {
  test.skip(['all', 'changed'].includes(config.updateSnapshots), 'it would be kept as the picture of the lab')
  await page.setViewportSize(DESK)
  await text.open()
  await settle(page)
  await page.getByTestId('readouts').evaluate((panel) => {
    panel.style.translate = '-4px 0'
  })
  const compare = async () => {
    await expect(page).toHaveScreenshot('text.png', { ...ALIKE, timeout: 10_000 })
  }
  await expect(compare()).rejects.toThrow('different')
})
