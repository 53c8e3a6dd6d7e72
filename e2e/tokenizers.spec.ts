/** The tokenizers lab: trained here, four columns of one sentence, what is unknown, and files that others bring. */

import { readFileSync } from 'node:fs'
import { EXAMPLES } from '../src/labs/tokenizers/examples.ts'
import { expect, test } from './test.ts'

test('four columns cut one sentence; edits, undo and a link', async ({ page, tokenizers }) => {
  await tokenizers.open()
  await expect(tokenizers.columns).toHaveCount(4)
  await expect(tokenizers.unknown.first()).toContainText('unicorn')
  await expect(tokenizers.unknown.first()).toHaveAttribute('title', 'the word is not in its vocabulary')
  expect((await tokenizers.pieces(1)).some((piece) => piece.startsWith('##'))).toBe(true)
  expect(await page.locator('.token-lines path').count()).toBeGreaterThan(20)

  await tokenizers.rerun(() => tokenizers.sentence.fill('The princess said: 🦄'))
  await tokenizers.rerun(() => tokenizers.columns.nth(2).locator('.token-column-head').click())
  await expect(tokenizers.unknown).toHaveCount(1)
  await expect(tokenizers.unknown).toHaveAttribute('title', 'no token has the letter 🦄 (U+1F984)')
  await expect(page.getByTestId('change')).toContainText('BPE')

  // A smaller vocabulary is another training; undone, the old one is there again.
  const before = await tokenizers.pieces(2)
  await tokenizers.rerun(async () => {
    await page.getByTestId('vocabulary').selectOption('128')
  })
  await expect.poll(async () => (await tokenizers.pieces(2)).length).toBeGreaterThan(before.length)
  await tokenizers.rerun(() => page.getByRole('button', { name: 'Undo' }).click())
  await expect.poll(() => tokenizers.pieces(2)).toEqual(before)

  const state = await tokenizers.state()
  expect(state).toMatchObject({
    lab: 'tokenizers',
    text: 'The princess said: 🦄',
    sample: 'grimm',
    look: { column: 2 },
  })
  await tokenizers.setState({ recipe: { vocabularySize: 256 }, text: '' })
  await expect(page.getByTestId('underlined-says')).toHaveText('There is no word.')
})

test('a training is watched step by step', async ({ page, tokenizers }) => {
  await tokenizers.open()
  await tokenizers.openTool('steps')
  const step = page.getByTestId('step')
  await expect(step).toHaveText(/^h and e become he\. The text is [\d,]+ tokens now\.$/)
  await page.getByTestId('step-on').click()
  await expect(step).not.toHaveText(/^h and e/)
  await expect(page.getByTestId('candidates').locator('tbody tr')).toHaveCount(6)
  await page.getByTestId('steps-kind').getByLabel('Unigram').click()
  await expect(step).toContainText('candidates')
  await page.getByTestId('scrub').focus()
  await page.keyboard.press('End')
  await expect(step).toContainText('The vocabulary: 1,023 pieces')
})

test('what hides under [UNK], by a text model', async ({ page, tokenizers }) => {
  await tokenizers.open()
  await tokenizers.openTool('under')
  await page.getByTestId('under-job').getByRole('button').click()
  await expect(page.getByTestId('under-job')).toHaveAttribute('data-status', 'done', { timeout: 60_000 })
  await expect(page.getByTestId('under-score')).toContainText(/Of 100 held-out unknowns \d+ are one token of the model/)
})

test('any tokenizer.json: of the page, dropped, hostile', async ({ page, tokenizers }) => {
  await tokenizers.open()
  await tokenizers.openTool('columns')
  await tokenizers.rerun(async () => {
    await page.getByTestId('column-3').selectOption({ label: 'clsroom-gpt2' })
  })
  await expect(tokenizers.columns.nth(3)).toContainText('clsroom-gpt2')
  const bert = readFileSync('public/models/clsroom-bert/tokenizer.json', 'utf8')
  await tokenizers.rerun(() => tokenizers.drop('mine.json', bert, 'application/json'))
  await expect(tokenizers.columns.first()).toContainText('mine.json')

  // A pattern that could go on for ever is refused before it runs.
  const file = JSON.parse(bert)
  const withPattern = (Regex: string) =>
    JSON.stringify({
      ...file,
      pre_tokenizer: { type: 'Split', pattern: { Regex }, behavior: 'Isolated', invert: false },
    })
  await tokenizers.rerun(() => tokenizers.drop('hostile.json', withPattern('(a+)+$'), 'application/json'))
  await expect(page.getByTestId('column-problem')).toContainText('the repeated group')
  // One whose time grows with the square of the text is ended, and the page answers on.
  await tokenizers.rerun(() => tokenizers.drop('slow.json', withPattern('[^c]*(?:c|d|e)'), 'application/json'))
  await tokenizers.rerun(() => tokenizers.sentence.fill('a'.repeat(100_000)))
  const slow = tokenizers.columns.filter({ hasText: 'slow.json' })
  await expect(slow.getByTestId('column-problem')).toContainText('Reading took too long and was stopped')
  await tokenizers.rerun(() => tokenizers.sentence.fill('a dog'))
  await expect(page.getByTestId('column-problem')).toHaveCount(0)
})

test('100,000 characters do not block the page', async ({ page, tokenizers }) => {
  await tokenizers.open()
  const text = readFileSync('public/samples/texts/grimm.txt', 'utf8').slice(0, 100_000)
  await page.evaluate(() => {
    const long: number[] = []
    new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    })
    Object.assign(window, { long })
  })
  const began = await page.evaluate(() => performance.now())
  await tokenizers.rerun(() => tokenizers.setState({ text }))
  await expect(page.getByTestId('measures').locator('tbody td').first()).toHaveText(/^2\d{4}$/)
  const { long, took } = await page.evaluate(
    (since) => ({ long: (window as unknown as { long: number[] }).long, took: performance.now() - since }),
    began,
  )
  // Most of the time it is free: tokenizers read beside it.
  expect(Math.max(0, ...long)).toBeLessThan(took / 2)
})

test('every example opens without a complaint', async ({ page, tokenizers }) => {
  await tokenizers.open()
  expect(EXAMPLES.length).toBeGreaterThanOrEqual(8)
  for (const { id } of EXAMPLES) {
    await page.getByTestId('examples').click()
    await tokenizers.rerun(() => page.getByTestId('example-menu').locator(`[data-action="${id}"]`).click())
    await expect(tokenizers.banner).toHaveCount(0)
    await expect(tokenizers.columns.first()).toBeVisible()
  }
})
