/** The memory lab as a person meets it. */

import { LabPage } from './lab_page.ts'

export class MemoryPage extends LabPage {
  readonly route = '#/memory'

  /** The words that are offered under the first [MASK], best first. */
  async best(): Promise<string> {
    return (await this.page.getByTestId('readouts').locator('.bar-row .bar-label').first().textContent())?.trim() ?? ''
  }
}
