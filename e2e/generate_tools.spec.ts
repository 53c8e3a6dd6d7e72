/** The Generate lab's experiments: the beam tree, the end, the start token, windows, one cell of the mask, the logit lens. */

import type { Page } from '@playwright/test'
import { axeFinds } from './axe.ts'
import { interval } from './lab_page.ts'
import { expect, test } from './test.ts'

const MODEL = 'clsroom-gpt2'
const TOOLS = ['beams', 'end', 'lens', 'start', 'window', 'cell'] as const

test.beforeEach(async ({ text }) => text.open({ hash: '#/generate' }))

async function openTool(page: Page, tool: (typeof TOOLS)[number]): Promise<void> {
  await page.getByTestId(`tool-${tool}`).click()
  await expect(page.getByTestId('drawer')).toBeVisible()
}

/** Moves a slider to a value. */
async function slide(page: Page, testId: string, value: number): Promise<void> {
  await page.getByTestId(testId).fill(String(value))
}

/** What transformers' `generate` would answer here, by the same engine. */
function generated(page: Page, request: { numBeams: number; lengthPenalty: number; maxNewTokens: number }) {
  return page.evaluate(
    async ([model, asked]) => {
      const { inputIds } = await window.clsroom.tokenize({ model, text: 'Once upon a time there was a' })
      return window.clsroom.generate({ model, inputIds, ...asked })
    },
    [MODEL, request] as const,
  )
}

test('beams stand as a tree, any penalty orders them, and a node opens in the strip', async ({ page, text }) => {
  await openTool(page, 'beams')
  const job = page.getByTestId('beam-job')
  await slide(page, 'beam-count', 8)
  await slide(page, 'beam-steps', 64)
  await job.getByRole('button').click()
  await expect(job).toContainText(/[1-9]\d* of 64/)
  await job.getByRole('button', { name: 'Stop' }).click()
  await expect(job).toHaveAttribute('data-status', 'idle')
  await slide(page, 'beam-count', 3)
  await slide(page, 'beam-steps', 12)
  await job.getByRole('button').click()
  const tree = page.getByRole('tree')
  await expect(tree).toBeVisible()
  const rows = page.getByTestId('beam-finished').locator('tbody tr')
  for (const lengthPenalty of [1, -1, 2]) {
    await slide(page, 'beam-penalty', lengthPenalty)
    const { scores } = await generated(page, { numBeams: 3, lengthPenalty, maxNewTokens: 12 })
    const shown = await rows.locator('td:nth-child(5)').allTextContents()
    const expected = scores.map((score) => score.toFixed(3).replace('-', '−'))
    expect(shown.slice(0, scores.length), `penalty ${lengthPenalty}`).toEqual(expected)
  }
  await expect(page.getByTestId('beam-greedy')).toContainText('greedy')
  await expect(page.getByTestId('beam-stubs')).toContainText('given up')

  const before = await text.labels()
  await tree.locator('[aria-selected=true]').focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  const chosen = tree.locator('[aria-selected=true]')
  await expect(chosen).toBeFocused()
  await expect(chosen).toHaveAttribute('aria-level', '3')
  const last = await chosen.locator('text').first().textContent()
  await text.rerun(() => page.keyboard.press('Enter'))
  await expect.poll(() => text.labels()).toHaveLength(before.length + 2)
  expect((await text.labels()).at(-1)).toBe(last)
  await expect(tree.locator('[data-opened]')).toHaveAttribute('aria-level', '3')
  // A prefix of what is on screen is there already: nothing is computed.
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  await expect.poll(() => text.labels()).toHaveLength(before.length + 1)

  await page.getByTestId('beam-figure').getByRole('button', { name: 'Table' }).click()
  expect(await page.getByTestId('beam-figure').locator('tbody tr').count()).toBeGreaterThan(30)
})

test('the end: its curve is the model’s, rules change lengths, and PAD = EOS loses it', async ({ page }) => {
  await openTool(page, 'end')
  const curve = page.getByTestId('end-curve')
  await curve.getByRole('button', { name: 'Table' }).click()
  const expected = await page.evaluate(async (model) => {
    const { inputIds } = await window.clsroom.tokenize({ model, text: 'Once upon a time there was a' })
    const { data, dims } = (await window.clsroom.forward({ model, inputIds })).logits.lm as {
      data: Float32Array
      dims: number[]
    }
    const [rows, V] = dims as [number, number]
    return Array.from({ length: rows }, (_, row) => {
      const logits = Array.from(data.subarray(row * V, (row + 1) * V), Math.exp)
      return (logits[2] as number) / logits.reduce((sum, one) => sum + one, 0)
    })
  }, MODEL)
  const rows = curve.locator('tbody tr')
  await expect(rows).toHaveCount(expected.length)
  const shown = await rows.locator('td:nth-child(3)').allTextContents()
  for (const [i, text] of shown.entries()) {
    const [low, high] = interval(text)
    expect(expected[i], `step ${i + 1}`).toBeGreaterThanOrEqual(low)
    expect(expected[i], `step ${i + 1}`).toBeLessThanOrEqual(high)
  }

  await slide(page, 'end-bias', -10)
  await slide(page, 'end-force', 5)
  await slide(page, 'samples-count', 4)
  await slide(page, 'samples-length', 16)
  await page.getByTestId('samples-job').getByRole('button').click()
  await expect(page.getByTestId('samples-job')).toHaveAttribute('data-status', 'done', { timeout: 30_000 })
  const measure = (name: string) => page.getByTestId('samples-facts').locator(`[data-measure=${name}] td`)
  await expect(measure('meanLength').last()).toHaveText('5.0')
  await expect(measure('ends').last()).toHaveText('0 %')
  await expect(page.getByTestId('histogram').locator('rect').first()).toBeAttached()

  await expect(page.getByTestId('pad-lost')).toContainText('none is an end')
  await expect(page.locator('.loss-targets [data-lost]')).toHaveCount(1)
})

test('the start token in nine ways: hidden changes nothing, masked gives exactly 0', async ({ page }) => {
  await openTool(page, 'start')
  const way = (name: string) => page.getByTestId('start-ways').locator(`[data-way=${name}] td`)
  await expect(way('noise').first()).toBeVisible({ timeout: 30_000 })
  await expect(page.getByTestId('hidden-same')).toBeVisible()
  expect(await way('hidden').allTextContents()).toEqual(await way('with').allTextContents())
  const most = (name: string) => page.locator(`[data-way=${name}] [data-cell=most]`)
  await expect(most('masked')).toHaveText('0')
  await expect(most('with')).not.toHaveText('0')
  await expect(page.getByTestId('start-freed').locator('tbody tr')).toHaveCount(7)
  await page.getByTestId('start-way').getByRole('radio', { name: 'doubled' }).check({ force: true })
  await expect(page.getByTestId('start-heads')).toContainText('doubled')
})

test('the lens ends with the output, a cell lets cheat, a window holds the text', async ({ page, text }) => {
  await openTool(page, 'lens')
  await expect(page.getByTestId('lens-same')).toContainText('is 0.', { timeout: 30_000 })
  const cells = page.getByTestId('lens-grid').locator('tbody tr').nth(3).getByRole('button')
  await cells.nth(2).click()
  await expect(page.getByTestId('lens-cell')).toContainText('layer 4')
  await expect(text.chips.nth(2)).toHaveAttribute('aria-pressed', 'true')

  await openTool(page, 'cell')
  await page.getByTestId('cell-query').selectOption('3')
  await page.getByTestId('cell-key').selectOption('4')
  await expect(page.getByTestId('cheaters')).toContainText('One row can', { timeout: 30_000 })
  await expect(page.getByTestId('cell-still')).toContainText('changes by 0.')
  await page.getByTestId('cell-key').selectOption('1')
  await expect(page.getByTestId('cheaters')).toContainText('No row can')
  await expect(page.getByTestId('cell-moved').locator('tbody tr')).toHaveCount(10)

  await expect(page.getByTestId('edited-note')).toHaveCount(0)
  await text.rerun(() => text.chip('Once').press('m'))
  await expect(page.getByTestId('edited-note')).toBeVisible()

  await openTool(page, 'window')
  await expect(page.getByTestId('window-figure')).toContainText('Beyond the window (3 tokens)', { timeout: 30_000 })
  await slide(page, 'window-last', 8)
  await expect(page.getByTestId('window-figure')).toContainText('holds the whole text')
})

test('an experiment is gone with its text: it is not drawn beside a longer one', async ({ page, text, query }) => {
  await text.open({ hash: '#/generate', query })
  await openTool(page, 'cell')
  const facts = page.getByTestId('cell-facts')
  for (const words of ['the cat sat', 'the cat sat on the mat and the dog was happy in the garden', 'the cat sat']) {
    await text.setState({ prompt: words, tokens: {}, written: [] })
    await expect(facts).toBeVisible({ timeout: 30_000 })
    await expect(facts).not.toContainText('undefined')
  }
})

test('every experiment is clean for axe, and fits a phone, in Russian', async ({ page, text, query }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await text.open({ hash: '#/generate?lang=ru', query })
  await expect(page.getByTestId('tool-beams')).toHaveText('Лучи')
  const width = () => page.evaluate(() => document.documentElement.scrollWidth)
  const bare = await width()
  for (const tool of TOOLS) {
    await openTool(page, tool)
    if (tool === 'beams') await page.getByTestId('beam-job').getByRole('button').click()
    await expect(page.getByTestId('drawer').locator('table, svg').first()).toBeVisible({ timeout: 30_000 })
    expect(await axeFinds(page, { within: '[data-testid=drawer]' }), tool).toEqual([])
    expect(await width(), `${tool} makes the page no wider`).toBe(bare)
    await page.getByTestId('drawer-close').click()
  }
})
