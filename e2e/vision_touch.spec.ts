/** The vision lab on a phone: fingers choose patches, paint, pinch and silence. */

import type { Locator, Page } from '@playwright/test'
import { expect, test } from './test.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

interface Point {
  x: number
  y: number
}

test('a tap asks a patch, a finger paints', async ({ page, vision }) => {
  await vision.open()
  await vision.patches.nth(20).tap()
  await expect(vision.patches.nth(20)).toHaveAttribute('aria-selected', 'true')
  await page.getByTestId('photo-mode').locator('input[value=paint]').tap()
  const at = await placesOn(page.getByTestId('paint-frame'))
  await vision.rerun(() => drag(page, [[at(0.2, 0.2)], [at(0.5, 0.5)], [at(0.8, 0.5)]]))
  const { strokes } = (await vision.state()) as { strokes: { points: [number, number][] }[] }
  expect(strokes).toHaveLength(1)
  expect(strokes[0]?.points[0]?.[0]).toBeCloseTo(0.2, 1)
  expect(strokes[0]?.points.at(-1)?.[0]).toBeCloseTo(0.8, 1)
})

test('two fingers zoom the square, one moves it', async ({ page, vision }) => {
  await vision.open()
  await page.getByTestId('photo-mode').locator('input[value=crop]').tap()
  const at = await placesOn(page.getByTestId('crop-frame').locator('.crop-frame'))
  const crop = async () => (await vision.state()).crop as { size: number; x: number; y: number } | undefined
  await vision.rerun(() =>
    drag(page, [
      [at(0.45, 0.5), at(0.55, 0.5)],
      [at(0.4, 0.5), at(0.6, 0.5)],
      [at(0.35, 0.5), at(0.65, 0.5)],
    ]),
  )
  await expect.poll(async () => (await crop())?.size ?? 1).toBeLessThan(0.5)
  const zoomed = await crop()
  await vision.rerun(() => drag(page, [[at(0.5, 0.5)], [at(0.55, 0.5)], [at(0.6, 0.5)]]))
  const moved = await crop()
  expect(moved?.size).toBeCloseTo(zoomed?.size as number, 5)
  expect(moved?.x).toBeGreaterThan(zoomed?.x as number)
})

test('a finger scrolls over the patches, and silences them only when asked to draw by hand', async ({
  page,
  vision,
}) => {
  await vision.open()
  await page.getByTestId('tool-masking').tap()
  const tool = page.getByTestId('masking-tool')
  const grid = tool.getByTestId('photo-stage').locator('.photo-grid')
  const count = page.getByTestId('masking-count')
  const swipe = async (): Promise<Point[][]> => {
    const at = await placesOn(grid)
    // From the middle of the last row of eight to the middle of the first.
    return [15 / 16, 0.6, 0.35, 1 / 16].map((y) => [at(0.3, y)])
  }
  const scrolled = () => page.evaluate(() => window.scrollY)
  const before = await swipe()
  const top = await scrolled()
  await drag(page, before)
  await expect.poll(scrolled).toBeGreaterThan(top)
  await expect(count).toContainText('0 of 64')
  // Out from under the photo, which stays in view, and once the page has come to rest: a press on the way would miss.
  const byHand = tool.locator('input[value=hand]')
  await byHand.evaluate(atRest)
  await byHand.evaluate((input) => input.scrollIntoView({ block: 'end' }))
  await byHand.check({ force: true })
  const drawn = await swipe()
  await vision.rerun(() => drag(page, drawn))
  await expect(count).toContainText('8 of 64')
})

/** Points of an element by their shares of it, in the view's own pixels; scrolls it into view, and waits until it rests. */
async function placesOn(element: Locator): Promise<(x: number, y: number) => Point> {
  await element.scrollIntoViewIfNeeded()
  await element.evaluate(atRest)
  const box = await element.boundingBox()
  if (!box || box.width === 0) throw new Error('nothing to touch is on screen')
  return (x, y) => ({ x: box.x + x * box.width, y: box.y + y * box.height })
}

/** Resolves when an element has kept its place for ten frames: a page goes on scrolling after the finger has left it. */
async function atRest(element: Element): Promise<void> {
  let top = element.getBoundingClientRect().top
  for (let still = 0; still < 10; still++) {
    await new Promise(requestAnimationFrame)
    const now = element.getBoundingClientRect().top
    if (now !== top) still = 0
    top = now
  }
}

/** Fingers put down, moved through places together, and lifted. */
async function drag(page: Page, places: Point[][]): Promise<void> {
  const fingers = await page.context().newCDPSession(page)
  for (const [i, touchPoints] of places.entries())
    await fingers.send('Input.dispatchTouchEvent', { type: i === 0 ? 'touchStart' : 'touchMove', touchPoints })
  await fingers.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await fingers.detach()
}
