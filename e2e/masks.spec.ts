/** The mask studio: rules, paint, reach, and masks that go to other labs. */

import { expect, test } from './test.ts'

test('a named mask runs, its number is changed, and every answer says how it moved', async ({ page, masks }) => {
  await masks.open()
  expect(await masks.readable()).toBe(49)
  await expect(page.getByTestId('source')).toContainText('Longformer')
  await expect(page.getByTestId('formula').locator('math')).toBeVisible()
  await masks.rerun(() => page.getByTestId('constant-w').fill('1'))
  await expect.poll(() => masks.readable()).toBe(31)
  await expect(page.getByTestId('changed-facts')).toContainText('11 rows moved')
  await expect(page.getByTestId('moved-sentiment')).toBeVisible()
  await masks.rerun(async () => {
    await page.getByTestId('named').selectOption('flamingo')
  })
  expect((await masks.labels()).filter((label) => label === '[IMAGE]')).toHaveLength(6)
  await page.keyboard.press('Control+z')
  await expect.poll(() => masks.readable()).toBe(31)
})

test('rules are typed; what is no formula keeps the mask and says where', async ({ page, masks }) => {
  await masks.open()
  await page.getByTestId('tool-rules').click()
  const rule = page.getByTestId('rule-text')
  await rule.fill('k <= q or')
  await expect(page.getByTestId('rule-problem')).toContainText('found the end')
  expect(await masks.readable()).toBe(49)
  await masks.rerun(() => rule.fill('k <= q'))
  await expect.poll(() => masks.readable()).toBe(66)
  await masks.rerun(async () => {
    await page.getByTestId('rule-heads-to').selectOption('0')
  })
  await expect.poll(() => masks.readable()).toBe(121) // some head may
  await page.getByTestId('head').selectOption('0')
  await expect.poll(() => masks.readable()).toBe(66)
  await page.getByTestId('tool-python').click()
  await expect(page.getByTestId('python-code')).toContainText('(h > 0) | ((k <= q))')
})

test('cells are painted by pointer, row, rectangle and keys; undo takes each stroke back', async ({ page, masks }) => {
  await masks.open()
  await masks.show(['the movie was good'], 'true') // six tokens
  await expect.poll(() => masks.readable()).toBe(36)
  await masks.rerun(() => masks.drag([1, 2], [1, 4]))
  await expect.poll(() => masks.readable()).toBe(33)
  await page.getByTestId('brush').locator('[data-value=rectangle]').click()
  await masks.rerun(() => masks.drag([2, 0], [4, 1]))
  await expect.poll(() => masks.readable()).toBe(27)
  await page.getByTestId('brush').locator('[data-value=row]').click()
  await masks.rerun(() => masks.drag([5, 5], [5, 5]))
  await expect.poll(() => masks.readable()).toBe(21)
  await expect(page.getByTestId('silent')).toContainText('[SEP]: reads nothing')
  for (const left of [27, 33, 36]) {
    await masks.rerun(() => page.keyboard.press('Control+z'))
    await expect.poll(() => masks.readable()).toBe(left)
  }
  await page.getByTestId('brush').locator('[data-value=rectangle]').click()
  await masks.board.focus()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowDown')
  await masks.rerun(() => page.keyboard.press('Space'))
  await expect.poll(() => masks.readable()).toBe(32)
  await page.getByTestId('tool-kinds').click()
  await masks.rerun(() => page.getByTestId('pair-word-word').click())
  await expect(page.getByTestId('pair-word-word')).toContainText('16 / 16')
})

test('reach is what the model says, to the bit; two masks are told apart', async ({ page, masks }) => {
  await masks.open()
  await masks.show(['the movie was excellent', 'the food was terrible'], 'doc(q) == doc(k)')
  await page.getByTestId('pin').click()
  await masks.chip('movie').click()
  await page.getByTestId('tool-reach').click()
  await expect(page.getByTestId('reach-layer').last()).toHaveAttribute('data-reached', '6')
  await page.getByTestId('reach-job').getByRole('button').click()
  await expect(page.getByTestId('reach-verdict')).toHaveAttribute('data-leak', '0')
  await masks.rerun(() => masks.setState({ rules: [{ text: 'true' }] }))
  await page.getByTestId('tool-compare').click()
  await expect(page.getByTestId('xor')).toHaveAttribute('data-xor', String(2 * 6 * 5))
})

test('a mask goes to the text lab and the Generate lab by link', async ({ page, masks, text }) => {
  await masks.open()
  await masks.show(['the movie was good'], 'k <= q')
  await masks.rerun(() => masks.drag([0, 3], [0, 3]))
  await page.getByTestId('tool-use').click()
  await page.getByTestId('use-text').click()
  await expect(page.getByTestId('text-lab')).toBeVisible()
  const { cells } = await text.shownMap()
  const open = cells.map((row) => row.map((cell) => (cell === '0' ? '0' : '1')).join(''))
  expect(open).toEqual(['100100', '110000', '111000', '111100', '111110', '111111'])
  await page.goBack()
  await expect(page.getByTestId('masks-lab')).toBeVisible()
  await masks.rerun(() =>
    masks.setState({ model: 'clsroom-gpt2', tokens: {}, rules: [{ text: 'q - k < 2 and k <= q' }] }),
  )
  await page.getByTestId('use-generate').click()
  await expect(page.getByTestId('generate-lab')).toBeVisible()
  await expect(text.banner).toHaveCount(0)
})

test('512 × 512 stays interactive', async ({ page, masks }) => {
  await masks.open()
  await masks.show([Array(600).fill('good').join(' ')], 'abs(q - k) <= w where w = 8')
  await expect(page.getByTestId('cut')).toContainText('do not fit')
  await expect.poll(() => masks.readable(), { timeout: 30_000 }).toBe(512 * 17 - 2 * 36)
  await page.getByTestId('brush').locator('[data-value=rectangle]').click()
  // A stroke under way is drawn frame by frame, whatever the board's size: against frames in which nothing is drawn.
  const [from, to] = [await masks.cell(40, 40), await masks.cell(400, 400)]
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  const [still, drawing] = await page.evaluate(async () => {
    const pane = document.querySelector('[data-testid=board-cells]') as HTMLElement
    const box = pane.getBoundingClientRect()
    const frames = async (each: (step: number) => void) => {
      const began = performance.now()
      for (let step = 0; step < 60; step++) {
        each(step)
        await new Promise(requestAnimationFrame)
      }
      return performance.now() - began
    }
    const still = await frames(() => {})
    const drawing = await frames((step) => {
      const along = box.width * (0.1 + 0.7 * (step / 60))
      const event = { clientX: box.left + along, clientY: box.top + along, bubbles: true, pointerId: 1 }
      pane.dispatchEvent(new PointerEvent('pointermove', event))
    })
    return [still, drawing]
  })
  expect(drawing).toBeLessThan(10 * still)
  await page.mouse.move(to.x, to.y)
  await masks.rerun(() => page.mouse.up())
  // The stroke began on an open cell: what of the window lies in the rectangle is closed.
  await expect.poll(() => masks.readable(), { timeout: 60_000 }).toBe(512 * 17 - 2 * 36 - (361 * 17 - 2 * 36))
})
