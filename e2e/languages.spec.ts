/** Two languages, and a made-up one that finds labels which would be cut. */

import { saidInEnglish } from './english.ts'
import { ROUTES } from './labs.ts'
import { chooseLanguage } from './page_menu.ts'
import { expect, test } from './test.ts'

test('the first visit follows the browser, the link names another', async ({ browser, baseURL, query }) => {
  const context = await browser.newContext({ locale: 'ru-RU', baseURL })
  const page = await context.newPage()
  await page.goto(`./${query}`)
  await expect(page.getByRole('link', { name: 'Текст' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'ru')
  await chooseLanguage(page, 'English')
  await expect(page.getByRole('link', { name: 'Text', exact: true })).toBeVisible()
  expect(page.url()).toContain('lang=en')
  await context.close()
})

test('Russian numbers and plurals; the state stays when the language changes', async ({ page, text }) => {
  await text.open()
  await text.show('the film was good')
  await text.rerun(() => text.chip('film').press('Delete'))
  await chooseLanguage(page, 'Русский')
  await expect(page.getByTestId('readouts')).toContainText('Тональность')
  expect(await text.labels()).toEqual(['[CLS]', 'the', 'film', 'was', 'good', '[SEP]'])
  await expect(page.getByTestId('sentiment')).toContainText(/\d+,\d %/)
  await expect(page.getByTestId('copy-link')).toHaveText('Ссылка')
})

for (const route of ROUTES) {
  test(`${route} says nothing in English where Russian is chosen`, async ({ page, text }) => {
    await text.open({ hash: `${route}?lang=ru` })
    expect(await saidInEnglish(page)).toEqual([])
  })

  test(`${route}: labels two fifths longer are not cut`, async ({ page, text }) => {
    await page.setViewportSize({ width: 1920, height: 1080 })
    await text.open({ hash: `${route}?lang=pseudo` })
    await expect(page.getByTestId('examples')).toContainText('~')
    const cut = await page.locator('button, h1, h2, h3, label, .segment span').evaluateAll((labels) =>
      (labels as HTMLElement[])
        .filter((label) => label.offsetParent !== null && !label.closest('.map, .atlas, .strip-line, .sr-only, .film'))
        .filter((label) => !label.classList.contains('sr-only') && label.scrollWidth > label.clientWidth + 1)
        .filter((label) => getComputedStyle(label).overflowX !== 'visible' && label.clientWidth > 0)
        .map((label) => label.textContent),
    )
    expect(cut).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1920)
  })
}
