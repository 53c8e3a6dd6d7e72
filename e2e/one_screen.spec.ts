/** One screen: input, strip, map or photo, and read-outs are visible together, and a tool pushes none of them away. */

import type { Locator, Page } from '@playwright/test'
import { expect, test } from './test.ts'

const SIZES = [
  [1280, 720],
  [1440, 900],
  [1920, 1080],
  [3840, 2160],
] as const

/** What has to be in view beside the input, the strip and the read-outs; the first part is what a tool leaves whole. */
const LABS: { route: string; parts: [string, ...string[]]; tool?: string }[] = [
  { route: '#/text', parts: ['map-panel'], tool: 'reads' },
  { route: '#/vision', parts: ['photo-panel'], tool: 'reads' },
  { route: '#/generate', parts: ['map-panel'], tool: 'reads' },
  { route: '#/tasks', parts: ['photo-panel'], tool: 'reads' },
  {
    route: '#/seq2seq',
    parts: ['map-panel', 'encoder-panel', 'decoder-panel', 'source-strip', 'target-strip'],
    tool: 'shift',
  },
  { route: '#/memory', parts: ['map-panel', 'mask-panel'], tool: 'reads' },
  { route: '#/masks', parts: ['board-panel', 'map-panel'], tool: 'rules' },
  { route: '#/detect', parts: ['photo-panel'] },
  { route: '#/tokenizers', parts: ['columns-panel'] },
]

interface Box {
  top: number
  bottom: number
  left: number
  right: number
}

const boxOf = (element: Locator) =>
  element.evaluate((one): Box => {
    const { top, bottom, left, right } = one.getBoundingClientRect()
    return { top, bottom, left, right }
  })

/** Neither the page nor an element has to be scrolled to be seen whole. */
async function expectWhole(page: Page, element: Locator): Promise<void> {
  const { width, height } = page.viewportSize() as { width: number; height: number }
  const { top, bottom, left, right } = await boxOf(element)
  expect(top).toBeGreaterThanOrEqual(0)
  expect(left).toBeGreaterThanOrEqual(0)
  expect(bottom).toBeLessThanOrEqual(height)
  expect(right).toBeLessThanOrEqual(width)
}

const overlap = (a: Box, b: Box) =>
  Math.min(a.right, b.right) > Math.max(a.left, b.left) + 1 && Math.min(a.bottom, b.bottom) > Math.max(a.top, b.top) + 1

const hidden = (element: Locator) => element.evaluate((one) => one.scrollHeight - one.clientHeight)

for (const { route, parts } of LABS) {
  test(`${route} shows input, strip, stage and read-outs without scrolling, at every size`, async ({ page, text }) => {
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height })
      if (width === SIZES[0][0]) await text.open({ hash: route })
      const readouts = page.getByTestId('readouts')
      const shown = [page.locator('.lab-input'), page.locator('.lab-strip'), ...parts.map((id) => page.getByTestId(id))]
      // What is laid out anew takes a few frames.
      await expect(async () => {
        for (const part of [...shown, readouts]) await expectWhole(page, part)
        // A map that is whole and too small to be read would be none.
        for (const map of await page.locator('.stage [data-testid=map-cells]').all()) {
          const { top, bottom } = await boxOf(map)
          expect(bottom - top).toBeGreaterThan(100)
        }
        expect(await hidden(readouts)).toBeLessThanOrEqual(0)
        expect(await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)).toBe(0)
        if (width >= 1920) for (const atlas of await page.getByTestId('atlas').all()) await expectWhole(page, atlas)
      }, `${width} × ${height}`).toPass({ timeout: 10_000 })
    }
  })
}

test.describe('tools', () => {
  test.use({ viewport: { width: 1280, height: 720 } })

  test('a drawer opens beside the stage, and leaves strip, map and read-outs in place', async ({ page, text }) => {
    await text.open()
    const strip = await boxOf(text.strip)
    await page.getByTestId('tool-attention').click()
    await expect(page.getByTestId('drawer')).toBeVisible()
    expect(await boxOf(text.strip)).toEqual(strip)
    const drawer = await boxOf(page.getByTestId('drawer'))
    const map = await boxOf(page.getByTestId('map-panel'))
    const readouts = await boxOf(page.getByTestId('readouts'))
    expect(map.right).toBeLessThanOrEqual(drawer.left)
    expect(drawer.right).toBeLessThanOrEqual(readouts.left)
    await expectWhole(page, page.getByTestId('drawer'))
    await page.getByTestId('drawer-close').click()
    await expect(page.getByTestId('drawer')).toHaveCount(0)
  })

  test('a long strip scrolls within itself and keeps the selection in view', async ({ page, text }) => {
    await text.open()
    await text.show(Array(60).fill('good').join(' '))
    await expect(text.chips).toHaveCount(62)
    await text.setState({ look: { layer: 0, head: 'mean', selected: [60] } })
    await expectWhole(page, text.chips.nth(60))
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280)
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('the map stays in view above the strip while tokens are edited', async ({ page, text }) => {
    await text.open()
    await text.chips.nth(2).click()
    await text.chips.nth(2).evaluate((chip) => chip.scrollIntoView({ block: 'center' }))
    const map = await boxOf(page.getByTestId('map-panel'))
    const strip = await boxOf(text.strip)
    expect(map.top).toBeGreaterThanOrEqual(0)
    expect(map.bottom).toBeLessThanOrEqual(strip.top)
    expect(strip.top).toBeLessThan(844)
  })
})

for (const { route, parts, tool } of LABS) {
  if (!tool) continue
  test(`${route}: a wide drawer leaves stage and read-outs in view, at every size`, async ({ page, text }) => {
    const [[width, height]] = SIZES
    await page.setViewportSize({ width, height })
    await text.open({ hash: route })
    await page.getByTestId(`tool-${tool}`).press('Enter')
    const drawer = page.getByTestId('drawer')
    const narrow = await boxOf(drawer)
    await page.getByTestId('drawer-wide').click()
    const wide = await boxOf(drawer)
    expect(wide.right - wide.left).toBeGreaterThan(narrow.right - narrow.left)
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height })
      await expect(async () => {
        const [stage, readouts] = [await boxOf(page.locator('.stage')), await boxOf(page.getByTestId('readouts'))]
        for (const part of [stage, readouts]) {
          expect(overlap(await boxOf(drawer), part)).toBe(false)
          expect(part.right - part.left).toBeGreaterThan(240)
        }
        await expectWhole(page, drawer)
        await expectWhole(page, page.getByTestId(parts[0]))
      }, `${width} × ${height}`).toPass({ timeout: 10_000 })
    }
    // An edit is made and answered beside it.
    const before = await text.forwards()
    await text.chips.first().press('Delete')
    await expect.poll(() => text.forwards()).toBeGreaterThan(before)
  })
}

test('the row of tools fits at 1280, in both languages', async ({ page, text }) => {
  await page.setViewportSize({ width: 1280, height: 720 })
  for (const lang of ['en', 'ru']) {
    for (const { route } of LABS) {
      await text.open({ hash: `${route}?lang=${lang}` })
      const row = page.getByTestId('toolbox')
      expect(await row.evaluate((one) => one.scrollWidth - one.clientWidth), `${route} ${lang}`).toBe(0)
      await expectWhole(page, row.getByRole('tab').last())
      // The header is as wide as the window, and the open lab's tab is in view.
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${route} ${lang}`).toBeLessThanOrEqual(
        1280,
      )
      await expectWhole(page, page.getByTestId('readouts'))
      await expectWhole(page, page.locator('.shell-nav [aria-current]'))
    }
  }
})
