/** The detect lab: queries that each say a box, and what is done to them. */

import { expect, test } from './test.ts'

test('eight tokens find the four objects of the first scene, and a chosen one is drawn', async ({ page, detect }) => {
  await detect.open()
  await expect(detect.queries).toHaveCount(8)
  await expect(page.getByTestId('right')).toHaveText('True objects found: 4 of 4.')
  const classes = (await detect.boxes()).map((row) => row.split(' ')[2])
  for (const label of ['cat', 'house', 'bird', 'airplane']) expect(classes).toContain(label)
  expect((await detect.said()).filter((said) => said === 'no object').length).toBeGreaterThan(0)
  const map = () =>
    page
      .getByTestId('photo-stage')
      .locator('canvas')
      .evaluate((c) => (c as HTMLCanvasElement).toDataURL())
  const before = await map()
  await detect.queries.nth(4).click()
  await expect.poll(map).not.toBe(before)
  await expect(page.getByTestId('photo-panel').getByRole('heading')).toContainText('[DET 5]')
  await page.getByTestId('path').click()
  await expect(page.locator('[data-box="path"]')).toHaveCount(6)
})

test('a removed query is out of the run; without any, nothing is found', async ({ page, detect }) => {
  await detect.open()
  const [first] = await detect.boxes()
  const place = Number(/\[DET (\d+)\]/.exec(first ?? '')?.[1]) - 1
  await detect.queries.nth(place).click()
  await detect.rerun(() => page.getByTestId('query-status').locator('[data-value="removed"]').click())
  await expect(detect.queries.nth(place)).toHaveAttribute('data-status', 'removed')
  expect((await detect.boxes()).every((row) => !row.includes(`[DET ${place + 1}]`))).toBe(true)
  await expect(page.getByTestId('change')).toContainText(`[DET ${place + 1}]`)
  await page.getByTestId('tool-queries').click()
  await detect.rerun(() => page.getByTestId('remove-all').click())
  await expect(page.getByTestId('nothing-found')).toContainText('No query asks')
  await detect.rerun(() => page.getByTestId('restore').click())
  await expect(page.getByTestId('right')).toHaveText('True objects found: 4 of 4.')
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('nothing is wider than the screen', async ({ page, detect }) => {
    await detect.open()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })
})

test('hiding changes no answer; zeros everywhere make all queries say one thing', async ({ page, detect }) => {
  await detect.open()
  const before = await detect.said()
  await detect.rerun(() => page.getByTestId('query-status').locator('[data-value="hidden"]').click())
  expect(await detect.said()).toEqual(before)
  await expect(page.getByTestId('change')).toHaveText('Every query says the same as before.')
  await page.getByTestId('tool-queries').click()
  await detect.rerun(() => page.getByTestId('start-all').locator('[data-value="zeros"]').click())
  expect(new Set(await detect.said()).size).toBe(1)
})

test('object queries of a decoder: quadrants, matching, and no patch that reads them', async ({ page, detect }) => {
  await detect.open()
  await detect.rerun(() => page.locator('[data-value="clsroom-detr"]').click())
  await expect(detect.queries.first()).toContainText('[Q 1]')
  await expect(page.getByTestId('right')).toHaveText('True objects found: 4 of 4.')
  await page.getByTestId('tool-masks').click()
  await expect(page.getByTestId('quadrant-patch-det')).toBeDisabled()
  const before = await detect.said()
  await detect.rerun(() => page.getByTestId('preset-apart').click())
  expect(await detect.said()).not.toEqual(before)
  await page.getByTestId('tool-matching').click()
  const cost = async (which: string) =>
    Number(/(\d+\.\d+)/.exec((await page.getByTestId(which).textContent()) ?? '')?.[1])
  expect(await cost('optimal')).toBeLessThanOrEqual(await cost('greedy'))
})

test('a drawing on the scene is found, and follows the arrows', async ({ page, detect }) => {
  await detect.open()
  const cat = { drawing: 0, variant: 0, x: 0.75, y: 0.5, size: 0.4 }
  await detect.rerun(() => detect.setState({ sample: 'scene-02.png', pieces: [cat] }))
  await expect(page.getByTestId('right')).toContainText('of 4.')
  await expect.poll(async () => (await detect.boxes()).some((row) => row.includes('cat'))).toBe(true)
  await page.getByTestId('tool-scene').click()
  const piece = page.getByTestId('piece')
  const name = await piece.getAttribute('aria-label')
  await detect.rerun(() => piece.press('ArrowLeft'))
  expect(await piece.getAttribute('aria-label')).not.toBe(name)
  await page.keyboard.press('Control+z')
  await expect(piece).toHaveAttribute('aria-label', name ?? '')
  await detect.rerun(() => page.getByTestId('add-cover').click())
  await expect(piece).toHaveCount(2)
})

test('a picture that is no picture is refused in words, and one of its own goes with the link', async ({
  page,
  detect,
}) => {
  await detect.open()
  await detect.rerun(() => page.locator('[data-sample="scene-01.png"]').click())
  await page
    .getByTestId('file')
    .setInputFiles({ name: 'no.png', mimeType: 'image/png', buffer: Buffer.from('no picture') })
  await expect(detect.banner).toBeVisible()
  await expect(page.getByTestId('readouts')).toBeVisible()
  await detect.rerun(() => page.getByTestId('file').setInputFiles('public/samples/scenes/scene-02.png'))
  await expect.poll(async () => (await detect.state()).own).toBe(true)
  expect(typeof (await detect.state()).photo).toBe('string')
  await expect(page.getByTestId('truth')).toBeDisabled()
})

test('the quality of the sample scenes, and the slot atlas stops when asked', async ({ page, detect }) => {
  await detect.open()
  await page.getByTestId('tool-quality').click()
  await page.getByTestId('quality-job').getByRole('button').click()
  await expect(page.getByTestId('quality-ap')).toContainText('AP50', { timeout: 60_000 })
  await page.getByTestId('tool-slots').click()
  await page.getByTestId('slots-job').getByRole('button').click()
  await expect(page.getByTestId('slot')).toHaveCount(8, { timeout: 60_000 })
  await page.getByTestId('slots-job').getByRole('button').click()
  await expect(page.getByTestId('slots-job')).toHaveAttribute('data-status', 'done')
})

test('ViDT: its windows cannot be opened, its queries go on into a neck, and duplicates grow without DET → DET', async ({
  page,
  detect,
}) => {
  await detect.open()
  await detect.rerun(() => page.locator('[data-value="clsroom-vidt"]').click())
  await expect(page.getByTestId('right')).toHaveText('True objects found: 4 of 4.')
  await expect(page.getByTestId('photo-panel')).toContainText('neck 2')
  await page.getByTestId('path').click()
  await expect(page.locator('[data-box="path"]')).toHaveCount(8)
  await page.getByTestId('tool-masks').click()
  await expect(page.getByTestId('quadrant-patch-far')).toBeDisabled()
  await expect(page.getByTestId('preset-yolos')).toHaveCount(0)
  await detect.rerun(() => page.getByTestId('preset-apart').click())
  await expect(page.getByTestId('duplicates')).toContainText('Before: 0.')
})

test('a run is pinned and compared, saved with its boxes, copied as Python, and comes back with the link', async ({
  page,
  detect,
}) => {
  await detect.open()
  await page.getByTestId('pin').click()
  await detect.rerun(() => page.getByTestId('query-status').locator('[data-value="removed"]').click())
  await page.getByTestId('open-compare').click()
  await expect(page.getByTestId('compare-answers').getByText('not in the run')).toHaveCount(1)
  await detect.queries.nth(4).click()
  await expect(page.getByTestId('picture-difference').getByTestId('photo-stage')).toBeVisible()
  await page.getByTestId('photo-panel').getByTestId('export').click()
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'PNG' }).click(),
  ])
  expect(saved.suggestedFilename()).toContain('clsroom-yolos')
  await expect.poll(() => page.url()).toContain('#/detect?')
  const { pinned } = await detect.state()
  expect(pinned).toMatchObject({ model: 'clsroom-yolos', sample: 'scene-05.png' })
  await expect(page.getByTestId('copy-python')).toBeVisible()
  await page.reload()
  await expect(page.getByTestId('compare-answers').getByText('not in the run')).toHaveCount(1)
})

test('a scene with nothing in it, and nobody who asks: every tool says so', async ({ page, detect }) => {
  await detect.open()
  const cover = { drawing: -1, variant: 0, x: 0.5, y: 0.5, size: 2 }
  await detect.rerun(() => detect.setState({ sample: 'scene-02.png', pieces: [cover] }))
  await expect(page.getByTestId('right')).toHaveText('There is truly nothing in this scene.')
  await page.getByTestId('tool-matching').click()
  await expect(page.locator('.drawer')).toContainText('There is truly nothing in this scene.')
  await detect.rerun(() => detect.setState({ queries: [] }))
  await expect(page.getByTestId('nothing-found')).toContainText('No query asks')
  await expect(page.getByTestId('silent')).toHaveCount(0)
  await expect(page.getByTestId('copy-python')).toHaveCount(0)
  for (const [tool, says] of [
    ['queries', 'nobody asks'],
    ['causal', 'not in the run'],
    ['slots', 'No query asks'],
  ] as const) {
    await page.getByTestId(`tool-${tool}`).click()
    await expect(page.locator('.drawer')).toContainText(says)
  }
})
