/** What the text lab says about a run: shares, norms, pooling, two runs compared, and everything saved or copied. */

import { saved, tableOf } from './figures.ts'
import { expect, test } from './test.ts'

const FIRST = 'the film was good'
const SECOND = 'we liked it'

test('where attention goes: the shares are those of the maps, and say so in words', async ({ page, text }) => {
  await text.open()
  await text.show(FIRST, SECOND)
  const maps = await text.maps()
  const labels = await text.labels()
  await page.getByTestId('tool-attention').click()
  await expect(page.getByTestId('facts').locator('li').first()).toContainText(/layer|head/i)
  const [head = [], ...rows] = await tableOf(page.getByTestId('shares'))
  expect(head).toEqual(['layer', '[CLS]', '[SEP]', 'words'])
  maps.forEach(({ dims, data }, layer) => {
    const T = dims[2] as number
    const onSep = data.reduce((sum, value, i) => (labels[i % T] === '[SEP]' ? sum + value : sum), 0)
    expect(Number(rows[layer]?.[2])).toBeCloseTo(onSep / (data.length / T), 2)
  })
  await page
    .getByTestId('entropies')
    .getByRole('button', { name: /^layer 3, 2:/ })
    .click()
  expect(((await text.state()) as { look: object }).look).toMatchObject({ layer: 2, head: 1 })
})

test('norms: every layer by slider, with a table', async ({ page, text }) => {
  await text.open()
  await page.getByTestId('tool-norms').click()
  await page.getByTestId('norm-layer').press('Home')
  await expect(page.getByTestId('norms').getByRole('heading')).toContainText('embeddings')
  const rows = await tableOf(page.getByTestId('norms'))
  expect(rows).toHaveLength(1 + (await text.labels()).length)
})

test('pin and compare: by keyboard, tokens of one run only are marked', async ({ page, text }) => {
  await text.open()
  await text.show(FIRST, SECOND)
  await page.getByTestId('pin').press('Enter')
  const [film] = (await text.tokens()).filter(({ label }) => label === 'film')
  await text.chips.nth(2).focus()
  await page.keyboard.press('Delete')
  await expect.poll(async () => (await text.tokens()).find(({ key }) => key === film?.key)?.status).toBe('removed')
  await page.getByTestId('open-compare').press('Enter')
  await expect(page.getByTestId('apart')).toContainText('One token is in one run only')
  const difference = page.getByTestId('compare-difference')
  await difference.getByTestId('map-as-table').click()
  await expect(difference.getByRole('rowheader', { name: '− film' })).toBeVisible()
  await expect(page.getByTestId('compare-answers')).toContainText('Does B follow A?')
  await expect(page.getByTestId('compare-states').getByRole('cell').first()).toBeAttached()
})

test('pooling: four matrices, a sentence is like itself, and the list is in the link', async ({ page, text }) => {
  await text.open()
  await page.getByTestId('tool-pooling').click()
  await expect(page.getByTestId('cosines').getByTestId('heat-grid')).toHaveCount(4)
  await page.getByTestId('sentence-0').fill(FIRST)
  await page.getByTestId('sentence-1').fill(FIRST)
  const grid = page.getByTestId('pooling-mean').getByTestId('heat-grid')
  await expect(grid.locator('tbody tr').first().locator('td').nth(1)).toHaveText('1.00')
  const { look } = (await text.state()) as { look: { sentences: string[] } }
  expect(look.sentences.slice(0, 2)).toEqual([FIRST, FIRST])
})

test('the map saves as PNG, SVG, CSV and JSON, with labels and state', async ({ page, text }) => {
  await text.open()
  await text.show(FIRST, SECOND)
  const panel = page.getByTestId('map-panel')
  const map = (await text.maps())[0]
  const json = await saved(page, panel, 'json')
  expect(json.name).toBe('clsroom-bert-attention-layer-1-mean-of-heads.json')
  const { state, tokens, values } = JSON.parse(json.text)
  expect(state).toMatchObject({ lab: 'text', texts: [FIRST, SECOND] })
  expect(tokens.map(({ label }: { label: string }) => label)).toEqual(await text.labels())
  const heads = map?.dims[0] ?? 1
  const T = tokens.length
  const mean = Array.from({ length: heads }, (_, h) => map?.data[h * T * T + 1] ?? 0).reduce((a, b) => a + b) / heads
  expect(values[0][1]).toBeCloseTo(mean, 5)
  expect((await saved(page, panel, 'csv')).text.split('\r\n')[0]).toContain('0 [CLS],1 the,2 film')
  expect((await saved(page, panel, 'svg')).text).toContain('>[CLS]</text>')
  expect((await saved(page, panel, 'png')).text.slice(1, 4)).toBe('PNG')
  expect((await saved(page, page.getByTestId('atlas-panel'), 'png')).text.slice(1, 4)).toBe('PNG')
})

test('a link and a Python snippet are copied, and the page says so', async ({ page, text, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await text.open()
  await text.show(FIRST, SECOND)
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await page.getByTestId('copy-python').press('Enter')
  await expect(page.getByTestId('copy-python')).toHaveText('Copied')
  expect(await copied()).toContain('"[CLS]", "the", "film"')
  await page.getByTestId('copy-link').click()
  await expect(page.getByTestId('copy-link')).toHaveText('Copied')
  const state = await text.state()
  const link = await copied()
  await page.goto('about:blank')
  await page.goto(link)
  await text.ready()
  expect(await text.state()).toEqual(state)
})
