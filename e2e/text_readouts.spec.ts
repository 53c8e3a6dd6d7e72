/** What the model answers in the text lab: masked words, next sentence, sentiment, and what head ablation does to them. */

import { bits } from './lab_page.ts'
import { expect, test } from './test.ts'
import type { TextPage } from './text_page.ts'

const FIRST = 'the film was good'
const SECOND = 'we liked it'

test('a word replaced by [MASK] is predicted, from its context', async ({ text }) => {
  await text.open()
  await text.show(FIRST, SECOND)
  expect(await text.predictions()).toEqual([])
  await text.select('good')
  await text.rerun(() => text.act('Put [MASK]'))
  await expect(text.chips.nth(4)).toHaveAttribute('data-kind', 'mask')
  await expect(text.chips.nth(4)).toContainText('good')
  const [before] = await text.predictions()
  expect(before).toHaveLength(5)
  expect(await bestWords(text, 4)).toEqual(before?.map(({ word }) => word))

  await text.segment(0).fill('the weather was good')
  await expect.poll(() => text.labels()).toContain('weather')
  await expect.poll(() => text.predictions()).not.toEqual([before])
  const [after] = await text.predictions()
  expect(await bestWords(text, 4)).toEqual(after?.map(({ word }) => word))

  await text.rerun(() => text.act('Put the original back'))
  await expect.poll(() => text.predictions()).toEqual([])
  expect(await text.labels()).toContain('good')
})

test('a prediction can be put in the place of its [MASK]', async ({ page, text }) => {
  await text.open()
  await text.show(FIRST)
  await text.rerun(() => text.insertByMouse('[MASK]', 4))
  const word = (await text.predictions())[0]?.[0]?.word as string
  await text.rerun(() => page.getByTestId('mask-prediction').getByRole('button').first().click())
  await expect.poll(async () => (await text.labels())[4]).toBe(word)
  await text.expectMapDrawn()
})

test('next sentence and sentiment are what a run of the strip gives', async ({ text }) => {
  await text.open()
  await text.show(FIRST, SECOND)
  const { logits } = await text.run()
  const [follows] = softmax(logits.nsp?.data)
  const [, positive] = softmax(logits.sentiment?.data)
  expect(await text.probability('nsp')).toBeCloseTo(follows as number, 6)
  expect(await text.probability('sentiment')).toBeCloseTo(positive as number, 6)
})

for (const way of ['button', 'key'] as const) {
  test(`a head that is switched off changes the read-outs, by ${way}`, async ({ page, text }) => {
    await text.open()
    await text.show(FIRST, SECOND)
    const maps = await text.maps()
    const before = [await text.probability('nsp'), await text.probability('sentiment')]
    await text.chooseHead(0, 2)
    const cell = page.locator('[data-cell="0.2"]')
    await text.rerun(() => (way === 'button' ? page.getByTestId('toggle-head').click() : cell.press('x')))
    await expect(cell).toHaveAttribute('data-ablated', 'true')
    expect((await text.state()).ablated).toEqual([[0, 2]])
    const after = [await text.probability('nsp'), await text.probability('sentiment')]
    expect(after[0]).not.toBe(before[0])
    expect(after[1]).not.toBe(before[1])
    const { logits } = await text.run()
    expect(after[1]).toBeCloseTo(softmax(logits.sentiment?.data)[1] as number, 6)

    await text.rerun(() => (way === 'button' ? page.getByTestId('toggle-head').click() : cell.press('x')))
    await expect(cell).not.toHaveAttribute('data-ablated', 'true')
    expect([await text.probability('nsp'), await text.probability('sentiment')]).toEqual(before)
    expect(bits(await text.maps())).toEqual(bits(maps))
  })
}

test('every head of the atlas can be shown large, by mouse and by arrow keys', async ({ page, text }) => {
  await text.open()
  await text.show(FIRST)
  await text.chooseHead(2, 3)
  await expect(page.getByTestId('map-panel')).toContainText('Layer 3, head 4')
  await text.expectMapDrawn()
  await page.locator('[data-cell="2.3"]').press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await expect(page.locator('[data-cell="3.4"]')).toBeFocused()
  await expect(page.getByTestId('map-panel')).toContainText('Layer 4, head 5')
  await text.expectMapDrawn()
})

test('values are told on hover and under the keyboard', async ({ page, text }) => {
  await text.open()
  await text.show(FIRST)
  const { cells } = await text.shownMap()
  const pane = page.getByTestId('map-cells')
  const box = (await pane.boundingBox()) as { x: number; y: number; width: number; height: number }
  const side = Math.min(box.width, box.height) / cells.length
  await page.mouse.move(box.x + 2.5 * side, box.y + 1.5 * side)
  const tip = page.getByTestId('map-tip')
  await expect(tip).toContainText('the reads film')
  await expect(tip).toContainText(cells[1]?.[2] as string)
  await page.mouse.move(0, 0)
  await pane.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const [row, key] = ((await tip.locator('span').textContent()) ?? '').split(' reads ') as [string, string]
  const labels = await text.labels()
  await expect(tip.locator('b')).toHaveText(cells[labels.indexOf(row)]?.[labels.indexOf(key)] as string)
})

test('selecting a token shows what it reads and who reads it', async ({ page, text }) => {
  await text.open()
  await text.show(FIRST)
  const { cells } = await text.shownMap()
  await page.getByTestId('tool-token').click()
  await text.select('film')
  const values = (testId: string) => page.getByTestId(testId).locator('.bar-value').allTextContents()
  await expect.poll(() => values('reads-row')).toEqual(cells[2])
  await expect.poll(() => values('reads-column')).toEqual(cells.map((row) => row[2]))
})

function softmax(logits: Float32Array | undefined): number[] {
  const values = Array.from(logits ?? [])
  const most = Math.max(...values)
  const powers = values.map((value) => Math.exp(value - most))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

/** The five likeliest words at a row, by a run of our own and the model's own vocabulary. */
async function bestWords(text: TextPage, row: number): Promise<string[]> {
  const { logits } = await text.run()
  const [, V] = (logits.mlm?.dims ?? []) as [number, number]
  const scores = Array.from(logits.mlm?.data.subarray(row * V, (row + 1) * V) ?? [])
  const best = scores.map((score, id) => ({ score, id })).sort((a, b) => b.score - a.score)
  const words = await text.page.evaluate(async () => {
    const { model } = window.clsroom.state() as { model: string }
    const { vocab } = (await (await fetch(`models/${model}/tokenizer.json`)).json()).model
    return Object.fromEntries(Object.entries(vocab as Record<string, number>).map(([word, id]) => [id, word]))
  })
  return best.slice(0, 5).map(({ id }) => words[id] as string)
}
