/** What a person does with a photo by hand: crop, paint, another reading. */

import { expectLinkWritten } from './lab_page.ts'
import { expect, test } from './test.ts'
import type { VisionPage } from './vision_page.ts'

interface Crop {
  x: number
  y: number
  size: number
}

const cropOf = async (vision: VisionPage) => ((await vision.state()).crop ?? null) as Crop | null
const mode = (vision: VisionPage, value: 'look' | 'crop' | 'paint') =>
  vision.page.getByTestId('photo-mode').locator(`input[value=${value}]`).click()

test('the square is cropped by keyboard, wheel and mouse; undone step by step; kept by the link', async ({
  page,
  vision,
}) => {
  await vision.open()
  const whole = await vision.probabilities()
  await mode(vision, 'crop')
  const square = page.getByTestId('crop-square')
  await square.focus()
  await vision.rerun(async () => {
    for (let i = 0; i < 7; i++) await page.keyboard.press('+')
    await page.keyboard.press('ArrowRight')
  })
  await expect.poll(async () => (await cropOf(vision))?.size).toBeCloseTo(1 / 1.1 ** 7, 2)
  const byKeys = await cropOf(vision)
  expect(byKeys?.x).toBeGreaterThan(0.5)
  await expect.poll(() => vision.probabilities()).not.toEqual(whole)

  const box = await page.getByTestId('crop-frame').locator('.crop-frame').boundingBox()
  if (!box) throw new Error('the crop frame is not shown')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await vision.rerun(() => page.mouse.wheel(0, -200))
  await expect.poll(async () => (await cropOf(vision))?.size).toBeLessThan((byKeys?.size ?? 0) - 0.05)
  const byWheel = await cropOf(vision)

  await vision.rerun(async () => {
    await page.mouse.down()
    await page.mouse.move(box.x + box.width / 2 - 60, box.y + box.height / 2, { steps: 5 })
    await page.mouse.up()
  })
  await expect.poll(async () => (await cropOf(vision))?.x).toBeLessThan((byWheel?.x ?? 0) - 0.05)

  await page.getByTestId('undo').click()
  expect(await cropOf(vision)).toEqual(byWheel)
  await page.getByTestId('undo').click()
  expect(await cropOf(vision)).toEqual(byKeys)

  await expectLinkWritten(vision)
  await page.reload()
  await vision.ready()
  expect(await cropOf(vision)).toEqual(byKeys)
})

test('paint by mouse and keyboard changes what the model reads, and comes off again', async ({ page, vision }) => {
  await vision.open()
  const clean = await vision.probabilities()
  await mode(vision, 'paint')
  const frame = page.getByTestId('paint-frame')
  const box = await frame.boundingBox()
  if (!box) throw new Error('the photo is not shown')
  await page.getByTestId('paint-size').fill('0.5')
  await vision.rerun(async () => {
    await page.mouse.move(box.x + 60, box.y + 60)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width - 60, box.y + box.height - 60, { steps: 8 })
    await page.mouse.up()
  })
  await expect.poll(async () => (await vision.state()).strokes).toHaveLength(1)
  await expect.poll(() => vision.probabilities()).not.toEqual(clean)

  await page.getByTestId('paint-tool').locator('input[value=blur]').click()
  await frame.focus()
  await vision.rerun(async () => {
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
  })
  const strokes = (await vision.state()).strokes as { tool: string; points: unknown[] }[]
  expect(strokes.map(({ tool }) => tool)).toEqual(['brush', 'blur'])

  await vision.rerun(() => page.getByTestId('paint-undo').click())
  await expect.poll(async () => (await vision.state()).strokes).toHaveLength(1)
  await vision.rerun(() => page.getByTestId('paint-clear').click())
  await expect.poll(() => vision.probabilities()).toEqual(clean)
})

test('any reading: largest of heads, rollout, the fewest patches that hold a share, the model’s own pixels', async ({
  page,
  vision,
}) => {
  await vision.open()
  const mean = await vision.overlay()
  await page.getByTestId('reading').selectOption('max')
  await expect.poll(() => vision.overlay()).not.toEqual(mean)
  await page.getByTestId('reading').selectOption('rollout')
  await page.getByTestId('layer').fill('1')
  await expect(page.getByTestId('film-frame')).toHaveCount(6)
  expect(await vision.state()).toMatchObject({ look: { reading: 'rollout', layer: 0 } })

  await page.getByTestId('mass-on').click()
  await page.getByTestId('mass').fill('0.3')
  const held = page.locator('[data-testid=patch][data-held]')
  await expect.poll(() => held.count()).toBeGreaterThan(0)
  const few = await held.count()
  await page.getByTestId('mass').fill('0.9')
  await expect.poll(() => held.count()).toBeGreaterThan(few)

  const sharp = await vision.drawn()
  await page.getByTestId('sight').locator('input[value=seen]').click()
  await expect.poll(() => vision.drawn()).not.toBe(sharp)
})

test('untrained registers are added, marked, measured against the run without them, and taken out', async ({
  page,
  vision,
}) => {
  test.slow() // every vision model of the page is compiled and run
  await vision.open()
  await page.getByTestId('tool-registers').click()
  await vision.rerun(() => page.getByTestId('hand-registers').fill('2'))
  const untrained = (await vision.tokens()).filter((token) => token.untrained)
  expect(untrained).toHaveLength(2)
  await expect(page.getByTestId('registers-tool').getByTestId('comparison')).toBeVisible()
  await expect(page.getByTestId('register-maps').getByTestId('film-frame')).toHaveCount(7)
  await expect(page.getByTestId('trained-model')).toHaveCount(2, { timeout: 90_000 })
  await vision.rerun(() => page.getByTestId('hand-registers').fill('0'))
  expect((await vision.tokens()).some((token) => token.untrained)).toBe(false)
})

test('[CLS] is taken out, copied and scaled from the pooling tool', async ({ page, vision }) => {
  await vision.open()
  await page.getByTestId('tool-pooling').click()
  await vision.rerun(() => page.getByTestId('cls-count').locator('input[value="0"]').click())
  await expect(page.getByTestId('cls-gone')).toContainText('[REG1]')
  await vision.rerun(() => page.getByTestId('cls-count').locator('input[value="4"]').click())
  expect((await vision.tokens()).filter((token) => token.kind === 'cls')).toHaveLength(4)
  await vision.rerun(() => page.getByTestId('cls-scale').fill('15'))
  expect((await vision.tokens()).filter((token) => token.kind === 'cls' && token.untrained)).toHaveLength(4)
})

test('a camera that is not there says so and changes nothing', async ({ page, vision }) => {
  await vision.open()
  const before = await vision.state()
  await page.getByTestId('camera').click()
  await expect(vision.banner).toContainText('camera')
  expect(await vision.state()).toEqual(before)
})
