/** The sequence-to-sequence lab as a person and a script meet it. */

import { expect, type Locator, type Page } from '@playwright/test'
import type { AutomationForward, AutomationResult } from '../src/state/automation_types.ts'
import { LabPage } from './lab_page.ts'

export type Stage = 'encoder' | 'cross' | 'decoder'

export class Seq2SeqPage extends LabPage {
  readonly route = '#/seq2seq'
  readonly source: Locator
  readonly target: Locator

  constructor(page: Page, query = '') {
    super(page, query)
    this.source = page.getByTestId('source-strip')
    this.target = page.getByTestId('target-strip')
  }

  panel(stage: Stage): Locator {
    return this.page.getByTestId(stage === 'cross' ? 'map-panel' : `${stage}-panel`)
  }

  /** The nth chip of a strip with a label. */
  token(strip: Locator, label: string, nth = 0): Locator {
    const named = this.page.locator('.chip-label').getByText(label, { exact: true })
    return strip.getByTestId('token').filter({ has: named }).nth(nth)
  }

  words(strip: Locator): Promise<string[]> {
    return strip.locator('.chip-label').allTextContents()
  }

  output(): Promise<string | null> {
    return this.page.getByTestId('output-text').textContent()
  }

  async tool(id: string): Promise<Locator> {
    await this.page.getByTestId(`tool-${id}`).click()
    const tool = this.page.getByTestId(`${id}-tool`)
    await expect(tool).toBeVisible()
    return tool
  }

  async chooseHeadOf(stage: Stage, layer: number, head: number | 'mean'): Promise<void> {
    const cell = this.panel(stage).locator(`[data-cell="${layer}.${head}"]`)
    await cell.click()
    await expect(cell).toHaveAttribute('aria-pressed', 'true')
  }

  /** The cells of a stage's map on screen, from its table twin. */
  async table(stage: Stage): Promise<{ rows: string[]; columns: string[]; cells: string[][] }> {
    const toggle = this.panel(stage).getByTestId('map-as-table')
    await toggle.click()
    const read = await this.panel(stage)
      .getByRole('table', { name: /./ })
      .first()
      .evaluate((table) => {
        const rows = Array.from(table.querySelectorAll('tbody tr'))
        return {
          rows: rows.map((row) => row.querySelector('th')?.textContent ?? ''),
          columns: Array.from(table.querySelectorAll('thead th'), (one) => one.textContent ?? '').slice(1),
          cells: rows.map((row) => Array.from(row.querySelectorAll('td'), (one) => one.textContent ?? '')),
        }
      })
    await toggle.click()
    return read
  }

  /** A run of our own, of ids. */
  run(input: Omit<AutomationForward, 'model'>): Promise<AutomationResult> {
    const given = { model: 'clsroom-t5', capture: { attentions: true }, ...input }
    return this.page.evaluate((request) => window.clsroom.forward(request), given)
  }
}
