/** The tokenizers lab as a person meets it. */

import { expect, type Locator, type Page } from '@playwright/test'
import { LabPage } from './lab_page.ts'

export class TokenizersPage extends LabPage {
  readonly route = '#/tokenizers'
  readonly sentence: Locator
  readonly columns: Locator
  readonly unknown: Locator

  constructor(page: Page, query = '') {
    super(page, query)
    this.sentence = page.getByTestId('sentence')
    this.columns = page.getByTestId('column')
    this.unknown = page.getByTestId('unknown-word')
  }

  /** The pieces of a column as they are written. */
  pieces(column: number): Promise<string[]> {
    return this.columns.nth(column).locator('.token-label').allTextContents()
  }

  async openTool(tool: string): Promise<Locator> {
    await this.page.getByTestId(`tool-${tool}`).click()
    const panel = this.page.getByTestId('drawer').locator('.panel').first()
    await expect(panel).toBeVisible()
    return panel
  }

  /** Drops a file on the page, as a person does. */
  async drop(name: string, content: string, type: string): Promise<void> {
    const transfer = await this.page.evaluateHandle(
      ([name, content, type]) => {
        const made = new DataTransfer()
        made.items.add(new File([content], name, { type }))
        return made
      },
      [name, content, type] as const,
    )
    await this.page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
  }
}
