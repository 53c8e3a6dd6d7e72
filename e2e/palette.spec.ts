/** The palette: everything of the page by name, in both languages, by keyboard alone. */

import type { Page } from '@playwright/test'
import { axeFinds } from './axe.ts'
import { openPageMenu } from './page_menu.ts'
import { expect, test } from './test.ts'

const palette = (page: Page) => page.getByTestId('palette')
const first = (page: Page) => palette(page).getByTestId('palette-item').first()

/** Opens it and waits until every lab was looked into. */
async function open(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(palette(page).getByRole('status')).not.toContainText('…', { timeout: 30_000 })
}

async function choose(page: Page, query: string, command: string): Promise<void> {
  await open(page)
  await page.keyboard.type(query)
  await expect(first(page)).toHaveAttribute('data-command', command)
  await page.keyboard.press('Enter')
  await expect(palette(page)).toHaveCount(0)
}

test('labs, tools, examples, models, lessons and settings are found by name and opened, the focus with them', async ({
  page,
  text,
}) => {
  await text.open()
  await choose(page, 'hide, mask, remove', 'tools:text/0/silence')
  await expect(page.getByTestId('drawer')).toBeFocused()
  await expect(page.getByTestId('tool-silence')).toHaveAttribute('aria-selected', 'true')
  await choose(page, 'memory that text may not read', 'examples:memory/memory-unread')
  await expect(page.getByTestId('memory-lab')).toBeVisible({ timeout: 30_000 })
  await expect(page.locator('#main')).toBeFocused()
  await choose(page, 'маски', 'labs:masks')
  await expect(page.getByTestId('masks-lab')).toBeVisible({ timeout: 30_000 })
  await choose(page, 'dark theme', 'settings:theme-dark')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await choose(page, 'sep sink', 'lessons:sep-sink')
  await expect(page.getByTestId('lesson')).toBeVisible()
  await expect(page.getByTestId('lesson')).toBeFocused()
  await choose(page, 'русский', 'settings:language-ru')
  await expect(page.locator('html')).toHaveAttribute('lang', 'ru')
  await expect(page.getByTestId('course'), 'the page is drawn anew').toHaveText('Курс')
  await page.keyboard.press('Control+k')
  await expect(first(page), 'used last, first').toHaveAttribute('data-command', 'settings:language-ru')
})

test('what is typed while it is still on its way is meant for it, and for no token', async ({ page, text }) => {
  await text.open()
  await page.getByTestId('token-strip').getByTestId('token').nth(2).focus()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('masks')
  await expect(page.getByTestId('palette-query')).toHaveValue('masks')
  await expect(page.locator('[data-testid="token"][data-status="masked"]')).toHaveCount(0)
})

test('it opens in a text box and from the menu, closes by its own keys, and finds what is typed on the other layout', async ({
  page,
  text,
}) => {
  await text.open()
  const box = page.getByTestId('text-lab').getByRole('textbox').first()
  await box.focus()
  await page.keyboard.press('Control+k')
  await expect(page.getByTestId('palette-query')).toBeFocused()
  await page.keyboard.press('Control+k')
  await expect(palette(page)).toHaveCount(0)
  await expect(box).toBeFocused()
  await (await openPageMenu(page)).getByTestId('palette-button').click()
  await expect(palette(page).getByRole('status')).not.toContainText('…', { timeout: 30_000 })
  await page.keyboard.type('мшышщт')
  await expect(first(page)).toHaveAttribute('data-command', 'labs:vision')
  await page.getByTestId('palette-query').fill('qqqqqq')
  await expect(palette(page)).toContainText('Nothing is called that')
  await page.keyboard.press('Escape')
  await expect(palette(page)).toHaveCount(0)
})

for (const viewport of [
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
]) {
  test(`axe finds nothing in the palette, ${viewport.width} wide`, async ({ page, text }) => {
    await page.setViewportSize(viewport)
    await text.open()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await open(page)
      for (const query of ['', 'mask']) {
        await page.getByTestId('palette-query').fill(query)
        expect(await axeFinds(page, { within: '[data-testid=palette]' })).toEqual([])
      }
      await page.keyboard.press('Control+k')
    }
  })
}
