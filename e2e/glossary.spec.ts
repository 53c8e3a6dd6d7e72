/** The glossary: terms in both languages, by name, by letter and by link, each with where it can be seen. */

import { TERMS } from '../src/app/glossary/terms.ts'
import { axeFinds } from './axe.ts'
import { chooseLanguage, openPageMenu } from './page_menu.ts'
import { expect, test } from './test.ts'

test('a link opens it at a term; what a term shows opens in its lab', async ({ page, query }) => {
  await page.goto(`./${query}#/text?term=attention-sink`)
  const glossary = page.getByTestId('glossary')
  const term = (id: string) => glossary.locator(`[data-term="${id}"]`)
  await expect(glossary.getByTestId('term')).toHaveCount(TERMS.length)
  await expect(term('attention-sink').getByRole('heading')).toBeFocused()
  await expect(term('attention-sink').getByRole('heading')).toBeInViewport()
  await expect(term('attention-sink')).toContainText('сток внимания')
  await term('attention-sink').getByTestId('term-show').click()
  await expect(glossary).toHaveCount(0)
  await expect(page.getByTestId('lesson')).toHaveAttribute('data-step', '1')

  await (await openPageMenu(page)).getByTestId('glossary-button').click()
  await term('temperature').getByTestId('term-show').click()
  await expect(page.getByTestId('generate-lab')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByTestId('tool-sampling')).toHaveAttribute('aria-selected', 'true')

  await page.goto(`./${query}#/text?term=nothing-of-the-kind`)
  await expect(glossary.getByTestId('banner')).toContainText('nothing-of-the-kind')
})

test('by keyboard: a name of the other language, a letter, and the palette; axe finds nothing', async ({
  page,
  text,
}) => {
  await text.open()
  await chooseLanguage(page, 'Русский')
  await (await openPageMenu(page)).getByTestId('glossary-button').press('Enter')
  const glossary = page.getByTestId('glossary')
  const terms = glossary.getByTestId('term')
  await expect(glossary.getByTestId('term-show')).toHaveCount(TERMS.length)
  await glossary.getByTestId('glossary-query').focus()
  await page.keyboard.type('residual')
  await expect(terms.first()).toHaveAttribute('data-term', 'residual-stream')
  await glossary.getByTestId('glossary-query').fill('')
  await glossary.getByRole('navigation').getByRole('button', { name: 'Э' }).press('Enter')
  await expect(page.locator(':focus')).toHaveText(/^[Ээ]/)
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await axeFinds(page, { within: '[data-testid=glossary]' })).toEqual([])
    }
  }
  await page.keyboard.press('Control+k')
  await expect(page.getByTestId('palette').getByRole('status')).not.toContainText('…', { timeout: 30_000 })
  await page.keyboard.type('перплексия')
  await expect(page.getByTestId('palette-item').first()).toHaveAttribute('data-command', 'terms:perplexity')
  await page.keyboard.press('Enter')
  await expect(glossary.locator('[data-term="perplexity"]').getByRole('heading')).toBeFocused()
  expect(page.url()).toContain('term=perplexity')
  await page.keyboard.press('Escape')
  await expect(glossary).toHaveCount(0)
  expect(page.url()).not.toContain('term=')
})
