/** On a screen of 1920 × 1080 every tool shows its tables, strips and samples whole: nothing is cut, and nothing scrolls sideways. */

import type { Page } from '@playwright/test'
import { expect, test } from './test.ts'

test.use({ viewport: { width: 1920, height: 1080 } })

/** What holds more than it shows from side to side, by what it says. */
function cut(page: Page): Promise<string[]> {
  return page.locator('main').evaluate((main) =>
    Array.from(main.querySelectorAll<HTMLElement>('*'), (element) => {
      // A field scrolls as it is typed in; the labels of a map's axis are short by design, and whole under the pointer.
      const apart = element.closest('.sr-only, .map-axis, svg') || element.matches('input, textarea, select')
      const { overflowX, display } = getComputedStyle(element)
      const isRoom = display !== 'inline' && overflowX !== 'visible' && element.clientWidth > 0
      const more = element.scrollWidth - element.clientWidth
      const what = `${element.tagName}.${element.className} “${element.textContent?.slice(0, 40)}”`
      return !apart && isRoom && more > 1 ? `${what}: ${more} px more` : ''
    }).filter((found) => found !== ''),
  )
}

for (const lang of ['en', 'ru']) {
  for (const lab of ['text', 'vision'] as const) {
    test(`${lab}, ${lang}`, async ({ page, text }) => {
      await text.open({ hash: `#/${lab}?lang=${lang}` })
      await page.getByTestId('pin').click()
      expect(await cut(page), 'without a tool').toEqual([])
      const tabs = page.getByTestId('toolbox').getByRole('tab')
      for (let n = 0; n < (await tabs.count()); n++) {
        const tab = tabs.nth(n)
        await test.step((await tab.textContent()) ?? '', async () => {
          await tab.press('Enter')
          const drawer = page.getByTestId('drawer')
          await expect(drawer.locator('.panel').first()).toBeVisible()
          // What a tool runs beside the shown run has come.
          await expect(drawer.locator('.skeleton')).toHaveCount(0)
          await expect(drawer.getByText('…', { exact: true })).toHaveCount(0)
          await text.rested()
          expect.soft(await cut(page)).toEqual([])
        })
      }
    })
  }
}
