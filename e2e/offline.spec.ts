/** The page without a network, after one visit; and a new version, which is announced and waits. */

import { expect, test } from './test.ts'

test.use({ serviceWorkers: 'allow' })

test('after the first visit the page opens without a network, with the models of the first two labs', async ({
  page,
  context,
  text,
  vision,
  query,
}) => {
  await text.open()
  // The worker takes the page over once all that it keeps is there.
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: 120_000 })
  await context.setOffline(true)
  await page.goto(`./${query}#/text`)
  await text.ready()
  await expect(page.getByTestId('sentiment')).toBeVisible()
  await vision.open()
  await vision.setState({ model: 'clsroom-vit-large', sample: 'dog.jpg' })
  await expect(page.getByTestId('readouts')).toContainText('dog')
})

test('models of other labs are kept when they are opened, or when they are asked for', async ({
  page,
  context,
  text,
  generate,
}) => {
  await text.open()
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: 120_000 })
  await generate.open()
  await page.getByTestId('page-menu-button').click()
  await page.getByTestId('offline-button').click()
  const kept = (id: string) => page.getByTestId('offline-model').filter({ hasText: new RegExp(`^${id}\\d`) })
  await expect(kept('clsroom-bert')).toHaveAttribute('data-kept', 'true')
  await expect(kept('clsroom-gpt2')).toHaveAttribute('data-kept', 'true')
  await expect(kept('clsroom-t5')).not.toHaveAttribute('data-kept', 'true')
  await page.getByTestId('offline-keep').click()
  await expect(kept('clsroom-t5')).toHaveAttribute('data-kept', 'true', { timeout: 120_000 })
  await expect(page.getByTestId('offline-keep')).toHaveText('All are kept', { timeout: 120_000 })
  await expect(page.getByTestId('storage')).toContainText('MB')
  await context.setOffline(true)
  await page.reload()
  await generate.ready()
  // What only tells of a model that was kept when it was opened.
  expect(await page.evaluate(async () => (await fetch('models/clsroom-gpt2/card.json')).ok)).toBe(true)
})
