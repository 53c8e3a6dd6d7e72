/** The menu of the page: language, colours, presenting. */

import type { Locator, Page } from '@playwright/test'

/** Opens it. */
export async function openPageMenu(page: Page): Promise<Locator> {
  await page.getByTestId('page-menu-button').click()
  return page.getByTestId('page-menu')
}

export async function chooseLanguage(page: Page, name: 'English' | 'Русский'): Promise<void> {
  const menu = await openPageMenu(page)
  await menu.getByTestId('language').getByLabel(name).click()
}
