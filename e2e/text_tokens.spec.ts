/** Typing, inserting, moving, hiding, masking, removing and replacing tokens, by mouse, touch and keyboard. */

import { bits, column, expectProbabilities } from './lab_page.ts'
import { expect, test } from './test.ts'
import type { TextPage } from './text_page.ts'

const FIRST = 'the film was good'
const SECOND = 'we liked it'
const PLAIN = ['[CLS]', 'the', 'film', 'was', 'good', '[SEP]', 'we', 'liked', 'it', '[SEP]']

test.describe('opening', () => {
  test('the page opens on an example that already shows the point', async ({ page, text }) => {
    await text.open({ hash: '' })
    const labels = await text.labels()
    expect(labels[0]).toBe('[CLS]')
    expect(labels.at(-1)).toBe('[SEP]')
    expect(labels).toContain('[MASK]')
    await expect(text.map).toBeVisible()
    await expect(page.getByTestId('atlas').getByTestId('head')).toHaveCount(4 * (1 + 6))
    await expect(text.banner).toHaveCount(0)
    expectProbabilities(await text.maps())
    await text.expectMapDrawn()
  })

  test('chips carry label, position, segment and id', async ({ text }) => {
    await text.open()
    await text.show(FIRST, SECOND)
    const tokens = await text.tokens()
    expect(tokens.map((chip) => chip.label)).toEqual(PLAIN)
    expect(tokens.map((chip) => chip.position)).toEqual(PLAIN.map((_, i) => i))
    expect(tokens.map((chip) => chip.segment)).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1])
    expect(tokens[0]?.id).toBe(2)
    expect(tokens[5]?.id).toBe(3)
    expect(tokens.map((chip) => chip.kind)).toEqual(PLAIN.map((label) => KINDS[label] ?? 'word'))
  })
})

test.describe('typing', () => {
  test('re-tokenises live and keeps what was inserted', async ({ text }) => {
    await text.open()
    await text.show(FIRST, SECOND)
    await text.rerun(() => text.insertByMouse('[SEP]', 3))
    await text.segment(0).fill('')
    await text.segment(0).pressSequentially('the film was really very good')
    await expect.poll(() => text.labels()).toContain('very')
    await expect
      .poll(async () => (await text.labels()).filter((label) => label !== '[SEP]').join(' '))
      .toBe('[CLS] the film was really very good we liked it')
    const labels = await text.labels()
    expect(labels.filter((label) => label === '[SEP]')).toHaveLength(3)
    await expect(text.chips.locator('[data-untrained]')).toHaveCount(0)
    await expect.poll(() => shownQueries(text)).toEqual(labels)
    await text.expectMapDrawn()
  })

  test('a change of one word leaves an inserted token and a mask where they are', async ({ text }) => {
    await text.open()
    await text.show(FIRST, SECOND)
    await text.rerun(() => text.insertByMouse('[SEP]', 3))
    await text.select('we')
    await text.rerun(() => text.act('Mask'))
    await text.segment(0).fill('the film was bad')
    await expect
      .poll(() => text.labels())
      .toEqual(['[CLS]', 'the', 'film', '[SEP]', 'was', 'bad', '[SEP]', 'we', 'liked', 'it', '[SEP]'])
    await expect(text.chip('we')).toHaveAttribute('data-status', 'masked')
  })

  test('fast typing ends on the map of the newest text', async ({ page, text }) => {
    await text.open()
    await text.show('the film')
    await text.segment(0).focus()
    await page.keyboard.press('End')
    await page.keyboard.type(' was very very good')
    await expect.poll(() => text.labels()).toEqual(['[CLS]', 'the', 'film', 'was', 'very', 'very', 'good', '[SEP]'])
    await expect.poll(() => shownQueries(text)).toEqual(await text.labels())
    await text.expectMapDrawn()
  })

  test('segments are added and removed', async ({ page, text }) => {
    await text.open()
    await text.show(FIRST)
    await text.rerun(() => page.getByTestId('add-segment').click())
    await text.segment(1).fill(SECOND)
    await expect.poll(() => text.labels()).toEqual(PLAIN)
    await text.rerun(() => page.getByRole('button', { name: 'Remove segment 1' }).click())
    await expect.poll(() => text.labels()).toEqual(['[CLS]', 'we', 'liked', 'it', '[SEP]'])
    await expect(text.segment(0)).toHaveValue(SECOND)
  })

  test('no text leaves the special tokens, and they still run', async ({ text }) => {
    await text.open()
    await text.show(FIRST)
    await text.rerun(() => text.segment(0).fill(''))
    await expect.poll(() => text.labels()).toEqual(['[CLS]', '[SEP]'])
    expectProbabilities(await text.maps())
    await text.expectMapDrawn()
  })
})

test.describe('inserting', () => {
  for (const way of ['mouse', 'keyboard'] as const) {
    test(`[SEP] into the middle by ${way}`, async ({ page, text }) => {
      await text.open()
      await text.show(FIRST, SECOND)
      await text.rerun(async () => {
        if (way === 'mouse') return text.insertByMouse('[SEP]', 3)
        await text.chip('film').focus()
        await page.keyboard.press('+')
        await text.chooseByKeyboard('insert-menu', '[SEP]')
      })
      const labels = PLAIN.toSpliced(3, 0, '[SEP]')
      await expect.poll(() => text.labels()).toEqual(labels)
      const tokens = await text.tokens()
      expect(tokens.map((chip) => chip.position)).toEqual(labels.map((_, i) => i))
      expect(tokens.map((chip) => chip.segment)).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1])
      if (way === 'keyboard') await expect(text.chips.nth(3)).toBeFocused()
      await text.expectMapDrawn()
    })
  }

  test('a gap opens by Enter, and Escape inserts nothing', async ({ page, text }) => {
    await text.open()
    await text.show(FIRST)
    await text.gaps.nth(2).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('insert-menu')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByTestId('insert-menu')).toHaveCount(0)
    expect(await text.labels()).toEqual(PLAIN.slice(0, 6))
  })

  test('a kind that the vocabulary lacks is marked untrained', async ({ text }) => {
    await text.open()
    await text.show(FIRST)
    await text.rerun(() => text.insertByMouse('[REG]', 1))
    const [, added] = await text.tokens()
    expect(added).toMatchObject({ kind: 'register', untrained: true, id: null })
    await expect(text.chips.nth(1)).toContainText('untrained')
  })

  test('removing what was inserted gives bit-equal maps', async ({ page, text }) => {
    await text.open()
    await text.show(FIRST, SECOND)
    const before = { maps: bits(await text.maps()), shown: await text.shownMap(), drawn: await drawn(text) }
    await text.rerun(() => text.insertByMouse('[SEP]', 3))
    expect((await text.maps())[0]?.dims).toEqual([6, 11, 11])
    expect(await drawn(text)).not.toEqual(before.drawn)
    await text.rerun(() => text.act('Remove'))
    expect(await text.labels()).toEqual(PLAIN)
    expect(bits(await text.maps())).toEqual(before.maps)
    expect(await text.shownMap()).toEqual(before.shown)
    await page.mouse.move(0, 0)
    await expect.poll(() => drawn(text)).toEqual(before.drawn)
  })

  test('undo and redo go back and forth, by button and by keys', async ({ page, text }) => {
    await text.open()
    await text.show(FIRST)
    const before = bits(await text.maps())
    await text.rerun(() => text.insertByMouse('[SEP]', 3))
    await text.rerun(() => page.getByTestId('undo').click())
    await expect.poll(() => text.labels()).toEqual(PLAIN.slice(0, 6))
    expect(bits(await text.maps())).toEqual(before)
    await text.rerun(() => page.getByTestId('redo').click())
    await expect.poll(() => text.labels()).toEqual(PLAIN.slice(0, 6).toSpliced(3, 0, '[SEP]'))
    await text.rerun(() => text.chips.first().press('Control+z'))
    await expect.poll(() => text.labels()).toEqual(PLAIN.slice(0, 6))
    await text.rerun(() => page.keyboard.press('Control+Shift+z'))
    await expect.poll(() => text.labels()).toHaveLength(7)
    await text.expectMapDrawn()
  })
})

test.describe('moving', () => {
  const MOVED = ['[CLS]', 'the', 'film', '[SEP]', 'was', 'good', '[SEP]']

  test.beforeEach(async ({ text }) => {
    await text.open()
    await text.show(FIRST)
    await text.rerun(() => text.insertByMouse('[SEP]', 4))
    await expect.poll(() => text.labels()).toEqual(['[CLS]', 'the', 'film', 'was', '[SEP]', 'good', '[SEP]'])
  })

  test('by the buttons of the selection', async ({ text }) => {
    await text.rerun(() => text.act('Move left'))
    await expect.poll(() => text.labels()).toEqual(MOVED)
    await text.expectMapDrawn()
    await text.rerun(() => text.act('Move right'))
    await expect.poll(async () => (await text.labels())[4]).toBe('[SEP]')
  })

  test('by Alt and arrow keys, and the focus follows', async ({ page, text }) => {
    await text.chip('[SEP]').focus()
    await text.rerun(() => page.keyboard.press('Alt+ArrowLeft'))
    await expect.poll(() => text.labels()).toEqual(MOVED)
    await expect(text.chip('[SEP]')).toBeFocused()
    await text.rerun(() => page.keyboard.press('Alt+ArrowRight'))
    await expect.poll(async () => (await text.labels())[4]).toBe('[SEP]')
    await text.expectMapDrawn()
  })

  test('by drag and drop with the mouse', async ({ page, text }) => {
    const from = await middle(text.chip('[SEP]'))
    const to = await middle(text.chip('was'))
    await text.rerun(async () => {
      await page.mouse.move(from.x, from.y)
      await page.mouse.down()
      await page.mouse.move((from.x + to.x) / 2, to.y, { steps: 4 })
      await page.mouse.move(to.x - 8, to.y, { steps: 4 })
      await expect(page.locator('.strip-ghost')).toBeVisible()
      await page.mouse.up()
    })
    await expect.poll(() => text.labels()).toEqual(MOVED)
    await text.expectMapDrawn()
  })

  test('Escape drops a dragged chip where it was', async ({ page, text }) => {
    const labels = await text.labels()
    const from = await middle(text.chip('[SEP]'))
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(from.x - 60, from.y, { steps: 4 })
    await expect(page.locator('.strip-ghost')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.locator('.strip-ghost')).toHaveCount(0)
    await page.mouse.up()
    expect(await text.labels()).toEqual(labels)
  })
})

test.describe('on a touch screen', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('a held chip is dragged by finger, a tapped one is selected', async ({ page, text }) => {
    await text.open()
    await text.show(FIRST)
    await text.rerun(async () => {
      await text.gaps.nth(4).tap()
      await page.getByTestId('insert-menu').getByRole('menuitem', { name: '[SEP]' }).tap()
    })
    await expect.poll(async () => (await text.labels())[4]).toBe('[SEP]')
    await text.strip.scrollIntoViewIfNeeded()
    const from = await middle(text.chip('[SEP]'))
    const to = await middle(text.chip('the'))
    const finger = await page.context().newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
      finger.send('Input.dispatchTouchEvent', { type, touchPoints: points })
    await text.rerun(async () => {
      await touch('touchStart', [from])
      await expect(page.locator('.strip-ghost')).toBeAttached()
      await touch('touchMove', [{ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }])
      await touch('touchMove', [{ x: to.x + 8, y: to.y }])
      await expect(text.strip.locator('[data-aimed]')).toHaveCount(1)
      await touch('touchEnd', [])
    })
    await expect.poll(() => text.labels()).toEqual(['[CLS]', 'the', '[SEP]', 'film', 'was', 'good', '[SEP]'])

    await text.chip('film').tap()
    await expect(text.chip('film')).toHaveAttribute('aria-pressed', 'true')
    await text.rerun(() => text.act('Mask'))
    await expect(text.chip('film')).toHaveAttribute('data-status', 'masked')
  })
})

test.describe('masking', () => {
  for (const way of ['button', 'key'] as const) {
    test(`makes a token unreadable in every layer and head, by ${way}`, async ({ text }) => {
      await text.open()
      await text.show(FIRST, SECOND)
      const before = await text.maps()
      await text.rerun(async () => {
        if (way === 'button') {
          await text.select('film')
          await text.act('Mask')
        } else {
          await text.chip('film').press('m')
        }
      })
      await expect(text.chip('film')).toHaveAttribute('data-status', 'masked')
      const maps = await text.maps()
      expect(maps[0]?.dims).toEqual(before[0]?.dims)
      expect(column(maps, 2).every((value) => value === 0)).toBe(true)
      expectProbabilities(maps)
      await text.expectMapDrawn()
      const { cells } = await text.shownMap()
      expect(cells.every((row) => row[2] === '0')).toBe(true)

      await text.rerun(async () => {
        if (way === 'button') return text.act('Unmask')
        await text.chip('film').press('m')
      })
      expect(bits(await text.maps())).toEqual(bits(before))
    })
  }

  test('with every key masked, the map says that nothing is read', async ({ page, text }) => {
    await text.open()
    await text.show('good')
    await text.chips.first().focus()
    await text.rerun(async () => {
      await page.keyboard.press('Control+a')
      await page.keyboard.press('m')
    })
    const maps = await text.maps()
    expect(maps.every(({ data }) => data.every((value) => value === 0))).toBe(true)
    await expect(text.map.getByText('reads nothing')).toHaveCount(3)
    expect(Number.isFinite(await text.probability('sentiment'))).toBe(true)
  })
})

test.describe('removing', () => {
  for (const way of ['button', 'key'] as const) {
    test(`[CLS] makes the map one shorter, and it can be restored, by ${way}`, async ({ text }) => {
      await text.open()
      await text.show(FIRST, SECOND)
      const before = await text.maps()
      await text.rerun(async () => {
        if (way === 'button') {
          await text.select('[CLS]')
          await text.act('Remove')
        } else {
          await text.chip('[CLS]').press('Delete')
        }
      })
      await expect(text.chip('[CLS]')).toHaveAttribute('data-status', 'removed')
      const maps = await text.maps()
      expect(maps.map(({ dims }) => dims)).toEqual(Array(4).fill([6, 9, 9]))
      expectProbabilities(maps)
      expect((await text.shownMap()).queries).toEqual(PLAIN.slice(1))
      await text.expectMapDrawn()

      await text.rerun(async () => {
        if (way === 'key') return text.chip('[CLS]').press('Delete')
        await text.select('[CLS]')
        await text.act('Restore')
      })
      await expect(text.chip('[CLS]')).toHaveAttribute('data-status', 'read')
      expect(bits(await text.maps())).toEqual(bits(before))
    })
  }
})

test('hiding changes the display and no number', async ({ page, text }) => {
  await text.open()
  await text.show(FIRST, SECOND)
  const before = { maps: bits(await text.maps()), table: await text.shownMap() }
  const answers = [await text.probability('nsp'), await text.probability('sentiment')]
  await text.select('film')
  await text.act('Hide')
  await expect(page.getByTestId('hidden-note')).toBeVisible()
  expect(bits(await text.maps())).toEqual(before.maps)
  const { cells } = await text.shownMap()
  const rest = before.table.cells.filter((_, row) => row !== 2).map((row) => row.filter((_, key) => key !== 2))
  expect(cells).toEqual(rest)
  expect([await text.probability('nsp'), await text.probability('sentiment')]).toEqual(answers)
  await text.chip('film').press('h')
  await expect(page.getByTestId('hidden-note')).toHaveCount(0)
  expect(await text.shownMap()).toEqual(before.table)
})

test('a range of tokens is selected and masked together', async ({ page, text }) => {
  await text.open()
  await text.show(FIRST)
  await text.select('the')
  await text.chip('was').click({ modifiers: ['Shift'] })
  await expect(text.chips.and(page.locator('[aria-pressed=true]'))).toHaveCount(3)
  await text.rerun(() => text.act('Mask'))
  const maps = await text.maps()
  for (const key of [1, 2, 3]) expect(column(maps, key).every((value) => value === 0)).toBe(true)
  expectProbabilities(maps)
})

test('a position set by hand reaches the run', async ({ page, text }) => {
  await text.open()
  await text.show(FIRST)
  const before = await text.maps()
  await text.select('film')
  await text.rerun(() => page.getByTestId('position').fill('12'))
  // What is typed begins anew once the field is emptied.
  await page.getByTestId('position').focus()
  for (const key of ['Control+a', 'Backspace', '4', '0']) await page.keyboard.press(key)
  await expect(page.getByTestId('position')).toHaveValue('40')
  await expect.poll(async () => (await text.tokens())[2]?.position).toBe(40)
  await text.rested()
  expect(bits(await text.maps())).not.toEqual(bits(before))
  await text.expectMapDrawn()
})

const KINDS: Record<string, string> = { '[CLS]': 'cls', '[SEP]': 'sep' }

async function shownQueries(text: TextPage): Promise<string[]> {
  return (await text.shownMap()).queries
}

/** The painted map and atlas. */
async function drawn(text: TextPage): Promise<string[]> {
  return text.page
    .locator('[data-testid=attention-map] canvas, [data-testid=atlas] canvas')
    .evaluateAll((canvases) => canvases.map((canvas) => (canvas as HTMLCanvasElement).toDataURL()))
}

async function middle(locator: { boundingBox(): Promise<Box | null> }): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = (await locator.boundingBox()) as Box
  return { x: x + width / 2, y: y + height / 2 }
}

type Box = { x: number; y: number; width: number; height: number }
