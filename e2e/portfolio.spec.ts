/** The tasks lab, its portfolio half: horizons over assets, prices of one's own, and what is checked of both. */

import { expect, test } from './test.ts'

/** So many days of assets that wander, each in its own way. */
function table(days: number, assets: readonly string[], change: (cells: string[][]) => void = () => {}): string {
  const rows = Array.from({ length: days }, (_, d) => {
    const date = new Date(Date.UTC(2021, 0, 1 + d)).toISOString().slice(0, 10)
    return [date, ...assets.map((_, a) => (40 + a + 3 * Math.sin(d * (1.3 + a / 7))).toFixed(3))]
  })
  const cells = [['Date', ...assets], ...rows]
  change(cells)
  return cells.map((row) => row.join(',')).join('\n')
}

const put = (line: number, column: number, text: string) => (cells: string[][]) => {
  cells[line - 1]?.splice(column, 1, text)
}

test('the crash is foretold beside EWMA, HAR and what came; edit and answer are on one screen', async ({
  page,
  portfolio,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 })
  await portfolio.open()
  expect(await portfolio.volatility(21)).toBe('48.7 %')
  await expect(page.getByTestId('volatility-21d').locator('td').last()).toHaveText('75.4 %')
  await expect(page.getByTestId('regime')).toContainText('What came: stressed.')
  await expect(page.getByTestId('returns')).toContainText('R² is 1 day −0.001')
  for (const part of ['day', 'shock-move', 'asset-mask', 'asset-reads', 'volatility', 'token-strip']) {
    await expect(page.getByTestId(part)).toBeInViewport()
  }
  // Masked, restored by undo; then shuffled: nothing changes.
  await portfolio.select('BBY')
  await expect(page.getByTestId('chosen-assets')).toHaveText('BBY')
  await portfolio.rerun(() => page.getByTestId('asset-mask').click())
  expect(await portfolio.volatility(21)).toBe('47.6 %')
  await portfolio.rerun(() => page.keyboard.press('Control+z'))
  const before = await portfolio.labels()
  await portfolio.rerun(() => page.getByTestId('shuffle').click())
  expect(await portfolio.labels()).not.toEqual(before)
  expect(await portfolio.volatility(21)).toBe('48.7 %')
  await expect(page.getByTestId('volatility').getByTestId('ghost')).toHaveCount(0)
  await portfolio.rerun(() => page.getByTestId('shock-move').fill('-0.3'))
  expect(await portfolio.volatility(1)).not.toBe('57.0 %')
  expect(await portfolio.state()).toMatchObject({ half: 'portfolio', shocks: [{ row: 3, move: -0.3, scale: 1 }] })
})

test('the tools measure on the shown run', async ({ page, portfolio }) => {
  await portfolio.open()
  await page.getByTestId('tool-risk').click()
  await expect(page.getByTestId('risk-table').locator('tbody tr')).toHaveCount(20)
  await expect(page.getByTestId('risk-agreement')).toContainText('correlation of 0.86')
  await page.getByTestId('tool-checks').click()
  await expect(page.getByTestId('order-result')).toContainText(/no answer differs by more than (0|\d\.\de−[6-9])\./)
  await expect(page.getByTestId('ahead-result')).toContainText('21 days replaced: the answers differ by 0.')
  await expect(page.getByTestId('ahead-control')).not.toContainText('differ by 0.')
  await page.getByTestId('tool-walk').click()
  await page.getByTestId('walk-job').getByRole('button').click()
  await page.getByTestId('horizon').locator('[data-value="0"]').click()
  await expect(page.getByTestId('walk-scores').locator('tbody tr')).toHaveCount(3)
  await expect(page.getByTestId('figures')).toContainText('3818 test days')
  await page.getByTestId('tool-windows').click()
  await page.getByTestId('windows-job').getByRole('button').click()
  await expect(page.getByTestId('windows-table').locator('tbody tr')).toHaveCount(8)
  await page.getByTestId('tool-pooling').click()
  await expect(page.getByTestId('pooling-table')).toContainText('0.458')
})

test('prices of one’s own: pasted, chosen, refused with the place of the fault, and nothing is lost', async ({
  page,
  portfolio,
}) => {
  await portfolio.open()
  await portfolio.rerun(() => portfolio.paste(table(140, ['ONE'])))
  expect(await portfolio.labels()).toEqual(['[CLS_1d]', '[CLS_5d]', '[CLS_21d]', '[CLS_portfolio]', 'ONE'])
  await expect(page.getByTestId('regime')).toContainText('not known yet')
  await portfolio.rerun(() =>
    portfolio.chooseFile(
      'mine.csv',
      table(140, ['A', 'B', 'STILL'], (cells) => {
        for (const row of cells.slice(1)) row[3] = '7'
        ;(cells[20] as string[])[1] = ''
      }),
    ),
  )
  await expect(page.getByTestId('price-notes').locator('li')).toHaveCount(2)
  await expect(page.getByTestId('price-notes')).toContainText('STILL')
  const shown = await portfolio.volatility(21)
  const faults: [string, RegExp][] = [
    [table(100, ['A']), /too few days.*100 days/],
    [table(140, ['A', 'B'], put(7, 2, 'closed')), /“closed” in line 7, B/],
    [table(140, ['A'], put(9, 1, '-37.63')), /not above zero.*line 9, A/],
  ]
  for (const [text, said] of faults) {
    await portfolio.chooseFile('bad.csv', text)
    await expect(portfolio.banner).toContainText(said)
    expect(await portfolio.volatility(21)).toBe(shown)
  }
  await portfolio.rerun(() =>
    portfolio.chooseFile(
      'many.csv',
      table(
        127,
        Array.from({ length: 500 }, (_, i) => `A${i}`),
      ),
    ),
  )
  await expect(portfolio.chips).toHaveCount(504)
  await expect(page.getByTestId('reads-all')).toHaveText('All 500')
  expect(await portfolio.state()).toMatchObject({ half: 'portfolio', own: true })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('nothing is wider than the screen', async ({ page, portfolio }) => {
    await portfolio.open()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })
})
