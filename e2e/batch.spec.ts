/** The batch lab: lines, plans, what they cost, and what sequences do to each other, in the built page. */

import { expect, test } from './test.ts'

test('a packed batch answers as each sequence alone, and not without its block mask; undo brings it back', async ({
  page,
  batch,
}) => {
  await batch.open()
  await expect(batch.equality).toHaveAttribute('data-same', 'true')
  expect(await batch.percent('Useful positions')).toBeGreaterThan(90)
  await batch.rerun(() => page.getByTestId('block').click({ force: true }))
  await expect(batch.equality).toHaveAttribute('data-same', 'false')
  await batch.rerun(() => page.getByTestId('undo').click())
  await expect(batch.equality).toHaveAttribute('data-same', 'true')

  await batch.strategy('pad to maximum')
  await expect(page.getByTestId('change')).toContainText('positions')
  expect(await batch.percent('Useful positions')).toBeLessThan(40)
  await expect(batch.equality).toHaveAttribute('data-same', 'true')
  await expect(batch.rows).toHaveCount(4)
})

test('eight ways of sharing a row: only mask and positions together are green', async ({ page, batch }) => {
  await batch.open()
  await page.getByTestId('tool-contamination').click()
  const cells = page.getByTestId('contamination-cell')
  await expect(cells).toHaveCount(8)
  expect(await cells.evaluateAll((all) => all.map((cell) => (cell as HTMLElement).dataset.same))).toEqual([
    'true',
    'true',
    ...new Array(6).fill('false'),
  ])
})

test('along the map of a shared row each sequence has its colour of the picture; alone it needs none', async ({
  page,
  batch,
}) => {
  await batch.open()
  await page.getByTestId('tool-map').click()
  const labels = page.getByTestId('row-map').getByTestId('query-label')
  const colours = () =>
    labels.evaluateAll((all) => [...new Set(all.map((label) => (label as HTMLElement).dataset.colour))])
  await expect(labels.first()).toBeVisible()
  const parts = await batch.rows.first().locator('.batch-part').count()
  expect(parts).toBeGreaterThan(1)
  const named = Array.from({ length: parts }, (_, place) => String(place))
  expect((await colours()).filter((colour) => colour !== undefined)).toEqual(named)
  await batch.strategy('pad to maximum')
  await expect.poll(colours).toEqual([undefined])
})

test('pasted and dropped lines are planned, and every strategy is measured', async ({ page, batch }) => {
  await batch.open()
  await page.getByTestId('corpus').selectOption('own')
  await expect(page.getByTestId('lines')).toBeVisible()
  await batch.rerun(() => page.getByTestId('lines').fill('the dog barks\nthe film was good\na\n\nthe cat'))
  await batch.strategy('pad to longest')
  await expect(batch.rows).toHaveCount(4)
  await page.getByTestId('lines-file').setInputFiles({
    name: 'tales.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('id,text\n1,"the king, the queen"\n2,the dog\n3,the sea'),
  })
  await expect(batch.rows).toHaveCount(3)
  await page.getByTestId('lines-file').setInputFiles({
    name: 'broken.jsonl',
    mimeType: 'application/json',
    buffer: Buffer.from('{"text": "x"}\n{'),
  })
  await expect(batch.banner).toContainText('broken.jsonl, line 2')
  await expect(batch.rows).toHaveCount(3)

  await page.getByTestId('measure').getByRole('button').click()
  await expect(page.getByTestId('measure')).toHaveAttribute('data-status', 'done', { timeout: 60_000 })
  await expect(page.getByTestId('measured-maximum')).toContainText('1.00 ×')
  await expect(page.getByTestId('measured-exact')).toContainText('×')
})

test('without lines there is no batch, also after undo and redo, and no tool breaks', async ({ page, batch }) => {
  await batch.open()
  await batch.setState({ look: { tool: 'map', layer: 0 } })
  await batch.setState({ source: { type: 'own', text: '' } })
  const nothing = page.getByText('No lines yet')
  await expect(nothing).toBeVisible()
  await page.getByTestId('corpus').selectOption({ index: 0 })
  await expect(batch.rows.first()).toBeVisible()
  await page.getByTestId('undo').click()
  await expect(nothing).toBeVisible()
  await page.getByTestId('redo').click()
  await expect(batch.rows.first()).toBeVisible()
  await page.getByTestId('undo').click()
  await expect(nothing).toBeVisible()
  await batch.setState({ look: { layer: 1 } })
  await expect(nothing).toBeVisible()
  await expect(batch.banner).toHaveCount(0)
})

test('a decoder padded on each side, and ends that a loss mask loses', async ({ page, batch }) => {
  await batch.open()
  await batch.setState({ model: 'clsroom-gpt2', strategy: 'longest', look: { tool: 'sides' } })
  const rows = page.getByTestId('side-row')
  await expect(rows).toHaveCount(6)
  const same = await rows.evaluateAll((all) => all.map((row) => (row as HTMLElement).dataset.same))
  // right, left and both sides, each with its own positions and with the row's
  expect(same).toEqual(['false', 'false', 'true', 'false', 'false', 'false'])
  await page.getByTestId('tool-loss').click()
  const said = page.getByTestId('loss-said')
  await expect(said).toContainText('Loss')
  await page.getByTestId('pad-is-end').click({ force: true })
  await expect(said).not.toContainText('lost')
  await page.getByTestId('by-id').click({ force: true })
  await expect(said).toContainText('4 of 4 ends lost')
  // The rules are in the link, and what counts by them follows the lines.
  const link = await batch.state()
  expect(link).toMatchObject({ look: { loss: { padIsEnd: true, byId: true } } })
  await page.getByTestId('pad-is-end').click({ force: true })
  await expect(said).not.toContainText('lost')
  await batch.setState({ ...link, source: { type: 'own', text: 'One line.\nAnother line.' } })
  await expect(said).toContainText('2 of 2 ends lost')
})

test('every example opens without a complaint', async ({ page, batch }) => {
  await batch.open()
  await page.getByTestId('examples').click()
  await expect(page.getByTestId('example-menu')).toBeVisible()
  const ids = await page
    .getByTestId('example-menu')
    .locator('[data-action]')
    .evaluateAll((all) => all.map((item) => (item as HTMLElement).dataset.action as string))
  await page.keyboard.press('Escape')
  expect(ids.length).toBeGreaterThanOrEqual(8)
  for (const id of ids) {
    await page.getByTestId('examples').click()
    await batch.rerun(() => page.getByTestId('example-menu').locator(`[data-action="${id}"]`).click())
    await expect(batch.banner).toHaveCount(0)
    await expect(batch.rows.first()).toBeVisible()
  }
})

for (const [width, height] of [
  [1280, 720],
  [1440, 900],
] as const) {
  test(`lines, plan, batch and numbers are on one screen at ${width} × ${height}`, async ({ page, batch }) => {
    await page.setViewportSize({ width, height })
    await batch.open()
    await expect(batch.equality).toHaveAttribute('data-same', 'true')
    for (const part of [page.locator('.lab-input'), page.locator('.lab-strip'), page.getByTestId('batch-panel')]) {
      const box = await part.boundingBox()
      expect(box?.y).toBeGreaterThanOrEqual(0)
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height)
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width)
    }
    const readouts = page.getByTestId('readouts')
    expect(await readouts.evaluate((one) => one.scrollHeight - one.clientHeight)).toBeLessThanOrEqual(0)
    expect(await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)).toBe(0)
  })
}
