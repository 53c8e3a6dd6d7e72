/** The colours of maps, which the reader chooses: cells, legend, thumbnails, photo and saved figures have the same. And themes. */

import type { Page } from '@playwright/test'
import { rgb } from 'd3'
import { COLOUR_MAPS, ramp, rampPosition, type Theme } from '../src/viz/colour.ts'
import { saved } from './figures.ts'
import { openPageMenu } from './page_menu.ts'
import { expect, test } from './test.ts'

async function choose(page: Page, map: string): Promise<void> {
  const menu = await openPageMenu(page)
  await menu.getByTestId('colours').locator(`[data-value=${map}]`).click()
  await page.keyboard.press('Escape')
  await expect(menu).toHaveCount(0)
}

/** The colours of the first row of the large map, near the upper left corner of each cell: the number stands in the middle. */
function firstRow(page: Page, count: number): Promise<number[][]> {
  return page.locator('.map-space canvas').evaluate((element, cells) => {
    const { width, height } = element as HTMLCanvasElement
    const side = width / cells
    // A copy, made to be read: the page's own canvas is there to be drawn on.
    const copy = new OffscreenCanvas(width, height)
    const pen = copy.getContext('2d', { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D
    pen.drawImage(element as HTMLCanvasElement, 0, 0)
    return Array.from({ length: cells }, (_, i) =>
      Array.from(pen.getImageData((i + 0.18) * side, 0.18 * side, 1, 1).data.slice(0, 3)),
    )
  }, count)
}

const bytes = (colour: string) => {
  const { r, g, b } = rgb(colour)
  return [r, g, b].map(Math.round)
}

test('cells, legend and saved figure have the colours that were chosen; they are kept', async ({ page, text }) => {
  await text.open()
  await text.show('the film was good')
  await text.chooseHead(1, 0)
  const map = (await text.maps())[1]
  if (!map) throw new Error('layer 2 has no map')
  const values = Array.from(map.data.subarray(0, 6))
  for (const name of ['page', ...COLOUR_MAPS] as const) {
    await choose(page, name)
    const theme: Theme = name === 'page' ? 'light' : `light ${name}`
    const colour = (value: number) => ramp('ink', theme)(rampPosition(value, 1, 'ink', 'linear'))
    const cells = await firstRow(page, values.length)
    values.forEach((value, key) => {
      bytes(colour(value)).forEach((channel, i) => {
        expect(
          Math.abs(channel - (cells[key]?.[i] as number)),
          `${name}, key ${key}, channel ${i}`,
        ).toBeLessThanOrEqual(3)
      })
    })
    const legend = await page.getByTestId('map-panel').locator('.scale-ramp').getAttribute('style')
    for (const end of [0, 1]) expect(legend).toContain(colour(end))
    const { text: svg } = await saved(page, page.getByTestId('map-panel'), 'svg')
    expect(svg).toContain(colour(1))
    expect(svg).toContain(colour(values[0] as number))
  }
  await page.reload()
  await text.ready()
  await expect(page.locator('html')).toHaveAttribute('data-map', 'greys')
})

test('a photo under its attention, and the thumbnails, follow; differences stay as they are', async ({
  page,
  vision,
}) => {
  await vision.open()
  const painted = () =>
    page.locator('.atlas-canvas canvas').evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL())
  const [photo, atlas] = [await vision.drawn(), await painted()]
  await choose(page, 'cividis')
  expect(await vision.drawn()).not.toBe(photo)
  expect(await painted()).not.toBe(atlas)
  await choose(page, 'page')
  expect([await vision.drawn(), await painted()]).toEqual([photo, atlas])
})

test('high contrast: chosen, or asked for by the system; what is selected has a ring; it is kept', async ({
  page,
  text,
}) => {
  await text.open()
  const root = page.locator('html')
  await expect(root).not.toHaveAttribute('data-contrast')
  await page.emulateMedia({ contrast: 'more' })
  await expect(root).toHaveAttribute('data-contrast')
  const menu = await openPageMenu(page)
  await menu.getByTestId('theme').locator('[data-value=light]').click()
  await expect(root, 'the reader knows better than the system').not.toHaveAttribute('data-contrast')
  await page.emulateMedia({ contrast: 'no-preference' })
  await menu.getByTestId('theme').locator('[data-value=contrast]').click()
  await expect(root).toHaveAttribute('data-contrast')
  await page.keyboard.press('Escape')
  await text.chips.nth(1).click()
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  for (const [what, chosen, other] of [
    ['token', '[data-testid=token][aria-pressed=true]', '[data-testid=token][aria-pressed=false]'],
    ['head', '[data-testid=head][aria-pressed=true]', '[data-testid=head][aria-pressed=false]'],
    ['lab', '.shell-nav [aria-current]', '.shell-nav a:not([aria-current])'],
  ] as const) {
    const outline = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((one) => [getComputedStyle(one).outlineStyle, getComputedStyle(one).outlineWidth])
    expect(await outline(chosen), what).toEqual(['solid', '3px'])
    expect((await outline(other))[0], what).toBe('none')
  }
  await text.chips.nth(2).focus()
  await page.keyboard.press('ArrowRight')
  expect(await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineWidth)).toBe('4px')
  await page.reload()
  await text.ready()
  await expect(root).toHaveAttribute('data-contrast')
})
