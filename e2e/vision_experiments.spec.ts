/** Positions, patch masking and comparison of the vision lab: each by mouse and by keyboard, undone, and in the link. */

import { expect, test } from './test.ts'

test('positions: another resolution and another table, undone and linked', async ({ page, vision }) => {
  await vision.open()
  await page.getByTestId('tool-positions').click()
  const tool = page.getByTestId('position-tool')
  const patches = page.getByTestId('photo-panel').getByTestId('patch')
  const choose = (control: string, value: string) =>
    page.locator(`[data-testid=${control}] [data-value="${value}"] input`).check({ force: true })

  await vision.rerun(() => choose('input-side', '48'))
  await expect(patches).toHaveCount(144)
  await expect(tool.getByTestId('comparison').first()).toContainText('nearest')
  await vision.rerun(() => choose('interpolation', 'nearest'))
  await vision.rerun(() => choose('position-table', 'shuffled'))
  expect(await vision.state()).toMatchObject({ side: 48, positionTable: { type: 'shuffled', seed: 1 } })
  await vision.rerun(() => page.getByTestId('undo').click())
  expect(await vision.state()).toMatchObject({ positionTable: { type: 'trained', interpolation: 'nearest' } })
  await vision.rerun(() => page.getByTestId('undo').click())
  await vision.rerun(() => page.getByTestId('undo').click())
  await expect(patches).toHaveCount(64)

  const map = page.getByTestId('position-map')
  await map.getByTestId('patch').nth(36).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(map.getByRole('heading', { level: 4 })).toHaveText(/Position 5,6/)
  await expect(map.getByTestId('heat-grid').getByRole('button', { name: /row 5, 6/ })).toHaveText('1.00')
})

test('patch masking: ratio by keyboard, patches by key and by drag, undone', async ({ page, vision }) => {
  await vision.open()
  await page.getByTestId('tool-masking').click()
  const tool = page.getByTestId('masking-tool')
  const count = page.getByTestId('masking-count')
  await expect(count).toContainText('0 of 64')
  await page.getByTestId('masking-ratio').focus()
  await vision.rerun(() => page.keyboard.press('ArrowRight'))
  await expect(count).toContainText('33 of 64')
  await vision.rerun(() => page.getByTestId('undo').click())
  await expect(count).toContainText('0 of 64')

  await tool.getByTestId('patch').nth(0).focus()
  await page.keyboard.press('ArrowRight')
  await vision.rerun(() => page.keyboard.press('Enter'))
  await expect(count).toContainText('1 of 64')
  await expect(tool.getByTestId('patch').nth(1)).toHaveAttribute('data-status', 'removed')

  const grid = tool.getByTestId('photo-stage').locator('.photo-grid')
  await grid.scrollIntoViewIfNeeded()
  const box = await grid.boundingBox()
  if (!box) throw new Error('the photo is not on screen')
  const y = box.y + (box.height * 2.5) / 8
  await vision.rerun(async () => {
    await page.mouse.move(box.x + 10, y)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width - 10, y, { steps: 3 })
    await page.mouse.up()
  })
  await expect(count).toContainText('9 of 64')
  await vision.rerun(() => page.getByTestId('undo').click())
  await expect(count).toContainText('1 of 64')
})

test('compare: a pinned run beside the newest one', async ({ page, vision }) => {
  await vision.open()
  await page.getByTestId('pin').first().click()
  await page.getByTestId('tool-masking').click()
  await page.getByTestId('masking-tool').getByTestId('patch').nth(27).focus()
  await vision.rerun(() => page.keyboard.press('Enter'))
  await page.getByTestId('tool-compare').click()
  await expect(page.getByTestId('overlay-difference').getByTestId('patch').nth(27)).toHaveAttribute(
    'data-status',
    'removed',
  )
  await expect(page.getByTestId('overlay-difference')).toContainText('Most changed: patch')
  await expect(page.getByTestId('apart')).toContainText('One token is')
  const download = page.waitForEvent('download')
  await page.getByTestId('overlay-pinned').getByTestId('export').click()
  await page.getByRole('menuitem', { name: /CSV/ }).click()
  expect((await download).suggestedFilename()).toMatch(/\.csv$/)
})
