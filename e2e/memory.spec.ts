/** The memory lab: what memory carries, by its masks, its tokens and its states. */

import { TEXT_EXAMPLES } from '../src/labs/memory/text/examples.ts'
import { expect, test } from './test.ts'

test('a fact beyond the window is known with memory, and lost without: read, variant, tokens, states', async ({
  page,
  memory,
}) => {
  await memory.open()
  await expect(memory.chips.filter({ hasText: '[MEM' })).toHaveCount(8)
  expect(await memory.best()).toBe('key')
  const open = () => page.getByTestId('mask-figure').getAttribute('data-open').then(Number)
  const windowed = await open()

  await memory.rerun(() => page.getByTestId('variant').locator('[data-value="clsroom-membottleneck"]').click())
  expect(await memory.best()).toBe('key')
  const [n, m] = [41, 8]
  expect(await open()).toBe(2 * n * m + m * m)
  expect(windowed).toBeGreaterThan(await open())

  await memory.rerun(() => page.getByTestId('variant').locator('[data-value="clsroom-nomemory"]').click())
  await expect(memory.chips.filter({ hasText: '[MEM' })).toHaveCount(0)
  expect(await memory.best()).not.toBe('key')

  await memory.rerun(() => page.getByTestId('variant').locator('[data-value="clsroom-memtransformer"]').click())
  await page.getByTestId('tool-mask').click()
  await memory.rerun(() => page.getByTestId('quadrant-text-memory').click())
  expect(await memory.best()).not.toBe('key')
  await memory.rerun(() => page.getByTestId('undo').click())
  expect(await memory.best()).toBe('key')

  await page.getByTestId('tool-slots').click()
  // The runs of other inputs come first.
  await page.getByTestId('replace').locator('[data-value="other"]').click()
  await expect.poll(() => memory.best()).not.toBe('key')
  await memory.rerun(() => page.getByTestId('replace-none').click())

  await memory.rerun(() => page.getByTestId('slots').fill('0'))
  await expect(page.getByTestId('no-memory-to-read')).toBeVisible()
  expect(await memory.best()).not.toBe('key')
})

test('recall is measured with intervals, and can be stopped', async ({ page, memory }) => {
  await memory.open()
  await page.getByTestId('tool-recall').click()
  await expect(page.getByTestId('reach')).toContainText('out of reach')
  await page.getByTestId('recall-job').getByRole('button').click()
  await expect(page.getByTestId('accuracy').locator('tr').first()).toContainText('100 %', { timeout: 60_000 })
  await page.getByTestId('recall-job').getByRole('button').click()
  await expect(page.getByTestId('recall-job')).toHaveAttribute('data-status', 'done')
})

test('every example of text opens without a complaint, its tool too', async ({ page, memory }) => {
  await memory.open()
  for (const { id, link } of TEXT_EXAMPLES) {
    await page.getByTestId('examples').click()
    await page.getByTestId('example-menu').locator(`[data-action="${id}"]`).click()
    await expect(memory.banner).toHaveCount(0)
    await expect(memory.map.first()).toBeVisible()
    if (link.look?.tool) await expect(page.getByTestId('drawer').locator('.panel').first()).toBeVisible()
  }
  await expect(page.getByTestId('beside-table')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByTestId('sink-table').locator('tbody tr')).toHaveCount(3, { timeout: 30_000 })
})

test('a link keeps memory, mask and states; bad ones say so', async ({ page, memory }) => {
  await memory.open()
  await memory.setState({ replaced: { by: 'zeros', layer: 2, slots: [0, 1, 2, 3, 4, 5, 6, 7] } })
  expect(await memory.state()).toMatchObject({ lab: 'memory', shows: 'text', replaced: { by: 'zeros', layer: 2 } })
  const run = (memoryTokens: number) =>
    page.evaluate(
      (count) =>
        window.clsroom
          .forward({
            model: 'clsroom-memctrl',
            inputIds: [2, 644, 3],
            mask: Array(count + 3).fill(1),
            capture: { attentions: true },
          })
          .then(({ attentions }) => attentions?.[0]?.dims)
          .catch((error: Error) => error.message),
      memoryTokens,
    )
  expect(await run(8)).toEqual([4, 11, 11])
  expect(await run(0)).toContain('does not fit the sequence')
})
