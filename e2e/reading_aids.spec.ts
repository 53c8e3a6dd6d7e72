/** Zoom to 200 and 400 %, wider spaces in text, and no motion: nothing is lost, in any lab. */

import type { Page } from '@playwright/test'
import { ROUTES } from './labs.ts'
import { expect, test } from './test.ts'

/** A window of 1280 × 720 at 200 %, and WCAG's 320 × 256 (1.4.10), which is 1280 × 1024 at 400 %. */
const ZOOMED = [
  { width: 640, height: 360 },
  { width: 320, height: 256 },
]

/** What can be operated and is there, by name, in the order of the page. Labels of a map that has many rows are thinned, which its table is not. */
function controls(page: Page): Promise<string[]> {
  return page.locator('.shell :is(button, a[href], input, select, textarea, [role=tab])').evaluateAll((found) =>
    found.flatMap((control) => {
      const { width, height } = control.getBoundingClientRect()
      const label =
        control.getAttribute('aria-label') ?? control.getAttribute('data-testid') ?? control.textContent ?? ''
      const hidden = width === 0 || height === 0 || control.matches('.skip-link, .map-label')
      return hidden ? [] : [`${control.tagName} ${label.trim()}`]
    }),
  )
}

/** Controls that something else lies over once they are scrolled into the middle, as the focus does. */
function covered(page: Page): Promise<string[]> {
  return page.locator('main :is(button, select, textarea, [role=tab], input[type=range])').evaluateAll((found) =>
    found.flatMap((control) => {
      const { width, height } = control.getBoundingClientRect()
      if (width < 2 || height < 2 || control.closest('[aria-hidden=true], .sr-only')) return []
      control.scrollIntoView({ block: 'center', inline: 'center' })
      const box = control.getBoundingClientRect()
      const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2]
      const top = document.elementFromPoint(x, y)
      const seen = top && (control.contains(top) || top.contains(control) || top.closest('label')?.contains(control))
      return seen ? [] : [`${control.outerHTML.slice(0, 120)} at ${x}, ${y} under ${top?.outerHTML.slice(0, 80)}`]
    }),
  )
}

/** Whole words that are cut off, and no sign says so. Tokens in a map or an atlas are shortened by design, with an ellipsis. */
function cut(page: Page): Promise<string[]> {
  return page.locator('.shell *').evaluateAll((found) =>
    found.flatMap((element) => {
      const own = Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.textContent?.trim())
      const { overflowX, overflowY, textOverflow } = getComputedStyle(element)
      if (!own || textOverflow === 'ellipsis' || element.closest('.sr-only, select, textarea')) return []
      const wide = ['hidden', 'clip'].includes(overflowX) && element.scrollWidth > element.clientWidth + 1
      const tall = ['hidden', 'clip'].includes(overflowY) && element.scrollHeight > element.clientHeight + 1
      return wide || tall ? [element.outerHTML.slice(0, 160)] : []
    }),
  )
}

const sticksOut = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

for (const route of ROUTES) {
  test(`${route}: nothing is lost at 200 %, at 400 % and with wider spaces`, async ({ page, text }) => {
    await page.setViewportSize({ width: 1280, height: 720 })
    await text.open({ hash: route })
    await text.rested()
    const before = await controls(page)
    for (const size of ZOOMED) {
      await page.setViewportSize(size)
      const at = `${size.width} × ${size.height}`
      await expect.soft.poll(() => sticksOut(page), { message: at, timeout: 5000 }).toBeLessThanOrEqual(0)
      await expect.soft.poll(() => controls(page), { message: at, timeout: 5000 }).toEqual(before)
      expect.soft(await covered(page), at).toEqual([])
      // A map that is there and too small to be read would be lost.
      for (const map of await page.locator('[data-testid=map-panel] [data-testid=map-cells]').all()) {
        await expect.soft
          .poll(async () => (await map.boundingBox())?.height, { message: at, timeout: 5000 })
          .toBeGreaterThan(90)
      }
    }
    // WCAG 1.4.12, as its bookmarklet sets it.
    await page.evaluate(() => {
      const spaced = new CSSStyleSheet()
      spaced.replaceSync(
        '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }',
      )
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, spaced]
    })
    for (const size of [{ width: 1280, height: 720 }, ...ZOOMED]) {
      await page.setViewportSize(size)
      const at = `wider spaces, ${size.width} × ${size.height}`
      await expect.soft.poll(() => sticksOut(page), { message: at, timeout: 5000 }).toBeLessThanOrEqual(0)
      expect.soft(await cut(page), at).toEqual([])
      await expect.soft.poll(() => controls(page), { message: at, timeout: 5000 }).toEqual(before)
    }
  })
}

/** What would move for longer than an instant: elements and their pseudo-elements. What follows the reader's own scrolling does not. */
function moving(page: Page): Promise<string[]> {
  return page.locator('html, html *').evaluateAll((found) => {
    const seconds = (list: string) => Math.max(...list.split(',').map(Number.parseFloat))
    return found.flatMap((element) =>
      [null, '::before', '::after'].flatMap((pseudo) => {
        const style = getComputedStyle(element, pseudo)
        const animated = style.animationName !== 'none' && style.animationTimeline === 'auto'
        const long =
          seconds(style.transitionDuration) > 0.01 ||
          (animated && seconds(style.animationDuration) > 0.01) ||
          style.scrollBehavior === 'smooth'
        return long ? [`${element.tagName}.${element.getAttribute('class')}${pseudo ?? ''}`] : []
      }),
    )
  })
}

test('nothing moves where the reader wants no motion', async ({ page, text }) => {
  for (const route of ROUTES) {
    await text.open({ hash: route })
    const tool = page.getByTestId('toolbox').getByRole('tab').first()
    await tool.click()
    await expect(page.getByTestId('drawer')).toBeVisible()
    expect(await moving(page), route).toEqual([])
    expect(
      await page.evaluate(() => document.getAnimations().filter((one) => one.timeline === document.timeline).length),
    ).toBe(0)
  }
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  expect((await moving(page)).length, 'where the reader does not mind, the page does move').toBeGreaterThan(0)
})
