/** What a class is shown: what a token reads and needs, what a model is, which keys there are, what a saved figure says. */

import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'

import { axeFinds } from './axe.ts'
import { meanOfHeads } from './lab_page.ts'
import { chooseLanguage } from './page_menu.ts'
import { expect, test } from './test.ts'

/** Many forwards: fast without a GPU, too. */
const WASM = { query: '?backend=wasm' }

const percent = (text: string) =>
  (text === '< 1' ? [0, 0.5] : [Number(text) - 0.51, Number(text) + 0.51]) as [number, number]

/** The figure's numbers by the name of their row. */
async function figure(page: Page): Promise<Map<string, string[]>> {
  const rows = await page.getByTestId('reads-table').locator('tr[data-row]').all()
  return new Map(
    await Promise.all(
      rows.map(
        async (row): Promise<[string, string[]]> => [
          (await row.getAttribute('data-row')) ?? '',
          await row.locator('td').allTextContents(),
        ],
      ),
    ),
  )
}

test.describe('what a token reads, layer by layer', () => {
  test('in text: the shares of every layer are those of the run, summed by kind', async ({ page, text }) => {
    await text.open(WASM)
    await text.show('the cat sat on the mat')
    await page.getByTestId('tool-reads').press('Enter')
    await expect(page.getByTestId('reads-tool')).toContainText('What [CLS] reads')
    const maps = await text.maps()
    const rows = await figure(page)
    maps.forEach((map, layer) => {
      const T = map.dims[2] as number
      const shares = meanOfHeads(map).slice(0, T)
      const shown = rows.get(String(layer)) as string[]
      const special = shares[T - 1] as number
      const own = shares[0] as number
      const parts = [special, 1 - special - own, own]
      ;[...parts, ...shares].forEach((share, column) => {
        const [low, high] = percent(shown[column] as string)
        expect(100 * share).toBeGreaterThanOrEqual(low)
        expect(100 * share).toBeLessThanOrEqual(high)
      })
    })
    // Another token, by selection; another head, by the list.
    await text.select('cat')
    await expect(page.getByTestId('reads-tool')).toContainText('What cat reads')
    await page.getByTestId('reads-head').selectOption('2')
    expect((await text.state()).look).toMatchObject({ head: 2 })
  })

  test('what masking the most read key does is what a run of its own gives', async ({ page, text }) => {
    await text.open(WASM)
    await text.show('the film was excellent')
    await page.getByTestId('tool-reads').click()
    const said = page.getByTestId('check-most')
    await expect(said).toContainText('cosine of')
    const maps = await text.maps()
    const T = maps[0]?.dims[2] as number
    const means = Array.from({ length: T }, (_, key) =>
      maps.reduce((sum, map) => sum + (meanOfHeads(map)[key] as number) / maps.length, 0),
    )
    const most = means.reduce((best, share, key) => (key > 0 && share > (means[best] as number) ? key : best), 1)
    await expect(said).toContainText((await text.labels())[most] as string)
    const mask = Array.from({ length: T }, (_, key) => (key === most ? 0 : 1))
    const capture = { hiddenStates: true }
    const [before, after] = [await text.run({ capture }), await text.run({ mask, capture })]
    const last = (result: typeof before) => Array.from(result.hiddenStates?.at(-1)?.data ?? [])
    const D = last(before).length / T
    const [a, b] = [last(before).slice(0, D), last(after).slice(0, D)]
    const dot = (x: number[], y: number[]) => x.reduce((sum, value, i) => sum + value * (y[i] as number), 0)
    const cosine = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
    const shown = Number(/cosine of ([\d.]+\d)/.exec((await said.textContent()) ?? '')?.[1])
    expect(Math.abs(shown - cosine)).toBeLessThan(0.0006)
    // Each in turn fills the rows under the shares.
    await page.getByTestId('mask-each').getByRole('button').click()
    await expect(page.getByTestId('check-needs')).toBeVisible()
    const moves = (await figure(page)).get('moves') as string[]
    expect(moves.slice(4).every((value) => value !== '')).toBe(true)
    expect(moves[3]).toBe('')
  })

  test('in pictures: a small photo a layer, with its sums; the page says where a loss taught it', async ({
    page,
    vision,
  }) => {
    await vision.open(WASM)
    await page.getByTestId('tool-reads').click()
    await expect(page.getByTestId('reads-table').locator('tbody tr')).toHaveCount(7)
    await expect(page.getByTestId('reads-table').locator('canvas')).toHaveCount(7)
    await expect(page.getByTestId('check-most')).toContainText('cosine of')
    await expect(page.getByTestId('reads-tool').getByTestId('taught')).toBeVisible()
    await expect(page.getByTestId('photo-panel').getByTestId('taught')).toBeVisible()
    await vision.chooseModel('ViT untaught, no registers')
    await expect(page.getByTestId('reads-table').locator('tbody tr')).toHaveCount(9)
    await expect(page.getByTestId('taught')).toHaveCount(0)
  })
})

test('a sink stands beside what masking it does, and [SEP] is told as what it is', async ({ page, text }) => {
  await text.open(WASM)
  await text.show('the film was excellent')
  await page.getByTestId('tool-attention').click()
  const row = page.getByTestId('sink-checks').locator('[data-sink]').first()
  await expect(row).toContainText('evenly')
  await expect(row).not.toContainText('…')
  const maps = await text.maps()
  const T = maps[0]?.dims[2] as number
  const shares = maps.map((map) => {
    const mean = meanOfHeads(map)
    return Array.from({ length: T }, (_, query) => mean[query * T + T - 1] as number).reduce((a, b) => a + b, 0) / T
  })
  const share = (100 * shares.reduce((a, b) => a + b, 0)) / shares.length
  const said = (await page.getByTestId('sep-fact').textContent()) ?? ''
  expect(Math.abs(Number(/gets ([\d.]+) %/.exec(said)?.[1]) - share)).toBeLessThan(0.06)
  expect(said.includes('is a sink here')).toBe(Math.max(...shares) >= 0.5)
})

test('the card of a model opens by keyboard, in both languages', async ({ page, vision }) => {
  await vision.open(WASM)
  await expect(page.getByTestId('model').getByRole('option')).toHaveCount(5)
  await page.getByTestId('about-model').press('Enter')
  const card = page.getByTestId('model-card')
  await expect(card.locator('dt')).toHaveText(['Data', 'Terms', 'Recipe', 'Figures', 'Limits', 'Shaped, or by itself'])
  await expect(card).toContainText('84.1 %')
  expect(await axeFinds(page, { within: '[data-testid=model-card]' })).toEqual([])
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('about-model')).toBeFocused()
  await chooseLanguage(page, 'Русский')
  // The page is drawn anew: what was opened before that would be closed again.
  await expect(page.getByTestId('about-model')).toHaveAccessibleName(/^О модели/)
  await page.getByTestId('about-model').click()
  await expect(card).toContainText('84,1 %')
})

test('"?" lists the keys, and a key in the list does what it says', async ({ page, text }) => {
  await text.open(WASM)
  await text.select('[CLS]')
  await page.keyboard.press('?')
  const sheet = page.getByTestId('key-sheet')
  await expect(sheet.getByRole('heading', { name: 'On the tokens' })).toBeVisible()
  await expect(sheet.locator('div', { hasText: /^Mmask/ })).toHaveCount(1)
  expect(await axeFinds(page, { within: '[data-testid=key-sheet]' })).toEqual([])
  await page.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
  await text.chip('[CLS]').focus()
  await text.rerun(() => page.keyboard.press('m'))
  await expect(text.chip('[CLS]')).toHaveAttribute('data-status', 'masked')
})

test.describe('by touch', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } })

  test('several tokens are selected, and acted on at once', async ({ page, text }) => {
    await text.open(WASM)
    await text.show('the film was excellent')
    await page.getByTestId('select-several').tap()
    await text.chip('the').tap()
    await text.chip('film').tap()
    await text.chip('was').tap()
    await text.chip('film').tap()
    await expect(text.strip.getByTestId('selection-bar')).toContainText('2 tokens')
    await text.rerun(() => text.act('Mask'))
    const masked = (await text.tokens()).filter((chip) => chip.status === 'masked').map((chip) => chip.label)
    expect(masked).toEqual(['the', 'was'])
    await page.getByTestId('select-several').tap()
    await text.chip('film').tap()
    expect((await text.tokens()).length).toBeGreaterThan(0)
    await expect(text.chips.and(page.locator('[aria-pressed=true]'))).toHaveCount(1)
  })
})

test('the tools are tabs in named groups, walked by arrows', async ({ page, text }) => {
  await text.open(WASM)
  const tabs = page.getByTestId('toolbox').getByRole('tab')
  await expect(page.getByTestId('toolbox').getByRole('tablist')).toHaveCount(4)
  await tabs.first().focus()
  await page.keyboard.press('End')
  await expect(tabs.last()).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(tabs.first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(tabs.first()).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByRole('tabpanel')).toBeVisible()
})

async function saved(page: Page, panel: string, format: 'SVG' | 'PNG'): Promise<Buffer> {
  const download = page.waitForEvent('download')
  await page.getByTestId(panel).getByTestId('export').first().click()
  await page.getByTestId('export-menu').getByRole('menuitem', { name: format }).click()
  return readFile((await (await download).path()) as string)
}

test.describe('a saved figure carries what is on screen', () => {
  test('a map: hatching, hidden tokens, scale, model and a link that opens the run', async ({ page, text }) => {
    await text.open(WASM)
    await text.show('the film was excellent')
    await text.select('film')
    await text.rerun(() => text.act('Mask'))
    await text.select('was')
    await text.act('Hide')
    const svg = (await saved(page, 'map-panel', 'SVG')).toString()
    const { queries } = await text.shownMap()
    // One masked key, hatched in every row on screen; the hidden token is in no row.
    expect(svg.match(/class="blocked"/g)).toHaveLength(queries.length)
    expect(svg).not.toContain('>was</text>')
    expect(svg).toContain('1 hidden token')
    const [, high] = await page
      .getByTestId('map-panel')
      .locator('.scale-legend > span:not(.scale-ramp)')
      .allTextContents()
    expect(svg).toContain(`>${high}</text>`)
    expect(svg).toContain('clsroom-bert')
    const link = /<a href="([^"]+)"/.exec(svg)?.[1] as string
    const { tokens } = (await text.state()) as { tokens: unknown }
    await page.goto(link)
    await text.ready()
    expect(((await text.state()) as { tokens: unknown }).tokens).toEqual(tokens)
    await page.setContent(svg)
    expect(
      await page
        .locator('svg')
        .first()
        .evaluate((one) => one.getBoundingClientRect().width),
    ).toBeGreaterThan(100)
  })

  test('the atlas: its mean, heads that are off, its scale', async ({ page, text }) => {
    await text.open(WASM)
    await text.chooseHead(0, 1)
    await text.rerun(() => page.getByTestId('toggle-head').click())
    const svg = (await saved(page, 'atlas-panel', 'SVG')).toString()
    const cells = await page.getByTestId('atlas').getByTestId('head').count()
    expect(svg.match(/<image /g)).toHaveLength(cells)
    expect(svg.match(/class="off"/g)).toHaveLength(await page.locator('.atlas-cell[data-ablated]').count())
    expect(svg).toContain('switched off')
    expect(svg).toContain('class="legend"')
  })

  test('the frame of what is chosen, and the marks of the heads that moved', async ({ page, text, vision }) => {
    await text.open(WASM)
    await text.show('the film was excellent')
    await text.chooseHead(1, 2)
    await text.select('film')
    await text.rerun(() => text.act('Mask'))
    const map = (await saved(page, 'map-panel', 'SVG')).toString()
    expect(map.match(/class="selected"/g)).toHaveLength(await page.locator('.map-mark').count())
    expect(map).toContain('Framed: the row and the column of film.')
    const atlas = (await saved(page, 'atlas-panel', 'SVG')).toString()
    const moved = await page.locator('.atlas-cell[data-moved]').count()
    expect(moved).toBeGreaterThan(0)
    expect(atlas.match(/class="moved"/g)).toHaveLength(moved)
    expect(atlas.match(/class="selected"/g)).toHaveLength(1)
    expect(atlas).toContain('Framed: layer 2, head 3.')
    expect(atlas).toContain('A dot marks the heads that the last edit moved most.')

    await vision.open(WASM)
    await vision.patches.nth(12).click()
    const photo = (await saved(page, 'photo-panel', 'SVG')).toString()
    expect(photo.match(/class="selected"/g)).toHaveLength(1)
    expect(photo).toContain('Framed: the patch that asks.')
  })

  test('the photo: masked patches, grid, scale; as PNG, too', async ({ page, vision }) => {
    await vision.open(WASM)
    await vision.patches.first().click()
    await vision.rerun(() => page.getByTestId('photo-panel').getByRole('button', { name: 'Mask', exact: true }).click())
    const svg = (await saved(page, 'photo-panel', 'SVG')).toString()
    expect(svg.match(/class="masked"/g)).toHaveLength(1)
    expect(svg).toContain('class="grid"')
    expect(svg).toContain('class="legend"')
    const png = await saved(page, 'photo-panel', 'PNG')
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect(png.length).toBeGreaterThan(10_000)
  })
})
