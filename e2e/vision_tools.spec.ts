/** What the vision lab's tools measure and say: patches, layers, registers, read-outs, masking curves, saved files. */

import { saved, tableOf } from './figures.ts'
import type { HeadMap } from './lab_page.ts'
import { type Paint, pngFile } from './pictures.ts'
import { expect, test } from './test.ts'

/** Something to see in every patch: stripes that turn into dots. */
const paint: Paint = (x, y) => [(x * 37) % 256, (y * 53) % 256, ((x * y) % 16) * 16]

test('one patch: its pixels, its embedding, its neighbours; by mouse and by keyboard', async ({ page, vision }) => {
  await vision.open()
  await page.getByTestId('tool-patches').click()
  const tool = page.getByTestId('patch-tool')
  const patches = tool.getByTestId('patch')
  await patches.nth(19).click()
  await expect(tool.getByRole('heading', { name: 'Patch at row 3, column 4', exact: true })).toBeVisible()
  await expect(patches.nth(19)).toHaveAttribute('aria-label', /cosine 1\.000 with row 3, column 4/)
  const [head, ...rows] = await tableOf(tool.getByTestId('embedding'))
  expect(head).toEqual(['dimension', 'value'])
  expect(rows).toHaveLength(96)

  const neighbours = tool.getByTestId('neighbours').getByRole('button')
  await expect(neighbours).toHaveCount(6)
  const cosines = await neighbours.evaluateAll((all) =>
    all.map((one) => Number(/cosine (\S+)/.exec(one.querySelector('.sr-only')?.textContent ?? '')?.[1])),
  )
  expect(cosines).toEqual(cosines.toSorted((a, b) => b - a))
  expect(cosines.every((cosine) => cosine > 0 && cosine < 1)).toBe(true)
  const nearest = /row \d+, column \d+/.exec((await neighbours.first().locator('.sr-only').textContent()) ?? '')?.[0]
  await neighbours.first().press('Enter')
  await expect(tool.getByRole('heading', { name: `Patch at ${nearest}`, exact: true })).toBeVisible()

  await patches.and(page.locator('[tabindex="0"]')).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(tool.getByRole('heading', { name: /^Patch at row \d, column 1$/ })).toBeVisible()
})

test('the learned filters, strongest first, and the arithmetic of patches', async ({ page, vision }) => {
  await vision.open()
  await page.getByTestId('tool-patches').click()
  const filters = page.getByTestId('filters').getByRole('listitem')
  await expect(filters).toHaveCount(48)
  const norms = async () =>
    (await filters.allTextContents()).map((text) => Number(/: ([\d.]+)$/.exec(text.trim())?.[1]))
  const strong = await norms()
  expect(strong).toEqual(strong.toSorted((a, b) => b - a))
  await page.getByTestId('filters-next').click()
  await expect.poll(async () => (await norms())[0]).toBeLessThanOrEqual(strong.at(-1) as number)

  await expect(page.getByTestId('own-arithmetic')).toContainText('32 · 32 / 4² = 64 patches')
  const answer = page.getByTestId('calc-answer')
  await expect(answer).toContainText('256 · 256 / 32² = 64 patches')
  await page.getByTestId('calc-patch').fill('16')
  await expect(answer).toContainText('256 · 256 / 16² = 256 patches')
  await page.getByTestId('calc-patch').fill('30')
  await expect(answer).toContainText('30 does not divide the picture')
  await page.getByTestId('calc-patch').fill('0')
  await expect(answer).toContainText('30 does not divide the picture')
})

test('layers and interactions in numbers: they are those of the maps', async ({ page, vision }) => {
  await vision.open()
  await vision.rerun(() => vision.drop(pngFile('stripes.png', 32, 32, paint)))
  const maps = await vision.mapsOf(paint)
  await page.getByTestId('tool-layers').click()
  const entropies = await tableOf(page.getByTestId('heads-entropy'))
  const distances = await tableOf(page.getByTestId('heads-distance'))
  maps.forEach((map, layer) => {
    const [H] = map.dims as [number]
    for (let head = 0; head < H; head++) {
      expectShown(entropies[1 + layer]?.[1 + head], entropyOf(map, head))
      expectShown(distances[1 + layer]?.[1 + head], distanceOf(map, head, 5, 8))
    }
  })
  await page
    .getByTestId('heads-distance')
    .getByRole('button', { name: /layer 2, head 3/ })
    .click()
  expect(await vision.state()).toMatchObject({ look: { layer: 1, head: 2 } })

  await page.getByTestId('tool-registers').click()
  const [head, ...rows] = await tableOf(page.getByTestId('interaction-chart'))
  expect(head).toHaveLength(1 + maps.length)
  const share = (pair: string, layer: number) => rows.find(([name]) => name === pair)?.[1 + layer]
  maps.forEach((map, layer) => {
    expectShown(share('[CLS] → [REG]', layer), shareOf(map, [0, 1], [1, 5]))
    expectShown(share('[REG] → [CLS]', layer), shareOf(map, [1, 5], [0, 1]))
    expectShown(share('[REG] → [REG]', layer), shareOf(map, [1, 5], [1, 5]))
    expectShown(share('[REG] → patches', layer), shareOf(map, [1, 5], [5, 69]))
  })
})

test('registers: norms layer by layer, and what each number of them costs, measured here', async ({ page, vision }) => {
  await vision.open()
  await page.getByTestId('tool-registers').click()
  await page.getByTestId('norm-layer').fill('2')
  await expect(page.getByTestId('vision-norms')).toContainText('after layer 2')
  const norms = await tableOf(page.getByTestId('vision-norms'))
  expect(norms).toHaveLength(1 + 69)

  const costs = page.getByTestId('cost-table').locator('tbody tr')
  await expect(costs).toHaveCount(6)
  await expect(costs.nth(3)).toContainText(`+${4 * 96}`)
  const job = page.getByTestId('measure-registers')
  await job.getByRole('button').click()
  await expect(job.getByRole('progressbar')).toBeVisible()
  await expect(job).toHaveAttribute('data-status', 'done', { timeout: 120_000 })
  for (const time of await costs.locator('td:last-child').allTextContents()) expect(time).toMatch(/[\d.]+ (ms|s|µs)/)
})

test('the three read-outs on every sample, stopped and begun again', async ({ page, vision }) => {
  await vision.open()
  await page.getByTestId('tool-pooling').click()
  const job = page.getByTestId('run-samples')
  await job.getByRole('button').click()
  await job.getByRole('button', { name: 'Stop' }).click()
  await expect(job.getByRole('progressbar')).toHaveCount(0)
  await job.getByRole('button').click()
  await expect(job).toHaveAttribute('data-status', 'done', { timeout: 120_000 })
  const chart = page.getByTestId('agreement-chart')
  await expect(chart.locator('tbody tr')).toHaveCount(13)
  await expect(chart).toContainText(/All agree on \d+ of 13 photos/)
  const [head, ...rows] = (await saved(page, chart, 'csv')).text.trim().split('\r\n')
  expect(head).toContain('sample,shows')
  expect(rows).toHaveLength(13)
})

test('masking curves: cancelled half-way, then whole, one for each strategy', async ({ page, vision }) => {
  await vision.open()
  await page.getByTestId('tool-masking').click()
  await page.getByTestId('curve-draws').fill('1')
  const job = page.getByTestId('curve-job')
  await job.getByRole('button').click()
  await expect(job).toContainText(/[1-9]\d* of 36/)
  await job.getByRole('button', { name: 'Stop' }).click()
  await expect(job.getByRole('progressbar')).toHaveCount(0)
  await job.getByRole('button').click()
  await expect(job).toHaveAttribute('data-status', 'done', { timeout: 120_000 })
  const [, ...rows] = await tableOf(page.getByTestId('masking-curve'))
  expect(rows).toHaveLength(4 * 10)
  const whole = rows.filter(([, share]) => Number(share) === 0).map(([, , probability]) => probability)
  expect(new Set(whole).size).toBe(1)
  expect(whole).toHaveLength(4)
})

test('map, photo and code of a run are saved and copied', async ({ page, vision, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await vision.open()
  const json = JSON.parse((await saved(page, page.getByTestId('map-panel'), 'json')).text)
  expect(json.state).toMatchObject({ lab: 'vision' })
  expect(json.values).toHaveLength(69)
  const photo = page.getByTestId('photo-panel')
  expect((await saved(page, photo, 'png')).text.slice(1, 4)).toBe('PNG')
  expect((await saved(page, photo, 'svg')).text).toContain('data:image/jpeg')
  expect((await saved(page, photo, 'csv')).text.trim().split('\r\n')).toHaveLength(1 + 64)
  await page.getByTestId('copy-python').click()
  await expect(page.getByTestId('copy-python')).toHaveText('Copied')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('ViTForImageClassification')
})

/** A table prints two or three places: the last one is rounded. */
function expectShown(shown: string | undefined, value: number): void {
  expect(Math.abs(Number(shown?.replace('< ', '')) - value), `shown ${shown}, is ${value}`).toBeLessThanOrEqual(0.0051)
}

/** Mean over queries of the entropy of their rows, in bits. */
function entropyOf({ dims, data }: HeadMap, head: number): number {
  const T = dims[1] as number
  const map = data.subarray(head * T * T, (head + 1) * T * T)
  return map.reduce((sum, p) => (p > 0 ? sum - p * Math.log2(p) : sum), 0) / T
}

/** Mean distance from each patch to the patches it reads, weighted by attention; patches begin at row `first`. */
function distanceOf({ dims, data }: HeadMap, head: number, first: number, columns: number): number {
  const T = dims[1] as number
  const at = (row: number) => [Math.floor((row - first) / columns), (row - first) % columns] as const
  let total = 0
  for (let q = first; q < T; q++) {
    let [distance, mass] = [0, 0]
    for (let k = first; k < T; k++) {
      const p = data[(head * T + q) * T + k] as number
      distance += p * Math.hypot(at(q)[0] - at(k)[0], at(q)[1] - at(k)[1])
      mass += p
    }
    total += distance / mass
  }
  return total / (T - first)
}

/** The share that one token of `from` gives to all of `to`; the mean over heads. Rows are [first, end). */
function shareOf({ dims, data }: HeadMap, from: [number, number], to: [number, number]): number {
  const [H, T] = dims as [number, number]
  let sum = 0
  for (let head = 0; head < H; head++)
    for (let q = from[0]; q < from[1]; q++)
      for (let k = to[0]; k < to[1]; k++) sum += data[(head * T + q) * T + k] as number
  return sum / (H * (from[1] - from[0]))
}

for (const model of ['clsroom-vit-registers', 'clsroom-vit-large-registers']) {
  test(`registers: whether they have an effect is said, as the norms have it (${model})`, async ({ page, vision }) => {
    await vision.open()
    await vision.setState({ model, sample: 'dog.jpg' })
    await page.getByTestId('tool-registers').click()
    const models = page.getByTestId('trained-model')
    await expect(models).toHaveCount(2)
    // How many times as long as the median patch the longest one of each is.
    const times = await models.evaluateAll((shown) =>
      shown.map((one) => Number(/, ([\d.]+) times the median/.exec(one.textContent ?? '')?.[1])),
    )
    expect(times.every((one) => one > 1 && one < 3)).toBe(true)
    await expect(page.getByTestId('register-effect')).toHaveAttribute('data-effect', 'none')
    await expect(page.getByTestId('register-effect')).toContainText('Neither model has a patch more than 3 times')
  })
}
