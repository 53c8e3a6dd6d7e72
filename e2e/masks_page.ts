/** The mask studio as a person meets it. */

import type { Locator, Page } from '@playwright/test'
import { LabPage } from './lab_page.ts'

export class MasksPage extends LabPage {
  readonly route = '#/masks'
  readonly board: Locator

  constructor(page: Page, query = '') {
    super(page, query)
    this.board = page.getByTestId('board-cells')
  }

  /** Shows these texts through these rules, unedited. */
  async show(texts: string[], ...rules: string[]): Promise<void> {
    await this.setState({
      texts,
      tokens: {},
      rules: rules.map((text) => ({ text })),
      look: { layer: 0, head: 'mean', selected: [] },
    })
  }

  /** The middle of a cell of the board, on the page. */
  async cell(row: number, column: number): Promise<{ x: number; y: number }> {
    const count = Number(/(\d+) queries/.exec((await this.board.getAttribute('aria-label')) ?? '')?.[1])
    const box = await this.board.boundingBox()
    if (!box) throw new Error('there is no board')
    const side = box.width / count
    return { x: box.x + (column + 0.5) * side, y: box.y + (row + 0.5) * side }
  }

  /** Presses at one cell and lets go at another. */
  async drag(from: [number, number], to: [number, number]): Promise<void> {
    const [start, end] = [await this.cell(...from), await this.cell(...to)]
    await this.page.mouse.move(start.x, start.y)
    await this.page.mouse.down()
    await this.page.mouse.move(end.x, end.y, { steps: 4 })
    await this.page.mouse.up()
  }

  /** How many cells are readable, as the page says. */
  async readable(): Promise<number> {
    const said = (await this.page.getByTestId('board-facts').textContent()) ?? ''
    return Number(/(\d+) of/.exec(said)?.[1])
  }
}
