/** What changed: after every edit, without being asked, against the run before it. */

import { headMap } from '../src/viz/matrix.ts'
import type { HeadMap } from './lab_page.ts'
import { expect, test } from './test.ts'

const FIRST = 'the film was good'

test('before the first edit there is nothing to compare with, and the page says so', async ({ page, text }) => {
  await text.open()
  await expect(page.getByTestId('change')).toContainText('what changed is said here')
  await expect(page.getByTestId('ghost')).toHaveCount(0)
  await expect(page.getByTestId('map-mode').getByLabel('change')).toBeDisabled()
})

test('an inserted token: ghosts, the sentence, marked heads, and maps aligned by token', async ({ page, text }) => {
  await text.open()
  await text.show(FIRST)
  await text.chooseHead(1, 0)
  const before = (await text.maps())[1] as HeadMap
  await text.rerun(() => text.insertByMouse('[SEP]', 3))
  const after = (await text.maps())[1] as HeadMap

  // Each read-out keeps what it was; the change is the difference of the two percentages shown.
  await expect(page.getByTestId('sentiment').getByTestId('ghost')).toHaveText(/[+−]\d+\.\d/)
  await expect(page.getByTestId('change')).toContainText(/moved most: .+ went from .+ % to .+ % of its attention/)
  await expect(page.locator('[data-moved]').first()).toBeVisible()
  expect(await page.locator('[data-moved]').count()).toBeLessThanOrEqual(3)

  // The change of the chosen head: rows by token, the inserted one without a value.
  await page.getByTestId('map-mode').getByLabel('change').check()
  const shown = await text.shownMap()
  expect(shown.queries).toEqual(['[CLS]', 'the', 'film', '+ [SEP]', 'was', 'good', '[SEP]'])
  const old = headMap(before.data, 6, 0)
  const now = headMap(after.data, 7, 0)
  expect(shown.cells[3]?.every((cell) => cell === '–')).toBe(true)
  expect(signed(shown.cells[0]?.[1])).toBeCloseTo((now[1] as number) - (old[1] as number), 2)
  expect(signed(shown.cells[4]?.[0])).toBeCloseTo((now[4 * 7] as number) - (old[3 * 6] as number), 2)

  await page.getByTestId('map-mode').getByLabel('before').check()
  expect((await text.shownMap()).queries).toEqual(['[CLS]', 'the', 'film', 'was', 'good', '[SEP]'])
})

test('typing is compared with what was there before it began', async ({ page, text }) => {
  await text.open()
  await text.show(FIRST)
  const before = (await text.probability('sentiment')) as number
  await text.segment(0).focus()
  await page.keyboard.press('End')
  await text.rerun(() => page.keyboard.type(' and awful'))
  await expect.poll(() => text.labels()).toContain('awful')
  await text.rested()
  await expect
    .poll(async () => {
      const now = (await text.probability('sentiment')) as number
      const moved = await page.getByTestId('sentiment').getByTestId('ghost').textContent()
      return Math.abs(Math.abs(now - before) * 100 - Math.abs(signed(moved ?? '')))
    })
    .toBeLessThan(0.2)
})

test('undo is a change like any other', async ({ page, text }) => {
  await text.open()
  await text.show(FIRST)
  await text.rerun(() => text.chip('good').press('Delete'))
  const lost = await page.getByTestId('sentiment').getByTestId('ghost').textContent()
  await text.rerun(() => page.getByTestId('undo').click())
  const back = await page.getByTestId('sentiment').getByTestId('ghost').textContent()
  expect(signed(back ?? '')).not.toBe(0)
  expect(lost).not.toBe('')
})

test('in the vision lab a masked patch is compared with the run before it', async ({ page, vision }) => {
  await vision.open()
  await vision.rerun(async () => {
    await vision.patches.nth(27).click()
    await page.getByTestId('photo-panel').getByRole('button', { name: 'Mask' }).click()
  })
  await expect(page.getByTestId('change')).toContainText('moved most')
})

/** A signed number as the page writes it. */
function signed(shown: string | undefined): number {
  const text = (shown ?? '').replace('−', '-').replace('+', '')
  return /^[<>]/.test(text) ? 0 : Number.parseFloat(text.match(/-?[\d.]+$/)?.[0] ?? 'NaN')
}
