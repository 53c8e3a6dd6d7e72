/** The Generate lab as a person and a script meet it. */

import { expect, type Locator, type Page } from '@playwright/test'
import { LabPage } from './lab_page.ts'

export class GeneratePage extends LabPage {
  readonly route = '#/generate'
  readonly readouts: Locator
  readonly candidates: Locator
  readonly prompt: Locator

  constructor(page: Page, query = '') {
    super(page, query)
    this.readouts = page.getByTestId('readouts')
    this.candidates = page.getByTestId('candidates').getByRole('listbox')
    this.prompt = page.getByTestId('prompt')
  }

  /** A prompt, with nothing written behind it and everything else as at first. */
  async show(prompt: string, more: object = {}): Promise<void> {
    await this.setState({ prompt, tokens: {}, ablated: [], written: [], seeds: [], seed: 1, ...more })
    await this.rested()
  }

  /** Ids of what was written, by the state that links hold. */
  async written(): Promise<number[]> {
    return ((await this.state()) as { written?: number[] }).written ?? []
  }

  /** Presses a button that writes, and waits until the pen rests. */
  async write(button: 'write' | 'write-one' = 'write'): Promise<void> {
    await this.page.getByTestId(button).click()
    await expect(this.page.getByTestId('stop')).toHaveCount(0, { timeout: 60_000 })
    await expect(this.page.getByTestId('write')).toBeVisible()
  }

  /** The candidate that the arrow keys stand on. */
  async chosen(): Promise<number> {
    return Number(await this.candidates.locator('[aria-selected=true]').getAttribute('data-id'))
  }

  async openTool(id: string): Promise<void> {
    await this.page.getByTestId(`tool-${id}`).click()
    await expect(this.page.getByTestId('drawer')).toBeVisible()
  }
}
