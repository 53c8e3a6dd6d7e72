/** The detect lab as a person meets it. */

import type { Locator, Page } from '@playwright/test'
import { LabPage } from './lab_page.ts'

export class DetectPage extends LabPage {
  readonly route = '#/detect'
  readonly queries: Locator
  readonly found: Locator

  constructor(page: Page, query = '') {
    super(page, query)
    this.queries = page.getByTestId('query')
    this.found = page.getByTestId('found').locator('tbody tr')
  }

  /** Query, class and score of each row of the read-outs. */
  async boxes(): Promise<string[]> {
    return (await this.found.allInnerTexts()).map((row) => row.split('\t').slice(0, 3).join(' '))
  }

  /** What each chip says. */
  said(): Promise<string[]> {
    return this.queries.locator('.query-said').allInnerTexts()
  }
}
