/** The tasks lab, its picture half: a class token for each task, and what is done to them. */

import { expect, test } from './test.ts'

test('a turn moves the turn’s head alone, a painted rim the rim’s, and undo takes both back', async ({
  page,
  tasks,
}) => {
  await tasks.open()
  await expect(tasks.truth('object')).toHaveText('✓ right: automobile')
  await expect(tasks.truth('rotation')).toHaveText('✓ right: 0°')
  await tasks.turn(1)
  await expect(tasks.truth('rotation')).toHaveText('✓ right: 90°')
  await expect(tasks.truth('object')).toHaveText('✓ right: automobile')
  await tasks.paint('blue')
  await expect(tasks.truth('border')).toHaveText('✓ right: blue')
  expect(await tasks.state()).toMatchObject({ half: 'picture', quarters: 1, rim: { colour: 'blue', strength: 1 } })
  await tasks.rerun(() => page.keyboard.press('Control+z'))
  await tasks.rerun(() => page.keyboard.press('Control+z'))
  await expect(tasks.truth('rotation')).toHaveText('✓ right: 0°')
  await expect(page.getByTestId('rim')).toHaveValue('own')
})

test('a task without its token has no answer, the others go on; without any, and without patches, it is said', async ({
  page,
  tasks,
}) => {
  await tasks.open()
  await tasks.rerun(() => tasks.chip('[CLS border]').press('Delete'))
  await expect(page.getByTestId('silent-border')).toContainText('Nobody answers')
  await expect(tasks.truth('object')).toHaveText('✓ right: automobile')
  await expect(page.getByTestId('cls-row')).toHaveCount(2)
  await tasks.rerun(() => tasks.chip('[CLS object]').press('Delete'))
  await tasks.rerun(() => tasks.chip('[CLS rotation]').press('Delete'))
  await expect(page.getByTestId('cls-maps')).toContainText('No class token is left')
  await expect(page.getByTestId('readouts').getByTestId('truth')).toHaveCount(0)
  await page.getByTestId('patch-remove').click()
  await expect(tasks.banner).toContainText('Every token is removed')
  await page.keyboard.press('Control+z')
  await expect(tasks.banner).toHaveCount(0)
  await tasks.rerun(() => page.keyboard.press('Control+z'))
  await tasks.rerun(() => page.getByTestId('patch-remove').click())
  await expect(page.getByTestId('answer-rotation')).toBeVisible()
  await expect(page.getByTestId('readouts').locator('[data-testid^="answer-"]')).toHaveCount(1)
})

test('closed to one another, class tokens read 0 of one another; each gone is measured', async ({ page, tasks }) => {
  await tasks.open()
  await page.getByTestId('tool-reads').click()
  await tasks.rerun(() => page.getByTestId('among').locator('[data-value="own"]').click())
  await expect(page.getByTestId('reading-facts')).toContainText(/other class tokens 0\.0?\s?%|other class tokens 0 %/)
  await page.getByTestId('tool-gone').click()
  const rows = page.getByTestId('gone-table').locator('tbody tr')
  await expect(rows).toHaveCount(9)
  for (const row of await page.locator('[data-way="hidden"]').all()) await expect(row).not.toContainText('%')
  await expect(page.locator('[data-way="removed"]').first()).toContainText('nobody answers')
})

test('how alike, pooled, and beside the twin', async ({ page, tasks }) => {
  await tasks.open()
  await page.getByTestId('tool-alike').click()
  await expect(page.getByTestId('alike-cosine')).toContainText('object–rotation')
  await page.getByTestId('tool-pooling').click()
  await expect(page.getByTestId('pooling-table').locator('tbody tr')).toHaveCount(3)
  await page.getByTestId('tool-twin').click()
  await expect(page.getByTestId('twin-maps')).toContainText('[CLS all]')
  await page.getByTestId('tool-cause').click()
  await expect(page.getByTestId('check-most')).toContainText('%')
  await tasks.rerun(() => page.locator('[data-value="clsroom-vit-tasks-single"]').click())
  await expect(tasks.chips.first()).toContainText('[CLS all]')
  await page.getByTestId('tool-alike').click()
  await expect(page.getByTestId('drawer')).toContainText('Two class tokens are needed')
})

test('the probe matrix runs over the samples, and stops when asked', async ({ page, tasks }) => {
  await tasks.open()
  await page.getByTestId('tool-probe').click()
  const job = page.getByTestId('probe-job')
  await job.getByRole('button').click()
  const cells = page.getByTestId('probe-chart').getByTestId('heat-grid').locator('tbody td')
  await expect(cells).toHaveCount(3 * 6, { timeout: 60_000 })
  await job.getByRole('button').click()
  await expect(job).toHaveAttribute('data-status', 'done')
})

test('what is no picture is refused in words; one of its own goes with the link, turned', async ({ page, tasks }) => {
  await tasks.open()
  const file = page.getByTestId('file')
  await file.setInputFiles({ name: 'no.png', mimeType: 'image/png', buffer: Buffer.from('no picture') })
  await expect(tasks.banner).toBeVisible()
  await expect(tasks.truth('object')).toHaveText('✓ right: automobile')
  await tasks.rerun(() => file.setInputFiles('public/samples/scenes/scene-02.png'))
  await tasks.turn(2)
  await expect.poll(async () => (await tasks.state()).own).toBe(true)
  await expect(tasks.truth('rotation')).toBeVisible()
  const state = await tasks.state()
  expect(typeof state.photo).toBe('string')
  await tasks.rerun(() => tasks.setState({ sample: 'dog.jpg' }))
  await tasks.rerun(() => tasks.setState(state))
  expect(await tasks.state()).toMatchObject({ own: true, quarters: 2, photo: state.photo })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('nothing is wider than the screen', async ({ page, tasks }) => {
    await tasks.open()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })
})
