/** A figure of the page as a person reads it: its table twin, its saved files. */

import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'

/** Header and rows of a figure's table twin, as text; the chart comes back. */
export async function tableOf(figure: Locator): Promise<string[][]> {
  const toggle = figure.getByRole('button', { name: 'Table', exact: true })
  await toggle.click()
  const rows = await figure
    .locator('table tr')
    .evaluateAll((found) => found.map((row) => [...row.children].map((cell) => cell.textContent ?? '')))
  await toggle.click()
  return rows
}

export async function saved(page: Page, figure: Locator, format: string): Promise<{ name: string; text: string }> {
  await figure.getByTestId('export').click()
  const download = page.waitForEvent('download')
  await page.getByTestId('export-menu').locator(`[data-action=${format}]`).click()
  const file = await download
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'latin1') }
}
