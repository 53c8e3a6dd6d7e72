/** Printed, a lab is one sheet of A4 or Letter: the strip, the map or the photo, the read-outs and the address, and nothing to press. */

import type { Page } from '@playwright/test'
import { ROUTES } from './labs.ts'
import { openPageMenu } from './page_menu.ts'
import { expect, test } from './test.ts'

/** Of a page of A4 landscape within its margins, in CSS pixels. */
const SHEET = { width: 1047, height: 718 }
const LETTER = { width: 980, height: 740 }
/** CSS pixels: 5.5 points, the smallest that a newspaper prints. */
const SMALLEST_LETTERS = 7.3

async function pagesOf(page: Page, preferCSSPageSize: boolean): Promise<number> {
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize, printBackground: true })
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0
}

/** Printed from the dialog, and by what knows no page size but its own. */
async function expectOnePage(page: Page): Promise<void> {
  expect(await pagesOf(page, true)).toBe(1)
  expect(await pagesOf(page, false)).toBe(1)
}

/** Where the parts of the sheet are, and how tall their smallest letters. */
async function expectOnSheet(page: Page, parts: readonly string[]): Promise<void> {
  await page.setViewportSize(SHEET)
  await page.emulateMedia({ media: 'print' })
  for (const part of parts) {
    const found = page.locator(part).first()
    await expect(found, part).toBeVisible()
    const box = await found.boundingBox()
    expect(box && box.x >= -1 && box.y >= -1, part).toBe(true)
    expect((box?.x ?? 0) + (box?.width ?? 0), part).toBeLessThanOrEqual(SHEET.width + 1)
    expect((box?.y ?? 0) + (box?.height ?? 0), part).toBeLessThanOrEqual(SHEET.height + 1)
  }
  for (const letters of ['.chip-label', "[data-testid='readouts'] .readout h3", '.panel h2']) {
    expect(await sizeOf(page, letters), letters).toBeGreaterThanOrEqual(SMALLEST_LETTERS)
  }
  const controls = '.button, .tool-row, .shell-aside, .shell-nav, .lab-input, .drawer, .gap, input[type=range]'
  await expect(page.locator(controls).filter({ visible: true })).toHaveCount(0)
  await expect(page.locator('.print-address')).toContainText('http')
}

/** The size of letters on the sheet: what they are set in, by every zoom around them. */
function sizeOf(page: Page, selector: string): Promise<number> {
  return page
    .locator(selector)
    .filter({ visible: true })
    .first()
    .evaluate((element) => {
      let zoom = 1
      for (let at: Element | null = element; at; at = at.parentElement) zoom *= Number(getComputedStyle(at).zoom)
      return Number.parseFloat(getComputedStyle(element).fontSize) * zoom
    })
}

const STRIP = "[data-testid='token-strip']"
const READOUTS = "[data-testid='readouts']"
const TEXT = [STRIP, '.map-body', '.atlas-body', READOUTS, '.scale-legend', '.run-footer', '.print-address']
const VISION = [STRIP, '.photo-frame', '.atlas-body', READOUTS, '.scale-legend', '.run-footer', '.print-address']

test('the text lab', async ({ page, text }) => {
  await text.open()
  await expectOnePage(page)
  await expectOnSheet(page, TEXT)
})

test('the text lab with an edit, a selection, and a tool that is open', async ({ page, text }) => {
  await text.open()
  await text.show('the film was good', 'we liked it')
  await text.rerun(() => text.insertByMouse('[SEP]', 3))
  await text.select('film')
  await page.getByTestId('tool-norms').click()
  await expect(page.getByTestId('norms-tool')).toBeVisible()
  await expectOnePage(page)
  await expectOnSheet(page, TEXT)
})

test('a text of 100 words', async ({ page, text }) => {
  await text.open()
  await text.show(Array.from({ length: 20 }, () => 'the old man went home').join(' '))
  await expectOnePage(page)
  await expectOnSheet(page, TEXT)
})

for (const [width, height] of [
  [1440, 900],
  [1024, 700],
  [1920, 1080],
] as const) {
  test(`the vision lab, from a window of ${width} × ${height}`, async ({ page, vision }) => {
    await page.setViewportSize({ width, height })
    await vision.open()
    await expectOnePage(page)
    await expectOnSheet(page, VISION)
  })
}

test('on a projector and in the dark, too; and the page is as it was afterwards', async ({ page, text }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await text.open()
  await (await openPageMenu(page)).getByTestId('present').click()
  await expect(page.getByTestId('present-next')).toBeVisible()
  // The page grows into the projector's size in a few frames.
  let before = await text.map.boundingBox()
  await expect(async () => {
    const last = before
    before = await text.map.boundingBox()
    expect(before).toEqual(last)
  }).toPass({ intervals: [300] })
  await expectOnePage(page)
  await expect(page.locator(':root[data-paper]')).toHaveCount(0)
  expect(await text.map.boundingBox()).toEqual(before)
})

for (const [route, model] of [
  ...ROUTES.map((route) => [route, 'clsroom-'] as const),
  ['#/text?lesson=sep-sink', 'clsroom-bert'],
] as const) {
  test(`${route} can be handed out: nothing is cut, on white, with its model and address`, async ({ page, text }) => {
    await page.setViewportSize({ width: 1280, height: 720 })
    await page.emulateMedia({ colorScheme: 'dark' })
    await text.open({ hash: route })
    await expectOnePage(page)
    for (const sheet of [SHEET, LETTER]) {
      await page.emulateMedia({ media: 'screen' })
      await page.setViewportSize({ width: 1280, height: 720 })
      await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
      await page.setViewportSize(sheet)
      await page.emulateMedia({ media: 'print' })
      // The page is told of the medium with a frame.
      await page.evaluate(() => new Promise((told) => requestAnimationFrame(() => requestAnimationFrame(told))))
      const rooms =
        '.shell, .panel, .lab-strip, .map-room, .vision-photo, .atlas-body, .token-columns, .table-scroll, .lesson'
      const cut = await page.locator(rooms).evaluateAll((found) =>
        found.flatMap((room) => {
          const box = room.getBoundingClientRect()
          if (box.width === 0) return []
          const [wide, tall] = [room.scrollWidth - room.clientWidth, room.scrollHeight - room.clientHeight]
          const outside = box.right > innerWidth + 1 || box.bottom > innerHeight + 1
          return wide > 1 || tall > 1 || outside
            ? [`${room.className}: ${wide} × ${tall}, to ${box.right}, ${box.bottom}`]
            : []
        }),
      )
      expect(cut, `${sheet.width} wide`).toEqual([])
    }
    const legends = page.locator('.scale-ramp').filter({ visible: true })
    if (await page.locator('canvas').filter({ visible: true }).count()) expect(await legends.count()).toBeGreaterThan(0)
    const light = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
    expect(light).toBe('rgb(255, 255, 255)')
    await expect(page.locator('.print-address')).toContainText(model)
    await expect(page.locator('.print-address')).toContainText('http')
    const controls = page.locator('.button, .tool-row, .shell-nav, .drawer, .gap, input[type=range], .switch')
    await expect(controls.filter({ visible: true })).toHaveCount(0)
    if (route.includes('lesson')) await expect(page.getByTestId('lesson-body')).toBeVisible()
  })
}
