/** The batch lab as a person meets it. */

import type { Locator, Page } from '@playwright/test'
import { LabPage } from './lab_page.ts'

export class BatchPage extends LabPage {
  readonly route = '#/batch'
  readonly rows: Locator
  readonly equality: Locator

  constructor(page: Page, query = '') {
    super(page, query)
    this.rows = page.getByTestId('batch-row')
    this.equality = page.getByTestId('equality')
  }

  /** A number of the read-outs, as it is printed. */
  number(name: string): Locator {
    return this.page
      .getByTestId('numbers')
      .locator('div')
      .filter({ has: this.page.getByText(name, { exact: true }) })
      .locator('dd')
  }

  async percent(name: string): Promise<number> {
    return Number.parseFloat((await this.number(name).textContent()) ?? '')
  }

  async strategy(name: string): Promise<void> {
    await this.rerun(async () => {
      await this.page.getByTestId('strategy').selectOption({ label: name })
    })
  }
}
