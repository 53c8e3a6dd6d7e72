/** The shown run through @huggingface/transformers: both engines agree, and what a graph cannot follow is said. */

import type { Page } from '@playwright/test'
import { expect, test } from './test.ts'

async function largestDifference(page: Page): Promise<number> {
  await page.getByTestId('ask-second').press('Enter')
  const most = page.getByTestId('second-most')
  await expect(most).toBeVisible({ timeout: 120_000 })
  return Number(await most.getAttribute('data-most'))
}

test('text: the same logits, of an edited strip, too; a mask of cells is not followed', async ({ page, text }) => {
  const fetched: string[] = []
  page.on('request', (request) => fetched.push(request.url()))
  await text.open()
  await text.show('the film was good', 'we left early')
  await text.select('good')
  await text.rerun(() => text.act('Put [MASK]'))
  await page.getByTestId('tool-second').press('Enter')
  await expect(page.getByTestId('ask-second')).toBeVisible()
  expect(fetched.filter((url) => /onnx|ort-wasm/.test(url))).toEqual([])

  expect(await largestDifference(page)).toBeLessThan(1e-3)
  const rows = page.getByTestId('second-opinion').locator('tr[data-head]')
  for (const head of ['mlm', 'nsp', 'sentiment']) {
    const cells = await rows
      .and(page.locator(`[data-head=${head}]`))
      .locator('td')
      .allTextContents()
    expect(cells[1]).not.toBe('')
    expect(cells[2]).toBe(cells[1])
  }

  // What a strip says in ids, positions, segments and keys that nobody reads, a graph takes.
  await text.select('film')
  await text.rerun(() => text.act('Put [MASK]'))
  await text.select('left')
  await text.rerun(() => text.act('Mask'))
  expect(await largestDifference(page)).toBeLessThan(1e-3)

  await page.getByTestId('tool-mask').press('Enter')
  await text.rerun(async () => {
    await page.getByTestId('mask-preset').selectOption('causal')
  })
  await page.getByTestId('tool-second').press('Enter')
  await expect(page.getByTestId('not-followed')).toContainText('differs between queries')
  await expect(page.getByTestId('ask-second')).toHaveCount(0)
})

test('vision: the same logits of every head', async ({ page, vision }) => {
  await vision.open()
  await page.getByTestId('tool-second').press('Enter')
  expect(await largestDifference(page)).toBeLessThan(1e-3)
  const heads = page.getByTestId('second-opinion').locator('tr[data-head]')
  await expect(heads).toHaveCount(3)
})
