/** What all labs share: opening, waiting for a run, the token strip, the maps. */

import { expect, type Locator, type Page } from '@playwright/test'
import { GENERATE_FORMAT } from '../src/labs/generate/state/link.ts'
import { TEXT_FORMAT } from '../src/labs/text/state/link.ts'
import { VISION_FORMAT } from '../src/labs/vision/state/link.ts'
import { decodeLink } from '../src/state/permalink.ts'

/** A chip as a person reads it. */
export interface Chip {
  key: string
  label: string
  kind: string
  status: 'read' | 'masked' | 'removed'
  hidden: boolean
  untrained: boolean
  /** null where the chip shows none. */
  position: number | null
  segment: number | null
  id: number | null
}

export interface HeadMap {
  dims: number[]
  data: Float32Array
}

/** The text of a cell that holds a probability, as an interval: 0 is exactly 0, "< 0.001" is not. */
export function interval(shown: string): [low: number, high: number] {
  if (shown === '0') return [0, 0]
  if (shown === '< 0.001') return [Number.MIN_VALUE, 0.0005]
  return [Number(shown) - 0.000501, Number(shown) + 0.000501]
}

export abstract class LabPage {
  readonly page: Page
  readonly query: string
  readonly strip: Locator
  readonly chips: Locator
  readonly gaps: Locator
  readonly map: Locator
  readonly banner: Locator
  readonly engine: Locator

  /** @param query of every address: which backend computes, where it is not the page's own choice */
  constructor(page: Page, query = '') {
    this.page = page
    this.query = query
    this.strip = page.getByTestId('token-strip')
    this.chips = this.strip.getByTestId('token')
    this.gaps = this.strip.getByTestId('gap')
    this.map = page.getByTestId('attention-map')
    this.banner = page.getByTestId('banner')
    this.engine = page.getByTestId('engine-status')
  }

  abstract readonly route: string

  /** Opens the page at this lab, by default on its example, and waits for the first run. */
  async open({ hash = this.route, query = this.query } = {}): Promise<void> {
    await this.page.goto(`./${query}${hash}`)
    await this.ready()
  }

  async ready(): Promise<void> {
    await this.page.waitForFunction(() => 'clsroom' in window)
    await this.page.evaluate(() => window.clsroom.ready)
    await expect.poll(() => this.forwards()).toBeGreaterThan(0)
  }

  forwards(): Promise<number> {
    return this.page.evaluate(() => window.clsroom.stats().forwards)
  }

  state(): Promise<Record<string, unknown>> {
    return this.page.evaluate(() => window.clsroom.state() as Record<string, unknown>)
  }

  setState(patch: object): Promise<void> {
    return this.page.evaluate((given) => window.clsroom.setState(given), patch)
  }

  /** Does something that makes the model run again, and waits until that run is drawn. */
  async rerun(act: () => Promise<void>): Promise<void> {
    const before = await this.forwards()
    await act()
    await expect.poll(() => this.forwards(), { message: 'another forward', timeout: 60_000 }).toBeGreaterThan(before)
    await this.rested()
  }

  /** Waits until the newest edit is drawn: a run may be several forwards, and the engine rests between them. */
  async rested(): Promise<void> {
    await expect(this.page.locator('.lab[data-computing]')).toHaveCount(0, { timeout: 60_000 })
    await expect(this.engine).toHaveAttribute('data-state', 'ready', { timeout: 60_000 })
  }

  /** The strip as it is shown. */
  tokens(): Promise<Chip[]> {
    return this.chips.evaluateAll((chips) =>
      (chips as HTMLElement[]).map((chip): Chip => {
        const meta = Array.from(chip.querySelectorAll('.chip-meta > span'), (part) => part.textContent)
        const after = (sign: string) => meta.find((part) => part.startsWith(sign))?.slice(1)
        const letter = chip.querySelector('.chip-segment')?.textContent
        return {
          key: chip.dataset.key ?? '',
          label: chip.querySelector('.chip-label')?.textContent ?? '',
          kind: chip.dataset.kind ?? '',
          status: chip.dataset.status as Chip['status'],
          hidden: chip.dataset.hidden !== undefined,
          untrained: chip.dataset.untrained !== undefined,
          position: after('@') === undefined ? null : Number(after('@')),
          segment: letter ? letter.charCodeAt(0) - 65 : null,
          id: after('#') === undefined ? null : Number(after('#')),
        }
      }),
    )
  }

  async labels(): Promise<string[]> {
    return (await this.tokens()).map((chip) => chip.label)
  }

  /** The nth chip with a label. */
  chip(label: string, nth = 0): Locator {
    return this.chips.filter({ has: this.page.locator('.chip-label').getByText(label, { exact: true }) }).nth(nth)
  }

  async select(label: string, nth = 0): Promise<void> {
    await this.chip(label, nth).click()
    await expect(this.chip(label, nth)).toHaveAttribute('aria-pressed', 'true')
  }

  /** A button of the bar that acts on the selected tokens. */
  async act(name: string): Promise<void> {
    await this.strip.getByTestId('selection-bar').getByRole('button', { name, exact: true }).click()
  }

  async insertByMouse(label: string, gap: number): Promise<void> {
    await this.gaps.nth(gap).click()
    await this.page.getByTestId('insert-menu').getByRole('menuitem', { name: label }).click()
  }

  /** Arrow keys to a menu item, whatever their order, and Enter. */
  async chooseByKeyboard(menu: 'insert-menu' | 'token-menu', name: string): Promise<void> {
    const item = this.page.getByTestId(menu).getByRole('menuitem', { name })
    await expect(item).toBeVisible()
    for (let i = 0; i < 30 && !(await item.evaluate((element) => element === document.activeElement)); i++) {
      await this.page.keyboard.press('ArrowDown')
    }
    await expect(item).toBeFocused()
    await this.page.keyboard.press('Enter')
  }

  async chooseModel(name: string): Promise<void> {
    const list = this.page.locator('select[data-testid=model]')
    const choose = async () => {
      if (await list.count()) await list.selectOption({ label: name })
      else await this.page.getByTestId('model').getByRole('radio', { name }).click()
    }
    await this.rerun(choose)
  }

  async chooseHead(layer: number, head: number | 'mean'): Promise<void> {
    const cell = this.page.locator(`[data-cell="${layer}.${head}"]`)
    await cell.click()
    await expect(cell).toHaveAttribute('aria-pressed', 'true')
  }

  /** The cells of the map on screen, from its table twin. */
  async shownMap(): Promise<{ queries: string[]; keys: string[]; cells: string[][] }> {
    const toggle = this.page.getByTestId('map-as-table')
    await toggle.click()
    const read = await this.map.getByRole('table').evaluate((table) => {
      const text = (element: Element) => element.textContent
      const rows = Array.from(table.querySelectorAll('tbody tr'))
      return {
        queries: rows.map((row) => text(row.querySelector('th') as Element)),
        keys: Array.from(table.querySelectorAll('thead th'), text).slice(1),
        cells: rows.map((row) => Array.from(row.querySelectorAll('td'), text)),
      }
    })
    await toggle.click()
    return read
  }
}

/** Waits until the hash holds what the lab shows. */
export async function expectLinkWritten(lab: LabPage): Promise<void> {
  const state = await lab.state()
  await expect
    .poll(async () => {
      const [path, query] = new URL(lab.page.url()).hash.split('?')
      const s = new URLSearchParams(query).get('s')
      if (!s) return null
      if (path === '#/generate') return decodeLink(GENERATE_FORMAT, s)
      return path === '#/text' ? await decodeLink(TEXT_FORMAT, s) : await decodeLink(VISION_FORMAT, s)
    })
    .toEqual(state)
}

/** Checks every row of every head: it sums to 1 over finite probabilities in [0, 1]. */
export function expectProbabilities(maps: readonly HeadMap[]): void {
  let error = 0
  for (const { dims, data } of maps) {
    const [H, T] = dims as [number, number, number]
    expect(dims).toEqual([H, T, T])
    expect(data.every((value) => value >= 0 && value <= 1)).toBe(true)
    for (let row = 0; row < H * T; row++) {
      const sum = data.subarray(row * T, (row + 1) * T).reduce((total, value) => total + value, 0)
      error = Math.max(error, Math.abs(sum - 1))
    }
  }
  expect(error, 'furthest that a row is from summing to 1').toBeLessThanOrEqual(1e-5)
}

/** The values that all queries of all heads and layers give to one key. */
export function column(maps: readonly HeadMap[], key: number): number[] {
  return maps.flatMap(({ dims, data }) => {
    const T = dims[2] as number
    return Array.from(data).filter((_, i) => i % T === key)
  })
}

export function meanOfHeads({ dims, data }: HeadMap): number[] {
  const [H, T] = dims as [number, number, number]
  return Array.from({ length: T * T }, (_, i) => {
    let sum = 0
    for (let head = 0; head < H; head++) sum += data[head * T * T + i] as number
    return sum / H
  })
}

/** The bits of every map: equal exactly when the maps are. */
export function bits(maps: readonly HeadMap[]): Uint32Array[] {
  return maps.map(({ data }) => new Uint32Array(data.slice().buffer))
}

/** The largest difference between two lists of maps of the same shape. */
export function distance(a: readonly HeadMap[], b: readonly HeadMap[]): number {
  expect(a.map(({ dims }) => dims)).toEqual(b.map(({ dims }) => dims))
  return Math.max(...a.map((map, i) => furthest(map.data, (b[i] as HeadMap).data)))
}

export function furthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length)
  let most = 0
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs((a[i] as number) - (b[i] as number)))
  return most
}
