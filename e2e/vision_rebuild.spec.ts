/** The vision lab on a masked autoencoder: what it draws of hidden patches, measured, and what its mask tokens need. */

import { expect, test } from './test.ts'

const QUARTER = { strategy: 'random', ratio: 0.75, seed: 1, as: 'removed' } as const

test('hidden patches are drawn, measured, and asked what they need', async ({ page, vision }) => {
  await vision.open()
  await page.getByTestId('tool-rebuild').click()
  await page.getByTestId('open-mae').click()
  await expect(page.getByTestId('rebuild-tool')).toContainText('Every patch is visible')
  await expect(page.getByTestId('readouts')).toContainText('Every patch is visible')

  await vision.rerun(() => vision.setState({ sample: 'dog.jpg' }))
  await vision.rerun(() => page.getByTestId('masking-again').click())
  const numbers = page.getByTestId('rebuilt-numbers')
  const error = async (row: string) => Number(await numbers.locator(`[data-row=${row}] td`).first().textContent())
  expect(await error('model')).toBeLessThan(await error('mean'))
  await expect(page.getByTestId('readout-reconstruction')).toContainText('dB')

  // The other vectors are runs of their own; a negated one is no better, the mean of the visible far worse.
  const tokens = page.getByTestId('mask-token-errors')
  await expect(tokens.getByRole('row')).toHaveCount(6)
  await expect(page.getByTestId('mask-token-verdict')).toContainText('hardly matters')
  await vision.rerun(() => page.getByTestId('mask-token').locator('input[value=mean]').click())
  expect(await vision.state()).toMatchObject({ maskToken: { type: 'mean' } })
  expect(await error('model')).toBeGreaterThan(await error('harmonic'))
  await vision.rerun(() => page.getByTestId('undo').click())

  // The second patch is hidden by seed 1.
  await page.getByTestId('rebuilt').getByTestId('patch').nth(1).click()
  const check = page.getByTestId('mask-token-check')
  await expect(check).toContainText('Hidden, too, it changes what is drawn by')
  await page.getByTestId('hide-each').getByRole('button').click()
  await expect(page.getByTestId('mask-token-needs')).toContainText('Rank correlation')
})

test('a link holds the mask token, and curves compare the model with both baselines', async ({ page, vision }) => {
  await vision.open()
  await page.evaluate((masking) => {
    const look = { tool: 'rebuild', layer: 7, head: 'mean', masking }
    return window.clsroom.setState({ model: 'clsroom-mae', maskToken: { type: 'negated' }, look })
  }, QUARTER)
  expect(await vision.state()).toMatchObject({ model: 'clsroom-mae', maskToken: { type: 'negated' } })
  await page.getByTestId('rebuild-job').getByRole('button').click()
  await expect(page.getByTestId('rebuild-curve').getByTestId('line-curve')).toBeVisible()
  await expect(page.getByTestId('rebuild-job')).toHaveAttribute('data-status', 'done')
  await page.getByTestId('rebuild-curve').getByRole('button', { name: 'Table' }).click()
  await expect(page.getByTestId('rebuild-curve').locator('table tbody tr')).toHaveCount(9)
})
