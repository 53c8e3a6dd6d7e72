/** The shown run through @huggingface/transformers: both engines agree, and what a graph cannot follow is said. */

import { existsSync } from 'node:fs'
import type { Page, Route } from '@playwright/test'
import { expect, test } from './test.ts'
import type { TextPage } from './text_page.ts'

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

test.describe('what cannot be had', () => {
  test.use({
    allowed: [[/Failed to load resource/, /dynamically imported module/, /Failed to fetch/], { scope: 'test' }],
  })

  for (const [what, address, fault] of [
    ['the worker with the library', '**/assets/worker-*.js*', 'no network'],
    ['the engine’s WASM', '**/ort-wasm-*.wasm*', 'no network'],
    ['the engine’s WASM', '**/ort-wasm-*.wasm*', 404],
    ['the graph', '**/onnx/model.onnx*', 'no network'],
    ['the graph', '**/onnx/model.onnx*', 503],
    ['the weights', '**/models/clsroom-bert/model.safetensors*', 503],
  ] as const) {
    test(`${what}, ${fault}: a message, the run stays, and asking again works`, async ({ page, text }) => {
      await text.open()
      await page.getByTestId('tool-second').press('Enter')
      let asked = 0
      await page.context().route(address, (route) => {
        asked++
        return fault === 'no network' ? route.abort() : route.fulfill({ status: fault, body: 'not now' })
      })
      await page.getByTestId('ask-second').press('Enter')
      const message = page.getByTestId('second-opinion').getByTestId('banner')
      await expect(message).toBeVisible({ timeout: 60_000 })
      expect(asked).toBeGreaterThan(0)
      await expect(message).toContainText('Try again when you are online')
      expect(await message.textContent()).not.toMatch(/undefined|\[object|internal/i)
      await text.expectMapDrawn()
      await page.context().unroute(address)
      expect(await largestDifference(page)).toBeLessThan(1e-3)
      await expect(message).toHaveCount(0)
    })
  }
})

test.describe('of the hub', () => {
  test.use({ allowed: [[/^https:\/\/huggingface\.co\//, /Failed to load resource/], { scope: 'test' }] })

  /** Opens one of e2e/fixtures/hub as the hub would give it. @param without files it does not have */
  async function openFromHub(text: TextPage, name: string, without = /^$/): Promise<void> {
    const { page } = text
    const serve = (route: Route) => {
      const [, path = ''] = route.request().url().split('/resolve/main/')
      const file = `e2e/fixtures/hub/${name}/${path}`
      const headers = { 'access-control-allow-origin': '*' }
      const there = path !== '' && existsSync(file) && !without.test(path)
      return there
        ? route.fulfill({ path: file, headers })
        : route.fulfill({ status: 404, headers, body: 'Entry not found' })
    }
    await page.context().route('https://huggingface.co/**', serve)
    await text.open()
    await page.getByTestId('own-model').click()
    await page.getByTestId('load-model').getByTestId('model-address').fill(`someone/${name}`)
    await text.rerun(() => page.keyboard.press('Enter'))
  }

  const row = (page: Page, head: string) => page.getByTestId('second-opinion').locator(`tr[data-head="${head}"] td`)

  test('a sentiment head: its graph’s logits are ours', async ({ page, text }) => {
    await openFromHub(text, 'sentiment')
    await text.show('the film was good', 'we leave early')
    await page.getByTestId('tool-second').press('Enter')
    expect(await largestDifference(page)).toBeLessThan(1e-3)
    const [, ours, theirs] = await row(page, 'classifier').allTextContents()
    expect(ours).toMatch(/^(negative|positive)$/)
    expect(theirs).toBe(ours)

    // What the graph has an input for is followed, what it lacks is said.
    await text.select('good')
    await text.rerun(() => text.act('Mask'))
    expect(await largestDifference(page)).toBeLessThan(1e-3)
  })

  test('an answer to a question: the stretch that both engines find', async ({ page, text }) => {
    await openFromHub(text, 'answers')
    await text.show('where did we leave early ?', 'we did leave the house late , in the great garden .')
    await page.getByTestId('tool-second').press('Enter')
    expect(await largestDifference(page)).toBeLessThan(1e-3)
    const [, ours, theirs] = await row(page, 'span').allTextContents()
    const shown = (await text.readouts.getByTestId('span').locator('.binary-answer').textContent()) ?? ''
    expect(shown).toContain(ours)
    expect(theirs).toBe(ours)
  })

  test('a model without onnx/ is told as one, plainly', async ({ page, text }) => {
    await openFromHub(text, 'sentiment', /^onnx/)
    await page.getByTestId('tool-second').press('Enter')
    await page.getByTestId('ask-second').press('Enter')
    const message = page.getByTestId('second-opinion').getByTestId('banner')
    await expect(message).toContainText('This model has no onnx/model.onnx, which the second engine reads', {
      timeout: 60_000,
    })
    await expect(message).toContainText('Choose a model whose folder has onnx/')
  })
})
