/** Texts of every kind: segments, ready formats, typed separators, texts beyond the model's limit, and bad input. */

import { expect, test } from './test.ts'

const LIMIT = 512

test.describe('segments', () => {
  test('a ready format brings its segments, and undo takes it back', async ({ page, text }) => {
    await text.open()
    await text.show('the film was good')
    await text.rerun(async () => {
      await page.getByTestId('format').selectOption('dialogue')
    })
    await expect(text.segment(3)).toHaveValue('We open at nine.')
    expect((await text.labels()).filter((label) => label === '[SEP]')).toHaveLength(4)
    await expect(page.getByText('Turn 3', { exact: true })).toBeVisible()
    await text.rerun(() => page.getByTestId('undo').click())
    await expect(text.segment(0)).toHaveValue('the film was good')
    await expect(text.segment(1)).toHaveCount(0)
  })

  test('a typed separator is untrained, starts as chosen, and survives the link', async ({ page, text }) => {
    await text.open()
    await text.show('the film was good', 'we liked it')
    const separator = page.getByTestId('separator-0')
    await separator.locator('summary').press('Enter')
    await text.rerun(() => separator.getByLabel('a typed one').check())
    await text.rerun(async () => {
      await separator.getByTestId('separator-name').fill('SEP DOC')
      await page.keyboard.press('Enter')
    })
    await text.rerun(() => separator.getByLabel('zeros').check())
    const chip = text.chip('[SEPDOC]')
    await expect(chip).toContainText('untrained')
    const before = await text.tokens()
    expect(before.map(({ segment }) => segment)).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1])
    await expect.poll(() => page.url()).toContain('?s=')
    const state = await text.state()
    expect(state.separators).toEqual([{ kind: 'sep', id: null, label: '[SEPDOC]', start: { type: 'zeros' } }, null])
    await text.setState({ ...state })
    await text.ready()
    expect(await text.tokens()).toEqual(before)
  })

  test('positions beyond the table are clamped, and said so', async ({ page, text }) => {
    await text.open()
    await text.show('the film was good')
    await text.select('film')
    await text.rerun(() => page.getByTestId('position').fill('900'))
    await expect(page.getByTestId('clamped')).toContainText(`position ${LIMIT - 1}`)
  })
})

test.describe('the model’s limit', () => {
  test('100,000 characters: what fits runs, what was cut is said, nothing is lost', async ({ page, text }) => {
    await text.open()
    await text.show('the film was good', 'we liked it')
    const long = 'the film was good and we liked it. '.repeat(2857).slice(0, 100_000)
    await text.rerun(() => text.segment(1).fill(long))
    await expect(text.chips).toHaveCount(LIMIT)
    await expect(text.segment(1)).toHaveValue(long)
    const note = page.getByTestId('truncation')
    await expect(note).toContainText('Segment 2')
    await expect(note.locator('del')).toContainText('liked it')
    await note.getByLabel('only the second').check()
    expect((await text.state()).truncation).toBe('only_second')
    await text.rerun(() => text.segment(1).fill('we liked it'))
    await expect(note).toHaveCount(0)
    await expect(text.chips).toHaveCount(10)
  })

  test('more than a link can hold is cut at the text box, and said so', async ({ text }) => {
    await text.open()
    await text.segment(0).fill('a'.repeat(100_001))
    await expect(text.banner).toContainText('100001 characters')
    await expect(text.segment(0)).toHaveValue('a'.repeat(100_000))
  })
})

test.describe('bad input', () => {
  test('no text at all still runs its special tokens', async ({ text }) => {
    await text.open()
    await text.show('the film was good')
    await text.rerun(() => text.segment(0).fill(''))
    expect(await text.labels()).toEqual(['[CLS]', '[SEP]'])
    await expect(text.banner).toHaveCount(0)
  })

  test('no token at all: the reason, and once it is read, that nothing has run', async ({ page, text }) => {
    await text.open()
    await text.show('')
    await text.rerun(() => text.chip('[CLS]').press('Delete'))
    await text.chip('[SEP]').press('Delete')
    await expect(text.banner).toContainText('Every token is removed')
    await text.banner.getByRole('button', { name: 'Dismiss' }).click()
    await expect(page.getByTestId('empty')).toContainText('Nothing has run yet')
  })

  test('emoji become [UNK] with the original on the chip', async ({ page, text }) => {
    await text.open()
    await text.show('the film was good')
    await text.rerun(() => text.segment(0).fill('🦄 👩‍👩‍👧‍👦 🦄'))
    const unknown = (await text.tokens()).filter(({ kind }) => kind === 'unk')
    expect(unknown.length).toBeGreaterThanOrEqual(3)
    await expect(text.chip('[UNK]')).toContainText('🦄')
    await page.getByTestId('tool-unk').click()
    await expect(page.getByTestId('coverage')).toContainText(`${unknown.length} unknown`)
  })

  test('right-to-left text and control characters', async ({ text }) => {
    await text.open()
    await text.show('the film was good')
    await text.rerun(() => text.segment(0).fill('مرحبا בעולם the film'))
    await expect(text.segment(0)).toHaveCSS('direction', 'rtl')
    expect(await text.labels()).toContain('film')
    await text.rerun(() => text.segment(0).fill('the\u0000 fi\u0007lm\u200b \u202egood'))
    const labels = await text.labels()
    expect(labels[1]).toBe('the')
    expect(labels).toContain('good')
    await expect(text.banner).toHaveCount(0)
  })

  test('a typed "[SEP]" is text, not a separator', async ({ text }) => {
    await text.open()
    await text.show('the film was good')
    await text.rerun(() => text.segment(0).fill('the [SEP] film [MASK]'))
    const tokens = await text.tokens()
    expect(tokens.filter(({ kind }) => kind === 'sep')).toHaveLength(1)
    expect(tokens.filter(({ kind }) => kind === 'mask')).toHaveLength(0)
    expect(tokens.map(({ label }) => label)).toContain('[')
  })
})
