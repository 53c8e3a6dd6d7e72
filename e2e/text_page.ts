/** The text lab as a person and a script meet it. */

import { expect, type Locator, type Page } from '@playwright/test'
import type { AutomationForward, AutomationResult } from '../src/state/automation.ts'
import { type Chip, type HeadMap, interval, LabPage, meanOfHeads } from './lab_page.ts'

export class TextPage extends LabPage {
  readonly route = '#/text'
  readonly readouts: Locator

  constructor(page: Page, query = '') {
    super(page, query)
    this.readouts = page.getByTestId('readouts')
  }

  segment(index: number): Locator {
    return this.page.getByTestId(`text-${index}`)
  }

  /** Shows these segments, unedited. */
  async show(...texts: string[]): Promise<void> {
    await this.setState({ texts, tokens: {}, ablated: [], look: { layer: 0, head: 'mean', selected: [] } })
  }

  /** The strip on screen as the input of a forward: what the chips say is what runs. */
  async input(): Promise<AutomationForward> {
    const { model, ablated } = (await this.state()) as { model: string; ablated?: [number, number][] }
    const rows = (await this.tokens()).filter((chip) => chip.status !== 'removed')
    return {
      model,
      inputIds: rows.map((chip) => known(chip, 'id')),
      tokenTypeIds: rows.map((chip) => known(chip, 'segment')),
      positionIds: rows.map((chip) => known(chip, 'position')),
      mask: rows.map((chip) => (chip.status === 'masked' ? 0 : 1)),
      ablate: ablated,
    }
  }

  /** A run of our own of what the strip shows. */
  async run(change: Partial<AutomationForward> = {}): Promise<AutomationResult> {
    const input = { ...(await this.input()), capture: { attentions: true }, ...change }
    return this.page.evaluate((given) => window.clsroom.forward(given), input)
  }

  /** By layer [H, T, T]. */
  async maps(): Promise<HeadMap[]> {
    return (await this.run()).attentions as HeadMap[]
  }

  /** The map on screen is the one that a run of what the strip shows gives. */
  async expectMapDrawn(): Promise<void> {
    const { look } = (await this.state()) as { look: { layer: number; head: number | 'mean' } }
    const map = (await this.maps())[look.layer] as HeadMap
    const T = map.dims[2] as number
    const expected =
      look.head === 'mean'
        ? meanOfHeads(map)
        : Array.from(map.data.subarray(look.head * T * T, (look.head + 1) * T * T))
    const rows = (await this.tokens()).filter((chip) => chip.status !== 'removed')
    const shown = rows.flatMap((chip, row) => (chip.hidden ? [] : [row]))
    const { queries, keys, cells } = await this.shownMap()
    expect(queries).toEqual(shown.map((row) => rows[row]?.label))
    expect(keys).toEqual(queries)
    shown.forEach((query, i) => {
      shown.forEach((key, j) => {
        const [low, high] = interval(cells[i]?.[j] as string)
        const value = expected[query * T + key] as number
        expect(value, `${queries[i]} reads ${keys[j]}: shown ${cells[i]?.[j]}`).toBeGreaterThanOrEqual(low)
        expect(value, `${queries[i]} reads ${keys[j]}: shown ${cells[i]?.[j]}`).toBeLessThanOrEqual(high)
      })
    })
  }

  /** How many queries the large map has. */
  async mapLength(): Promise<number> {
    const name = await this.page.getByTestId('map-cells').getAttribute('aria-label')
    return Number(/(\d+) queries/.exec(name ?? '')?.[1])
  }

  /** Where the needle of a yes-or-no read-out stands: the unrounded probability. */
  async probability(head: 'nsp' | 'sentiment'): Promise<number> {
    const needle = this.readouts.getByTestId(head).locator('.binary-needle')
    return needle.evaluate((element) => Number.parseFloat((element as HTMLElement).style.insetInlineStart) / 100)
  }

  /** The words under each [MASK], best first. */
  async predictions(): Promise<{ word: string; percent: string }[][]> {
    const masks = await this.readouts.getByTestId('mask-prediction').all()
    return Promise.all(
      masks.map((mask) =>
        mask.locator('.bar-row').evaluateAll((rows) =>
          rows.map((row) => ({
            word: row.querySelector('.bar-label')?.textContent ?? '',
            percent: row.querySelector('.bar-value')?.textContent ?? '',
          })),
        ),
      ),
    )
  }
}

function known(chip: Chip, what: 'id' | 'segment' | 'position'): number {
  const value = chip[what]
  if (value === null) throw new Error(`the chip ${chip.label} shows no ${what}`)
  return value
}
