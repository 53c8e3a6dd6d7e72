/** The memory lab as a person meets it. */

import { LabPage } from './lab_page.ts'

export class MemoryPage extends LabPage {
  readonly route = '#/memory'

  /** The best word under the first [MASK]. */
  async best(): Promise<string | null> {
    return this.page.getByTestId('mask-prediction').first().locator('.bar-label').first().textContent()
  }
}
