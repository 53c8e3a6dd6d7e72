/**
 * The views by themselves, on the synthetic data of the gallery: axe in both themes and at both ends of screen size, and
 * the token strip and the map by keyboard, mouse and finger. No model and no GPU takes part.
 */

import { expect, type Page, test } from '@playwright/test'
import { createServer, type ViteDevServer } from 'vite'
import { axeFinds } from './axe.ts'

let server: ViteDevServer
let address = ''

test.beforeAll(async () => {
  server = await createServer({
    configFile: false,
    root: new URL('..', import.meta.url).pathname,
    cacheDir: 'node_modules/.vite-gallery',
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0 },
    optimizeDeps: { entries: ['e2e/gallery.html'] },
  })
  await server.listen()
  address = `${server.resolvedUrls?.local[0]}e2e/gallery.html`
})

test.afterAll(async () => {
  await server.close()
})

async function open(page: Page): Promise<void> {
  await page.goto(address)
  await expect(page.getByTestId('atlas').first()).toBeVisible()
}

const stripOf = (page: Page) => page.getByTestId('token-strip').first()
const labels = (page: Page) => stripOf(page).getByTestId('token').locator('.chip-label').allTextContents()

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test(`axe finds nothing: ${colorScheme}, ${viewport.width} px`, async ({ page }) => {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize(viewport)
      await open(page)
      expect(await axeFinds(page)).toEqual([])
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(overflow, 'no sideways scrolling').toBeLessThanOrEqual(0)
    })
  }
}

test('the strip by keyboard: insert, move, mask, hide, remove, restore', async ({ page }) => {
  await open(page)
  const before = await labels(page)
  await stripOf(page).getByTestId('gap').nth(3).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('insert-menu')).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect.poll(() => labels(page)).toEqual([...before.slice(0, 3), '[SEP]', ...before.slice(3)])
  const added = stripOf(page).getByTestId('token').nth(3)
  await expect(added, 'the focus goes to what was inserted').toBeFocused()
  await page.keyboard.press('Alt+ArrowRight')
  const moved = stripOf(page).getByTestId('token').nth(4)
  await expect(moved).toHaveText(/\[SEP\]/)
  await expect(moved, 'the focus follows').toBeFocused()
  await page.keyboard.press('m')
  await expect(moved).toHaveAttribute('data-status', 'masked')
  await page.keyboard.press('h')
  await expect(moved).toHaveAttribute('data-hidden', 'true')
  await page.keyboard.press('Delete')
  await expect(moved).toHaveAttribute('data-status', 'removed')
  await expect(stripOf(page).getByTestId('announcer')).toContainText('removed')
  await page.keyboard.press('Delete')
  await expect(moved).toHaveAttribute('data-status', 'read')
})

test('the strip by mouse: a range is selected and masked, a chip is dragged', async ({ page }) => {
  await open(page)
  const tokens = stripOf(page).getByTestId('token')
  await tokens.nth(1).click()
  await tokens.nth(3).click({ modifiers: ['Shift'] })
  await expect(stripOf(page).locator('[aria-pressed=true][data-testid=token]')).toHaveCount(3)
  await stripOf(page).getByRole('button', { name: 'Mask', exact: true }).click()
  await expect(stripOf(page).locator('[data-status=masked]')).toHaveCount(3)
  await stripOf(page).getByRole('button', { name: 'Clear selection' }).click()

  const before = await labels(page)
  const from = await tokens.nth(2).boundingBox()
  const to = await tokens.nth(5).boundingBox()
  if (!from || !to) throw new Error('the chips are not on screen')
  await page.mouse.move(from.x + 10, from.y + 10)
  await page.mouse.down()
  await page.mouse.move(from.x + 40, from.y + 20, { steps: 3 })
  await page.mouse.move(to.x + to.width - 4, to.y + 20, { steps: 3 })
  await page.mouse.up()
  const [moved = ''] = before.slice(2, 3)
  expect(await labels(page)).toEqual([...before.slice(0, 2), ...before.slice(3, 6), moved, ...before.slice(6)])
})

test('a finger that rests lifts a chip; the page does not scroll under it', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const page = await context.newPage()
  await open(page)
  const tokens = stripOf(page).getByTestId('token')
  await tokens.nth(1).scrollIntoViewIfNeeded()
  const before = await labels(page)
  const from = await tokens.nth(1).boundingBox()
  const to = await tokens.nth(4).boundingBox()
  if (!from || !to) throw new Error('the chips are not on screen')
  const cdp = await context.newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove', x: number, y: number) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x, y }] })
  const scroll = await page.evaluate(() => scrollY)
  await touch('touchStart', from.x + 10, from.y + 10)
  await expect(tokens.nth(1)).toHaveAttribute('data-lifted', 'true')
  await touch('touchMove', from.x + 20, from.y + 30)
  await touch('touchMove', to.x + to.width - 4, to.y + 10)
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await expect
    .poll(() => labels(page))
    .toEqual([...before.slice(0, 1), ...before.slice(2, 5), before[1] ?? '', ...before.slice(5)])
  expect(await page.evaluate(() => scrollY)).toBe(scroll)
  await context.close()
})

test('the map by keyboard: arrows speak cells, Enter picks a query, the table has the same value', async ({ page }) => {
  await open(page)
  const map = page.getByTestId('attention-map').first()
  await map.getByTestId('map-cells').focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  const spoken = await map.getByTestId('announcer').textContent()
  const value = /query \S+ reads the: (\S+)/.exec(spoken ?? '')?.[1]
  expect(value).toBeTruthy()
  await map.getByTestId('map-as-table').click()
  const row = /query (\S+) reads/.exec(spoken ?? '')?.[1] ?? ''
  await expect(
    map
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: row, exact: true }) })
      .first(),
  ).toContainText(value ?? '')
})
