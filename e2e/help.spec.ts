/** "What am I seeing?": every panel and every tool of every lab answers with a sentence, a typeset formula and a source. */

import type { Locator, Page } from '@playwright/test'
import { axeFinds } from './axe.ts'
import { ROUTES } from './labs.ts'
import { expect, test } from './test.ts'

test.use({ query: '?backend=wasm', viewport: { width: 1280, height: 720 }, actionTimeout: 15_000 })

/** Opened by Enter: what is said, typeset and linked; Escape gives the focus back. @returns the name of what was asked */
async function asks(page: Page, button: Locator): Promise<string> {
  const name = await button.evaluate((element) =>
    (element.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id))
      .map((one) => one?.getAttribute('aria-label') ?? one?.textContent)
      .join(' '),
  )
  await button.focus()
  await page.keyboard.press('Enter')
  const answer = page.getByTestId('help-panel')
  await expect(answer, name).toBeVisible()
  await expect(answer.locator('p').first(), name).toHaveText(/\p{L}.{20}/u)
  await expect(answer.locator('math').first(), name).toBeVisible()
  const source = answer.getByRole('link').first()
  await expect(source).toHaveAttribute('href', /^https?:/)
  await expect(source).toHaveAttribute('target', '_blank')
  // What is longer than its place scrolls in it.
  const box = await page.locator('.help').boundingBox()
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
  expect(box && box.x >= 0 && box.x + box.width <= width && box.y >= 0 && box.y + box.height <= height + 1, name).toBe(
    true,
  )
  await page.keyboard.press('Escape')
  await expect(answer, name).toHaveCount(0)
  await expect(button, name).toBeFocused()
  return name
}

const PLACES = [...ROUTES, '#/memory, pictures', '#/tasks, portfolio']

for (const place of PLACES) {
  test(`${place}: each panel, each tool`, async ({ page, text, portfolio }) => {
    test.slow()
    const [route = ''] = place.split(',')
    if (place.endsWith('portfolio')) await portfolio.open()
    else await text.open({ hash: route })
    if (place.endsWith('pictures')) await text.setState({ shows: 'picture', model: 'clsroom-vit-memory' })
    await expect(page.getByTestId('stage')).toBeVisible()
    const panels = page.locator('.lab > :not(.drawer)').getByTestId('help')
    const count = await panels.count()
    expect(count).toBeGreaterThanOrEqual(4)
    const names = new Set<string>()
    for (let i = 0; i < count; i++) names.add(await asks(page, panels.nth(i)))
    expect(names.size).toBe(count)

    const tools = page.getByTestId('toolbox').getByRole('tab')
    for (let i = 0; i < (await tools.count()); i++) {
      await tools.nth(i).click()
      const head = page.locator('.drawer-head').getByTestId('help')
      await expect(head).toBeVisible()
      await asks(page, head)
      // Escape closed the answer alone.
      await expect(page.getByTestId('drawer')).toBeVisible()
      // Until a tool has come, the one before it stays in the page, hidden.
      await expect(page.getByTestId('drawer').getByTestId('loading')).toHaveCount(0)
      const inner = page.getByTestId('drawer').locator('.panel, .figure').getByTestId('help')
      if ((await inner.count()) > 0) await asks(page, inner.first())
    }
  })
}

for (const [screen, viewport] of Object.entries({
  desk: { width: 1280, height: 720 },
  phone: { width: 390, height: 844 },
})) {
  test(`axe finds nothing in an open answer, ${screen}`, async ({ page, text }) => {
    await page.setViewportSize(viewport)
    await text.open()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.getByTestId('map-panel').getByTestId('help').click()
      await expect(page.getByTestId('help-panel').locator('math')).toBeVisible()
      expect(await axeFinds(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
      await page.keyboard.press('Escape')
    }
  })
}

test('Escape closes what is open, also in a frame in which it has not got the focus', async ({ page, text }) => {
  await text.open()
  const opened = {
    'help-panel': page.getByTestId('map-panel').getByTestId('help'),
    'page-menu': page.getByTestId('page-menu-button'),
    course: page.getByTestId('course'),
  }
  for (const [name, button] of Object.entries(opened)) {
    for (const at of ['body', 'button']) {
      await button.click()
      const dialog = page.getByRole('dialog')
      await expect(dialog, name).toBeFocused()
      const pressed = at === 'body' ? page.locator('body') : button
      await pressed.evaluate((element) => {
        ;(document.activeElement as HTMLElement).blur()
        element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
      })
      await expect(dialog, `${name}, ${at}`).toHaveCount(0)
      await expect(button, `${name}, ${at}`).toBeFocused()
    }
  }
})

test('the answer stands beside its panel, in the language of the page', async ({ page, text }) => {
  await text.open({ hash: '#/text?lang=ru' })
  const panel = page.getByTestId('readouts')
  const button = panel.getByTestId('help')
  await expect(button).toHaveAccessibleName('Что здесь показано? Ответы')
  const { width = 0, height = 0 } = (await button.boundingBox()) ?? {}
  expect(Math.min(width, height)).toBeGreaterThanOrEqual(24)
  await button.click()
  const answer = page.getByTestId('help-panel')
  await expect(answer).toContainText('Источник')
  const [own, other] = [await panel.boundingBox(), await answer.boundingBox()]
  expect((other?.x ?? 0) + (other?.width ?? 0)).toBeLessThanOrEqual((own?.x ?? 0) + 1)
})
