/** The sequence-to-sequence lab: two strips, three stages, and what is done to them. */

import { EXAMPLES } from '../src/labs/seq2seq/examples.ts'
import { SEQ2SEQ_FORMAT } from '../src/labs/seq2seq/state/link.ts'
import { encodeLink } from '../src/state/permalink.ts'
import { expect, test } from './test.ts'

const FILES = ['config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json'].map(
  (name) => `public/models/clsroom-t5/${name}`,
)
/** The opening example and what it writes. */
const SOURCE = [989, 1839, 790, 1825, 3, 1880, 1832, 1859, 1845, 10, 536, 1825, 1880, 1830, 1838, 1838, 1837, 1]
const INPUT = [0, 1880, 1830, 1838, 1838, 1837, 1826, 1829, 1834, 1826, 1829, 1832]

test('the three maps are those of the model, over both lists of tokens', async ({ seq2seq }) => {
  await seq2seq.open()
  expect(await seq2seq.output()).toBe('1998-05-03')
  expect((await seq2seq.words(seq2seq.source)).at(-1)).toBe('</s>')
  expect(await seq2seq.words(seq2seq.target)).toEqual(['<pad>', '▁', ...'1998-05-03', '</s>'])
  const { attentions, decoderAttentions, crossAttentions } = await seq2seq.run({
    inputIds: SOURCE,
    decoderInputIds: INPUT,
  })
  for (const [stage, maps] of [
    ['encoder', attentions],
    ['decoder', decoderAttentions],
    ['cross', crossAttentions],
  ] as const) {
    await seq2seq.chooseHeadOf(stage, 2, 3)
    const { rows, columns, cells } = await seq2seq.table(stage)
    const { dims, data } = maps?.[2] ?? { dims: [], data: new Float32Array() }
    expect([rows.length, columns.length]).toEqual(dims.slice(1))
    const row = rows.length - 2
    cells[row]?.forEach((cell, column) => {
      const expected = data[(3 * rows.length + row) * columns.length + column] as number
      if (expected >= 0.0005) expect(Number(cell)).toBeCloseTo(expected, 3)
    })
  }
  expect((await seq2seq.table('cross')).rows.slice(1, 3)).toEqual(['→ 1', '→ 9'])
})

test('one selection lights all three stages; pointing at an output token shows its source', async ({
  page,
  seq2seq,
}) => {
  await seq2seq.open()
  await seq2seq.chooseHeadOf('cross', 2, 2)
  /** Away from the strips, which scroll to what was chosen under a pointer that stays. */
  const leave = () => page.mouse.move(5, 400)
  await seq2seq.token(seq2seq.target, '8').click()
  await leave()
  const lit = (stage: 'encoder' | 'cross' | 'decoder', axis: 'query' | 'key') =>
    seq2seq.panel(stage).locator(`[data-testid=${axis}-label][data-selected]`)
  await expect(lit('cross', 'query')).toHaveText('→ 8')
  await expect(lit('cross', 'key')).toHaveText('8')
  await expect(lit('decoder', 'query')).toHaveText('→ 8')
  await expect(lit('encoder', 'query')).toHaveText('8')
  await expect(page.getByTestId('sources')).toContainText('→ 8 reads')
  const share = seq2seq.source.locator('[data-testid=token]').nth(16)
  expect(Number(await share.getAttribute('data-share'))).toBeGreaterThan(0.9)
  // The pointer wins while it is there.
  await seq2seq.token(seq2seq.target, '5').hover()
  await expect(lit('cross', 'query')).toHaveText('→ 5')
  await expect(lit('cross', 'key')).toHaveText('▁may')
  await leave()
  await expect(lit('cross', 'query')).toHaveText('→ 8')
  // A source token lights the row that reads it most.
  await seq2seq.token(seq2seq.source, '1').click()
  await leave()
  await expect(lit('cross', 'query')).toHaveText('→ 1')
})

test('a typed source is rewritten, and an edited output is given to the decoder until it writes again', async ({
  page,
  seq2seq,
}) => {
  await seq2seq.open()
  await page.getByTestId('source-text').fill('number: seventeen thousand and nineteen')
  await expect.poll(() => seq2seq.output()).toBe('17019')
  await expect(page.getByTestId('change')).toContainText('17019')
  await page.getByTestId('target-text').fill('17018')
  await expect.poll(() => seq2seq.words(seq2seq.target)).toEqual(['<pad>', '▁', ...'17018', '</s>'])
  await expect(page.getByTestId('output')).toContainText('The model would write 1 of them otherwise')
  const shift = await seq2seq.tool('shift')
  await expect(shift.getByTestId('shift-counts')).toHaveCount(7)
  await expect(shift.getByTestId('shift-best').nth(5)).toHaveText('9')
  const free = await seq2seq.tool('free')
  await expect(free.getByTestId('parting')).toContainText('They part at step 6: given is 8, the model writes 9')
  await seq2seq.rerun(() => page.getByTestId('write').click())
  await expect.poll(() => seq2seq.output()).toBe('17019')
  await seq2seq.rerun(() => page.getByTestId('undo').click())
  await expect.poll(() => seq2seq.output()).toBe('17018')
})

test('sentinels in a text are tokens of their own, in source and output', async ({ page, seq2seq }) => {
  await seq2seq.open()
  await page.getByTestId('source-text').fill('fill: the <extra_id_0> sat on the <extra_id_1>.')
  await expect.poll(() => seq2seq.output()).toBe('<extra_id_0> was<extra_id_1> on<extra_id_2>')
  await expect(seq2seq.token(seq2seq.source, '<extra_id_1>')).toHaveAttribute('data-kind', 'mask')
})

test('a cell that is painted shut reads nothing, holds the output, and costs probability; rules do the same', async ({
  page,
  seq2seq,
}) => {
  await seq2seq.open()
  await seq2seq.chooseHeadOf('cross', 2, 2)
  const before = await seq2seq.table('cross')
  const row = before.rows.indexOf('→ 5')
  const column = before.columns.indexOf('▁may')
  expect(Number(before.cells[row]?.[column])).toBeGreaterThan(0.5)
  await seq2seq.tool('masks')
  const map = seq2seq.panel('cross').getByTestId('map-cells')
  await map.focus()
  await page.keyboard.press('Control+Home')
  for (let i = 0; i < row; i++) await page.keyboard.press('ArrowDown')
  for (let i = 0; i < column; i++) await page.keyboard.press('ArrowRight')
  await seq2seq.rerun(() => page.keyboard.press('Space'))
  expect((await seq2seq.table('cross')).cells[row]?.[column]).toBe('0')
  await expect(page.getByTestId('output')).toContainText('Given to the decoder')
  await expect(page.getByTestId('change')).toContainText(/ln p −/)
  await expect(page.getByTestId('mask-summary')).toContainText('215 of 216')
  await page.getByTestId('mask-stage').getByRole('radio', { name: 'Decoder' }).check()
  await seq2seq.rerun(async () => void (await page.getByTestId('mask-preset').selectOption('all')))
  await expect(page.getByTestId('mask-summary')).toContainText('Decoder: 144 of 144')
})

test('padding leaks where it is not masked, and not where it is', async ({ page, seq2seq }) => {
  await seq2seq.open()
  const tool = await seq2seq.tool('pad')
  await page.getByTestId('pad-length').fill('26')
  const leak = (id: string) => tool.locator(`[data-variant=${id}]`).getAttribute('data-leak').then(Number)
  await expect(tool.locator('[data-variant=readable]')).toBeVisible()
  await expect.poll(() => leak('readable')).toBeGreaterThan(1)
  expect(await leak('masked')).toBeLessThan(1e-4)
  expect(await leak('crossOnly')).toBeGreaterThan(1)
  expect(await seq2seq.output()).toBe('1998-05-03')
  await seq2seq.rerun(() => page.getByTestId('pad-mask').uncheck())
  await expect.poll(() => seq2seq.output()).not.toBe('1998-05-03')
})

test('other starts and other states: what they cost, and what is written then', async ({ page, seq2seq }) => {
  await seq2seq.open()
  const start = await seq2seq.tool('start')
  await expect(start.locator('[data-start=other]')).toContainText(/\d\.\d{3}/)
  await seq2seq.rerun(() => page.getByTestId('use-none').click())
  expect((await seq2seq.words(seq2seq.target))[0]).toBe('▁')
  await seq2seq.rerun(() => page.getByTestId('use-doubled').click())
  const shift = await seq2seq.tool('shift')
  await expect(shift.getByTestId('shift-counts').first()).toHaveAttribute('data-counts', 'false')
  await seq2seq.rerun(() => page.getByTestId('write').click())
  const states = await seq2seq.tool('states')
  await expect(states.locator('[data-states=other]')).toContainText('342')
  await seq2seq.rerun(() => states.getByRole('radio', { name: 'another sentence' }).click())
  await expect.poll(() => seq2seq.output()).toBe('342')
  expect((await seq2seq.table('cross')).columns).toContain('▁forty')
  expect(await seq2seq.words(seq2seq.source)).toContain('▁friday')
})

test('alignment against the truth, its causal check, and the distances of T5', async ({ page, seq2seq }) => {
  await seq2seq.open()
  await page.getByTestId('source-text').fill('number: three hundred and forty two')
  await expect.poll(() => seq2seq.output()).toBe('342')
  const alignment = await seq2seq.tool('alignment')
  await expect(alignment.getByTestId('best-head')).toContainText('right for 3 of 3')
  await expect(alignment.getByTestId('sinks')).toContainText('</s>')
  await alignment.getByTestId('prune-job').getByRole('button').click()
  await expect(alignment.getByTestId('heat-grid')).toHaveCount(3)
  const causal = await seq2seq.tool('causal')
  await causal.getByTestId('causal-job').getByRole('button').click()
  await expect(causal.getByTestId('causal-best')).toContainText('ρ = ')
  const buckets = await seq2seq.tool('buckets')
  await expect(buckets.getByRole('rowheader')).toHaveCount(31)
  await expect(buckets).toContainText('≥ +')
  await buckets.getByRole('radio', { name: 'Decoder' }).check()
  await expect(buckets.getByRole('rowheader')).toHaveCount(32)
})

test('hostile sources have answers', async ({ page, seq2seq }) => {
  await seq2seq.open()
  const source = page.getByTestId('source-text')
  await seq2seq.rerun(() => source.fill(''))
  await expect(page.getByTestId('empty-source')).toBeVisible()
  expect(await seq2seq.words(seq2seq.source)).toEqual(['</s>'])
  await source.fill('<extra_id_0> <extra_id_1>')
  await expect.poll(() => seq2seq.words(seq2seq.source)).toEqual(['<extra_id_0>', '<extra_id_1>', '</s>'])
  await expect(seq2seq.banner).toHaveCount(0)
  await source.fill(Array(600).fill('cat').join(' '))
  await expect(page.getByTestId('truncation')).toContainText('89 tokens do not fit. The model reads 512')
  await source.fill('cat')
  await expect.poll(() => seq2seq.words(seq2seq.source)).toEqual(['▁cat', '</s>'])
  // Every token removed: said, and undone.
  await seq2seq.source.getByTestId('token').first().press('Control+a')
  await page.keyboard.press('Delete')
  await expect(seq2seq.banner).toContainText('Every token is removed')
  await page.getByTestId('undo').click()
  await expect(seq2seq.panel('cross')).toBeVisible()
  // An output that ends at once.
  await page.getByTestId('target-text').fill('')
  await expect.poll(() => seq2seq.words(seq2seq.target)).toEqual(['<pad>', '</s>'])
  await expect(page.getByTestId('output-text')).toHaveText('nothing')
})

test('every example opens without a complaint', async ({ page, seq2seq }) => {
  await seq2seq.open()
  expect(EXAMPLES.length).toBeGreaterThanOrEqual(8)
  for (const { id } of EXAMPLES.slice(1)) {
    await page.getByTestId('examples').click()
    await seq2seq.rerun(() => page.getByTestId('example-menu').locator(`[data-action="${id}"]`).click())
    await expect(seq2seq.banner).toHaveCount(0)
    await expect(seq2seq.panel('cross').getByTestId('attention-map')).toBeVisible()
  }
})

test('a link brings back strips, masks, states and the given output', async ({ page, seq2seq, query }) => {
  await seq2seq.open()
  await seq2seq.tool('masks')
  await seq2seq.token(seq2seq.target, '5').click()
  await seq2seq.rerun(async () => {
    await seq2seq.token(seq2seq.source, '▁friday').press('m')
  })
  await seq2seq.rerun(async () => void (await page.getByTestId('mask-preset').selectOption('noEnd')))
  await seq2seq.rerun(() => seq2seq.token(seq2seq.target, '5').press('Delete'))
  const state = await seq2seq.state()
  const link = encodeLink(SEQ2SEQ_FORMAT, state as never)
  await page.goto('about:blank')
  await seq2seq.open({ hash: `#/seq2seq?s=${link}`, query })
  expect(await seq2seq.state()).toEqual(state)
  await expect(seq2seq.token(seq2seq.source, '▁friday')).toHaveAttribute('data-status', 'masked')
  await expect(seq2seq.token(seq2seq.target, '5')).toHaveAttribute('data-status', 'removed')
})

test('a T5 of the reader’s own opens here, from the text lab', async ({ page, text }) => {
  await text.open()
  await page.getByTestId('own-model').click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByTestId('load-model').getByRole('button', { name: 'Choose files' }).click()
  await (await chooser).setFiles(FILES)
  await expect(page.getByTestId('seq2seq-lab')).toBeVisible()
  await expect(page.getByTestId('output-text')).toHaveText('1998-05-03')
  expect(await text.state()).toMatchObject({ lab: 'seq2seq', model: 'files-1' })
})

test('by keyboard alone: from the source to a masked token and another head', async ({ page, seq2seq }) => {
  await seq2seq.open()
  await seq2seq.source.getByTestId('token').first().focus()
  await page.keyboard.press('ArrowRight') // a gap
  await page.keyboard.press('ArrowRight')
  await seq2seq.rerun(() => page.keyboard.press('m'))
  await expect(seq2seq.source.locator('[data-status=masked]')).toHaveCount(1)
  await seq2seq.panel('cross').locator('[data-cell="2.2"]').focus()
  await page.keyboard.press('ArrowRight')
  await expect(seq2seq.panel('cross').locator('[data-cell="2.3"]')).toBeFocused()
  await expect(seq2seq.panel('cross')).toContainText(/layer 3, head 4/i)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('the cross map stays in view above the strips', async ({ page, seq2seq }) => {
    await seq2seq.open()
    await seq2seq.source.getByTestId('token').nth(2).click()
    const box = await seq2seq.panel('cross').boundingBox()
    const strip = await seq2seq.source.boundingBox()
    expect(box && strip && box.y + box.height).toBeLessThanOrEqual((strip?.y ?? 0) + 1)
    const cells = await seq2seq.panel('cross').getByTestId('map-cells').boundingBox()
    expect(cells?.height).toBeGreaterThan(90)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })
})
