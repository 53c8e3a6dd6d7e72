/** What is fetched when it is used and cannot be had: a message in its place alone, and a Retry that works. */

import { expect, test } from './test.ts'

test.use({
  allowed: [[/Failed to load resource/, /dynamically imported module/, /could not be fetched/], { scope: 'test' }],
})

test('“Your own model…” offline is a message beside the lab, and opens once it can be had', async ({ page, text }) => {
  await text.open()
  const labels = await text.labels()
  await page.route('**/LoadModel-*.js*', (route) => route.abort())
  await page.getByTestId('own-model').click()
  const message = page.getByTestId('unfetched')
  await expect(message).toBeVisible()
  expect(await text.labels()).toEqual(labels) // the lab is there
  const retry = message.getByRole('button', { name: 'Try again' })
  await retry.click()
  await expect(message.getByRole('button', { name: /Reload the page/ })).toBeVisible()
  await expect(retry).toBeFocused()
  await page.unroute('**/LoadModel-*.js*')
  await retry.click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expect(message).toHaveCount(0)
})

test('a tool that cannot be fetched leaves everything else, and comes with focus in the drawer', async ({
  page,
  text,
}) => {
  await text.open()
  await page.route('**/NormsTool-*.js*', (route) => route.abort())
  await page.getByTestId('tool-norms').click()
  const message = page.getByTestId('drawer').getByTestId('unfetched')
  await expect(message).toBeVisible()
  await text.expectMapDrawn()
  await page.unroute('**/NormsTool-*.js*')
  await message.getByRole('button', { name: 'Try again' }).click()
  await expect(message).toHaveCount(0)
  await expect(page.getByTestId('norms-tool')).toBeVisible()
  expect(await page.evaluate(() => !!document.activeElement?.closest('[data-testid=drawer]'))).toBe(true)
})

test('the lab itself: a message under the header, and a Retry', async ({ page, text }) => {
  await text.open()
  await page.route('**/VisionLab-*.js*', (route) => route.abort())
  await page.getByRole('link', { name: 'Vision' }).click()
  await expect(page.getByTestId('unfetched')).toBeVisible()
  await page.unroute('**/VisionLab-*.js*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByTestId('vision-lab')).toBeVisible()
})

test('the vision lab without its samples takes a photo of one’s own, and lists them later', async ({ page, query }) => {
  await page.route('**/samples/**', (route) => route.abort())
  await page.goto(`./${query}#/vision`)
  await expect(page.getByTestId('vision-lab')).toBeVisible()
  await expect(page.getByTestId('banner')).toContainText('sample photos')
  await page.locator('input[type=file]').first().setInputFiles('e2e/fixtures/plain.bmp')
  await expect(page.getByTestId('readouts')).toBeVisible()
  await page.unroute('**/samples/**')
  await page.getByTestId('list-samples').click()
  await expect(page.locator('[data-sample="horse.jpg"]')).toBeVisible()
})
