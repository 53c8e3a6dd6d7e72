/** The text lab's editing tools: silencing, heads, mask cells, masked words, padding. By mouse and by keyboard. */

import { axeFinds } from './axe.ts'
import { column, distance } from './lab_page.ts'
import { expect, test } from './test.ts'

const FIRST = 'the film was good'
const SECOND = 'we liked it'

test('three ways to silence a token: hiding changes no answer, masking and removing do', async ({ page, text }) => {
  await text.open()
  await text.show(FIRST, SECOND)
  await text.select('good')
  await page.getByTestId('tool-silence').press('Enter')
  const table = page.getByTestId('comparison')
  const cell = (id: string) => table.locator(`tr[data-readout=sentiment] td[data-column=${id}]`)
  await expect(cell('hidden')).toContainText('the same')
  for (const id of ['masked', 'removed']) {
    await expect(cell(id)).toContainText('TV')
    await expect(cell(id)).not.toContainText('the same')
  }
})

test.describe('heads', () => {
  test('a layer goes off by mouse and on by keyboard, with every answer measured', async ({ page, text }) => {
    await text.open()
    await text.show(FIRST, SECOND)
    await page.getByTestId('tool-ablation').click()
    const change = page.getByTestId('comparison').locator('tr[data-readout=nsp] td[data-column=ablated]')
    await expect(change).toContainText('the same')
    await text.rerun(() => page.getByTestId('ablate-layer-1').click())
    await expect(change).toContainText('TV')
    expect((await text.state()).ablated).toHaveLength(6)
    await text.rerun(() => page.getByTestId('ablate-layer-1').press('Enter'))
    await expect(change).toContainText('the same')
    await text.chooseHead(2, 3)
    await text.rerun(() => page.locator('[data-cell="2.3"]').press('x'))
    expect((await text.state()).ablated).toEqual([[2, 3]])
    await text.rerun(() => page.getByTestId('ablation-reset').click())
    expect((await text.state()).ablated).toBeUndefined()
  })
})

test.describe('mask cells', () => {
  test('presets, inverting and clearing', async ({ page, text }) => {
    await text.open()
    await text.show(FIRST)
    await page.getByTestId('tool-mask').click()
    await text.rerun(async () => {
      await page.getByTestId('mask-preset').selectOption('causal')
    })
    const { cells } = await text.shownMap()
    expect(cells[0]?.slice(1).every((value) => value === '0')).toBe(true)
    expect(cells[5]?.every((value) => value !== '0')).toBe(true)
    await text.rerun(() => page.getByTestId('mask-invert').click())
    await expect(page.getByTestId('reads-nothing')).toContainText('[SEP]')
    await text.rerun(() => page.getByTestId('mask-reset').click())
    await expect(page.getByTestId('reads-nothing')).toHaveCount(0)
  })

  test('painted by mouse: one stroke is one undo, and cells follow their tokens', async ({ page, text }) => {
    await text.open()
    await text.show(FIRST)
    await page.getByTestId('tool-mask').click()
    const pane = page.getByTestId('map-cells')
    await pane.scrollIntoViewIfNeeded()
    const box = await pane.boundingBox()
    if (!box) throw new Error('no map')
    const side = box.width / 6
    await text.rerun(async () => {
      await page.mouse.move(box.x + 1.5 * side, box.y + 0.5 * side)
      await page.mouse.down()
      await page.mouse.move(box.x + 3.5 * side, box.y + 0.5 * side, { steps: 20 })
      await page.mouse.up()
    })
    await expect(page.getByTestId('mask-summary')).toContainText('3 painted')
    await expect.poll(async () => (await text.shownMap()).cells[0]?.slice(1, 4)).toEqual(['0', '0', '0'])
    await text.rerun(() => text.insertByMouse('[SEP]', 1))
    await expect
      .poll(async () => (await text.shownMap()).cells[0]?.map((value) => value === '0'))
      .toEqual([false, false, true, true, true, false, false])
    await text.rerun(() => page.getByTestId('undo').click())
    await text.rerun(() => page.getByTestId('undo').click())
    await expect(page.getByTestId('mask-summary')).toContainText('No cell is painted')
  })

  test('painted by keyboard, in one layer', async ({ page, text }) => {
    await text.open()
    await text.show(FIRST)
    await page.getByTestId('tool-mask').click()
    await page.getByTestId('mask-scope').getByLabel('layer 1 only').check()
    const pane = page.getByTestId('map-cells')
    await pane.focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await text.rerun(() => page.keyboard.press('Space'))
    await expect(page.getByTestId('mask-summary')).toContainText('1 painted')
    await expect.poll(async () => (await text.shownMap()).cells[1]?.[1]).toBe('0')
    await text.chooseHead(1, 'mean')
    expect((await text.shownMap()).cells[1]?.[1]).not.toBe('0')
  })
})

test.describe('masked words', () => {
  test('as in training: seeded, scored, and taken back', async ({ page, text }) => {
    await text.open()
    await text.show('the film was good and we liked it very much', SECOND)
    const plain = await text.labels()
    await page.getByTestId('tool-mlm').click()
    await page.getByTestId('mlm-rule').getByLabel('always [MASK]').check()
    await text.rerun(() => page.getByTestId('mlm-draw').click())
    const once = await text.labels()
    expect(once.filter((label) => label === '[MASK]')).toHaveLength(2) // 15 % of 13
    await expect(page.getByTestId('mlm-score')).toContainText('pseudo-perplexity')
    await expect(page.getByTestId('mlm-table').locator('tbody tr')).toHaveCount(2)
    await expect(page.getByTestId('mask-reads')).toContainText('layer 4')
    await text.rerun(() => page.getByTestId('mlm-restore').press('Enter'))
    expect(await text.labels()).toEqual(plain)
    await text.rerun(() => page.getByTestId('mlm-draw').press('Enter'))
    expect(await text.labels()).toEqual(once)
  })

  test('a part of speech: only nouns', async ({ page, text }) => {
    await text.open()
    await text.show('the old man gave the dog a bone')
    await page.getByTestId('tool-mlm').click()
    await page.getByTestId('mlm-unit').selectOption('noun')
    await page.getByTestId('mlm-ratio').fill('1')
    await page.getByTestId('mlm-rule').getByLabel('always [MASK]').check()
    await text.rerun(() => page.getByTestId('mlm-draw').click())
    const labels = (await text.labels()).join(' ')
    for (const kept of ['the', 'old', 'gave', 'a']) expect(labels).toContain(kept)
    for (const masked of ['man', 'dog']) expect(labels.split(' ')).not.toContain(masked)
  })
})

test('padding: PAD on the right changes nothing until it can be read', async ({ page, text }) => {
  await text.open()
  await text.show(FIRST)
  const bare = await text.maps()
  await page.getByTestId('tool-pad').click()
  await text.rerun(() => page.getByTestId('pad-length').fill('12'))
  expect((await text.labels()).filter((label) => label === '[PAD]')).toHaveLength(6)
  const answers = (id: string) => page.getByTestId('comparison').locator(`tbody td[data-column=${id}]`)
  await expect(answers('readable').first()).toContainText('TV')
  await expect(answers('masked').first()).toContainText(/the same|TV < 0.001/)
  await expect(answers('masked').locator('[data-changed]')).toHaveCount(0)
  await expect(page.getByTestId('pad-leak')).toContainText('%')
  await text.rerun(() => page.getByTestId('unpad').press('Enter'))
  expect(distance(await text.maps(), bare)).toBe(0)
  expect(column(bare, 0).length).toBeGreaterThan(0)
})

test('an embedding of one’s own: zeros for a word, then trained again', async ({ page, text }) => {
  await text.open()
  await text.show(FIRST)
  await text.chip('film').press('Enter')
  await text.chooseByKeyboard('token-menu', 'Embedding')
  await expect(page.getByTestId('embedding-tool')).toBeInViewport()
  await text.rerun(() => page.getByTestId('start-vector').getByLabel('zeros').check())
  await expect(text.chip('film')).toContainText('untrained')
  await text.rerun(() => page.getByTestId('start-vector').getByLabel('trained', { exact: true }).check())
  await expect(text.chip('film')).not.toContainText('untrained')
})

test('axe finds nothing in any of the tools with a mask, a word unknown and two segments', async ({ page, text }) => {
  test.slow() // a scan of every tool; accessibility.spec.ts asks in every theme
  await text.open()
  await text.show('the [MASK] film was 🦄 good', SECOND)
  await text.select('film')
  for (const tab of await page.getByTestId('toolbox').getByRole('tab').all()) {
    await tab.click()
    await expect(page.getByTestId('drawer').locator('.loading')).toHaveCount(0)
    expect(await axeFinds(page, { within: '[data-testid=drawer]' }), (await tab.textContent()) ?? '').toEqual([])
  }
})
