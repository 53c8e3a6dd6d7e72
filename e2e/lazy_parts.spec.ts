/** What is fetched when it is used and cannot be had: a message in its place alone, and a Retry that works. */

import type { Page } from '@playwright/test'
import { TEXT_FORMAT } from '../src/labs/text/state/link.ts'
import { encodeLink } from '../src/state/permalink.ts'
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

const WORKERS: [what: string, part: string, lab: 'text' | 'vision', retry: string][] = [
  ['the engine', '**/engine.worker-*.js*', 'text', 'Try again'],
  ['the engine', '**/engine.worker-*.js*', 'vision', 'Try again'],
  ['what reads texts', '**/reader.worker-*.js*', 'text', 'Try again'],
  ['what reads pictures', '**/reader.worker-*.js*', 'vision', 'Fetch the sample photos'],
]

for (const [what, part, lab, way] of WORKERS) {
  test(`${what} cannot be fetched: the ${lab} lab says so, and opens on a Retry`, async ({ page, query }) => {
    await page.route(part, (route) => route.abort())
    await page.goto(`./${query}#/${lab}`)
    await expect(page.getByTestId('banner')).toContainText('A part of the page could not be fetched')
    const retry = page.getByRole('button', { name: way })
    await retry.click()
    await expect(page.getByTestId('banner')).toContainText('A part of the page could not be fetched')
    await page.unroute(part)
    await retry.click()
    await expect(page.getByTestId('readouts')).toBeVisible()
    await expect(page.getByTestId('banner')).toHaveCount(0)
  })
}

test('an address with a state is opened by the Retry, not the example', async ({ page, query }) => {
  const link = encodeLink(TEXT_FORMAT, { lab: 'text', model: 'clsroom-bert', texts: ['we liked it'] })
  await page.route('**/engine.worker-*.js*', (route) => route.fulfill({ status: 404, body: 'gone' })) // as after a deployment
  await page.goto(`./${query}#/text?s=${link}`)
  await expect(page.getByTestId('banner')).toContainText('after an update of the page, reload it')
  await expect(page.getByTestId('banner').getByRole('button', { name: 'Reload' })).toBeVisible()
  await page.unroute('**/engine.worker-*.js*')
  await page.getByTestId('banner').getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByTestId('token').filter({ hasText: 'liked' })).toBeVisible()
})

test('a model that cannot be had is asked for again by the Retry', async ({ page, query }) => {
  await page.route('**/models/clsroom-bert/**', (route) => route.abort())
  await page.goto(`./${query}#/text`)
  const retry = page.getByTestId('banner').getByRole('button', { name: 'Try again' })
  await expect(retry).toBeVisible()
  await page.unroute('**/models/clsroom-bert/**')
  await retry.click()
  await expect(page.getByTestId('readouts')).toBeVisible()
})

/** How a module of WASM begins, as text. */
const WASM_MAGIC = 'AGFzbQ'

/** The kernels of WASM do not come; the reference kernels, a part of the same name, do. @returns how often WASM was asked for */
async function withoutWasm(page: Page): Promise<() => number> {
  let asked = 0
  await page.route('**/backend-*.js*', async (route) => {
    const response = await route.fetch()
    if (!(await response.text()).includes(WASM_MAGIC)) return route.fulfill({ response })
    await route.abort()
    asked++
  })
  return () => asked
}

test('WASM cannot be fetched: the reference kernels go on, slowly, until a Retry has it', async ({ page, text }) => {
  const asked = await withoutWasm(page)
  await page.goto('./?backend=wasm#/text')
  const banner = page.getByTestId('banner')
  await expect(banner).toContainText('A part of the page could not be fetched')
  await expect(page.getByTestId('readouts')).toBeVisible({ timeout: 120_000 })
  expect(await page.evaluate(() => window.clsroom.backend().kind)).toBe('cpu')
  const labels = await text.labels()
  const before = asked()
  await banner.getByRole('button', { name: 'Try again' }).click()
  await expect.poll(asked).toBeGreaterThan(before)
  await expect(banner).toBeVisible() // still offline
  await page.unrouteAll({ behavior: 'wait' })
  await banner.getByRole('button', { name: 'Try again' }).click()
  await expect(banner).toHaveCount(0)
  expect(await page.evaluate(() => window.clsroom.backend().kind)).toBe('wasm')
  expect(await text.labels()).toEqual(labels)
  await text.rerun(() => text.insertByMouse('[SEP]', 3))
  await expect(page.getByTestId('run-footer')).toContainText('WASM')
})

test('neither WASM nor the reference kernels can be fetched: the lab says so, and opens on a Retry', async ({
  page,
}) => {
  await page.route('**/backend-*.js*', (route) => route.abort())
  await page.goto('./?backend=wasm#/text')
  const banner = page.getByTestId('banner')
  await expect(banner).toContainText('A part of the page could not be fetched')
  await page.unroute('**/backend-*.js*')
  await banner.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByTestId('readouts')).toBeVisible()
  await expect(banner).toHaveCount(0)
  expect(await page.evaluate(() => window.clsroom.backend().kind)).toBe('wasm')
})

test('a snippet that cannot be fetched is said beside its button, and copied by the next click', async ({
  page,
  text,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await text.open()
  await page.route('**/python-*.js*', (route) => route.abort())
  await page.getByTestId('copy-python').click()
  await expect(page.getByTestId('copy-remark')).toContainText('could not be fetched')
  await page.unroute('**/python-*.js*')
  await page.getByTestId('copy-python').click()
  await expect(page.getByTestId('copy-python')).toHaveText('Copied')
  await expect(page.getByTestId('copy-remark')).toHaveCount(0)
})
