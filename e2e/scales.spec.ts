/** Scales say what they stand for, stay where they are, and what is late is marked as such. */

import { interval } from './lab_page.ts'
import { expect, test } from './test.ts'

const SLOW = Array.from({ length: 120 }, (_, i) => ['the', 'film', 'was', 'good'][i % 4]).join(' ')

test('the scale of a map stays 0 to 1 through edits; fit is a choice, shown and in the link', async ({
  page,
  text,
}) => {
  await text.open()
  await text.show('the film was good')
  const end = page.getByTestId('map-panel').getByTestId('scale-end')
  for (const head of [0, 1, 2]) {
    await text.chooseHead(1, head)
    await expect(end).toHaveText('1')
  }
  await page.getByTestId('map-panel').getByTestId('scale-fit').click()
  const most = Math.max(...(await text.shownMap()).cells.flat().map((cell) => interval(cell)[1])) - 0.000501
  await expect(end).toHaveText(most.toFixed(3))
  expect((await text.state()).look).toMatchObject({ fit: true })
  await page.getByTestId('map-panel').getByTestId('scale-fit').click()
  await expect(end).toHaveText('1')
})

test('a difference of next to nothing is painted on a scale that reaches further, with a legend', async ({
  page,
  text,
}) => {
  await text.open()
  await text.show('the film was good')
  await text.rerun(() => text.chip('good').press('h'))
  await page.getByTestId('map-mode').getByLabel('change').check()
  const legend = page.getByTestId('map-panel').getByTestId('scale')
  await expect(legend).toContainText('−0.100')
  await expect(legend).toContainText('+0.100')
})

test('bars stand on the axis that is written under them', async ({ page, text }) => {
  await text.open()
  await text.show('the film was good')
  await text.select('film')
  await page.getByTestId('tool-token').click()
  const reads = page.getByTestId('reads-row')
  await expect(reads.getByTestId('bar-axis')).toContainText('01')
  const bars = await reads.locator('li .bar-row').evaluateAll((rows) =>
    rows.map((row) => ({
      value: row.querySelector('.bar-value')?.textContent ?? '',
      width: Number.parseFloat((row.querySelector('.bar-fill') as HTMLElement).style.inlineSize),
    })),
  )
  for (const { value, width } of bars) {
    if (value.startsWith('<')) expect(width).toBeLessThan(0.1)
    else expect(width).toBeCloseTo(Number(value) * 100, 0)
  }
})

test('while the newest edit is computed, the older map is dimmed and named; a fast run never shows it', async ({
  page,
  text,
}) => {
  await text.open({ query: '?backend=cpu' })
  await text.show(SLOW)
  const lab = page.getByTestId('text-lab')
  await expect(lab).not.toHaveAttribute('data-computing')
  // What is dimmed for a moment only is looked at in every frame.
  await page.evaluate(() => {
    const seen: string[] = []
    Object.assign(window, { seen })
    const look = () => {
      const opacity = getComputedStyle(document.querySelector('.map-room') as Element).opacity
      seen.push(`${opacity} ${document.querySelector('[data-testid=computing]')?.textContent ?? ''}`)
      requestAnimationFrame(look)
    }
    look()
  })
  await text.chips.nth(40).press('Delete')
  const seen = () => page.evaluate(() => (window as unknown as { seen: string[] }).seen)
  await expect
    .poll(async () => (await seen()).some((one) => /^0\.45 .*Shown: run \d+ of \d+ \(clsroom-bert opened\)/.test(one)))
    .toBe(true)
  await expect(lab).not.toHaveAttribute('data-computing', { timeout: 60_000 })
  await expect(page.locator('.map-room').first()).toHaveCSS('opacity', '1')
  await text.chips.nth(42).press('Delete')
  await expect.poll(async () => (await seen()).some((one) => /\(.+ removed\)/.test(one))).toBe(true)
})

test('on a phone, a tool that opens under the page comes into view and takes the focus', async ({ page, text }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await text.open()
  await page.getByTestId('pin').click()
  await page.getByTestId('open-compare').click()
  await expect(page.getByTestId('compare-answers')).toBeAttached()
  await expect(page.getByTestId('drawer')).toBeFocused()
  await expect(page.getByTestId('drawer').getByRole('heading', { name: 'Compare', exact: true })).toBeInViewport()
  await expect(page.getByTestId('compare-tool')).toBeInViewport()
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('drawer')).toHaveCount(0)
})

test('while its first photo is read and run, the vision lab never says that nothing has run', async ({
  page,
  vision,
}) => {
  await page.addInitScript(() => {
    const seen = { nothing: false }
    Object.assign(window, { seen })
    new MutationObserver(() => {
      if (document.body?.textContent?.includes('Nothing has run yet')) seen.nothing = true
    }).observe(document, { childList: true, subtree: true })
  })
  await vision.open()
  expect(await page.evaluate(() => (window as unknown as { seen: { nothing: boolean } }).seen.nothing)).toBe(false)
})
