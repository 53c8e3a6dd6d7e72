/** The tasks lab's portfolio half as a person meets it. */

import { TASKS_FORMAT } from '../src/labs/tasks/link.ts'
import { encodeLink } from '../src/state/permalink.ts'
import { LabPage } from './lab_page.ts'

export const CRASH = { lab: 'tasks', half: 'portfolio', model: 'clsroom-portfolio', sample: '2008-10-24' } as const

export class PortfolioPage extends LabPage {
  readonly route = `#/tasks?s=${encodeLink(TASKS_FORMAT, CRASH)}`

  /** What the model says of a horizon, as it is printed. */
  async volatility(days: number): Promise<string> {
    return (await this.page.getByTestId(`volatility-${days}d`).locator('td b').textContent()) ?? ''
  }

  /** As a person pastes a table anywhere on the page. */
  async paste(text: string): Promise<void> {
    await this.page.evaluate((table) => {
      const data = new DataTransfer()
      data.setData('text/plain', table)
      window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data }))
    }, text)
  }

  async chooseFile(name: string, text: string): Promise<void> {
    await this.page.getByTestId('market-file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  }
}
