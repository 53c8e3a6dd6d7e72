/** Photos, patches, [CLS] and registers. */

import { bits, expectProbabilities, type HeadMap, interval } from './lab_page.ts'
import { jpeg, type Paint, pngFile, withOrientation } from './pictures.ts'
import { expect, test } from './test.ts'
import type { VisionPage } from './vision_page.ts'

/** A dark picture with a bright, coloured disc: as large as the model's own input, so that nothing is resized. */
const disc =
  (cx: number, cy: number): Paint =>
  (x, y) =>
    Math.hypot(x - cx, y - cy) < 8 ? [250, 180 + x, 40] : [20 + 2 * y, 30, 60 + x]

test('the lab opens on a sample with its patch grid and registers', async ({ page, vision }) => {
  await vision.open()
  expect(await vision.labels()).toEqual(['[CLS]', ...Array(4).fill(expect.stringContaining('REG')), '64 patches'])
  await expect(vision.patches).toHaveCount(64)
  expect(await page.getByTestId('sample').count()).toBeGreaterThanOrEqual(8)
  expect(await vision.probabilities()).toHaveLength(3)
  await expect(vision.banner).toHaveCount(0)
  expect((await vision.overlay()).every((value) => value !== '')).toBe(true)
})

test('another sample changes overlay and classes', async ({ vision }) => {
  await vision.open()
  const before = { drawn: await vision.drawn(), classes: await vision.probabilities() }
  await vision.chooseSample('ship.jpg')
  await expect.poll(() => vision.probabilities()).not.toEqual(before.classes)
  await expect.poll(() => vision.drawn()).not.toBe(before.drawn)
})

test.describe('a photo of one’s own', () => {
  const file = pngFile('disc.png', 32, 32, disc(10, 20))

  for (const way of ['drop', 'file chooser', 'paste'] as const) {
    test(`by ${way} changes the overlay and the classes`, async ({ page, vision }) => {
      await vision.open()
      const before = { drawn: await vision.drawn(), classes: await vision.probabilities() }
      await vision.rerun(async () => {
        if (way === 'drop') return vision.drop(file)
        if (way === 'file chooser') return vision.choose(file)
        await paste(vision, file.buffer)
      })
      await expect.poll(() => vision.probabilities()).not.toEqual(before.classes)
      await expect.poll(() => vision.drawn()).not.toBe(before.drawn)
      await expect(vision.banner).toHaveCount(0)
      await expect(page.getByTestId('sample').and(page.locator('[aria-pressed=true]'))).toHaveCount(0)
      await expectOverlayOf(vision, disc(10, 20))
    })
  }

  test('the overlay is the attention of a run of just these pixels', async ({ vision }) => {
    await vision.open()
    await vision.rerun(() => vision.drop(file))
    await vision.chooseHead(5, 1)
    await expectOverlayOf(vision, disc(10, 20), { layer: 5, head: 1 })
  })

  test('the way the camera was held is respected', async ({ page, vision }) => {
    await vision.open()
    // Red left of blue; orientation 6: turn it right by a quarter, so that red is above blue.
    const lying: Paint = (x) => (x < 32 ? [230, 40, 30] : [20, 60, 220])
    const upright: Paint = (_, y) => (y < 32 ? [230, 40, 30] : [20, 60, 220])
    const plain = await jpeg(page, 64, 64, lying)
    const seen = async (name: string, buffer: Buffer, mimeType = 'image/jpeg') => {
      await vision.rerun(() => vision.drop({ name, mimeType, buffer }))
      return numbers(vision)
    }
    const turned = await seen('held.jpg', withOrientation(plain, 6))
    const expected = await seen('upright.png', pngFile('', 64, 64, upright).buffer, 'image/png')
    const unturned = await seen('lying.jpg', plain)
    expect(furthestOf(turned, expected)).toBeLessThan(furthestOf(turned, unturned))
  })
})

test.describe('registers', () => {
  test('with and without: the map has 69 or 65 tokens', async ({ page, vision }) => {
    await vision.open()
    expect(await mapSize(vision)).toBe(69)
    await vision.chooseModel('ViT, no registers')
    await expect.poll(() => vision.labels()).toEqual(['[CLS]', '64 patches'])
    await expect(page.getByTestId('run-footer')).toContainText('65')
    expect(await mapSize(vision)).toBe(65)
    await vision.chooseModel('ViT, 4 registers')
    await expect(vision.chips.and(page.locator('[data-kind=register]'))).toHaveCount(4)
    expect(await mapSize(vision)).toBe(69)
  })

  test('selecting one asks what it reads', async ({ page, vision }) => {
    await vision.open()
    await expect(page.getByTestId('photo-panel')).toContainText('What [CLS] reads')
    const before = { drawn: await vision.drawn(), overlay: await vision.overlay() }
    const register = vision.chips.and(page.locator('[data-kind=register]')).nth(1)
    await register.click()
    await expect(page.getByTestId('photo-panel')).not.toContainText('What [CLS] reads')
    await expect.poll(() => vision.drawn()).not.toBe(before.drawn)
    await expect(vision.patches.first()).toHaveAttribute('aria-label', /REG.* reads it/)
  })

  test('an inserted one is untrained, makes the map one longer, and removing it restores every value', async ({
    page,
    vision,
  }) => {
    await vision.open()
    const before = {
      overlay: await vision.overlay(),
      classes: await vision.probabilities(),
    }
    await vision.rerun(() => vision.insertByMouse('[REG]', 5))
    await expect(vision.chips).toHaveCount(7)
    expect((await vision.tokens())[5]).toMatchObject({ kind: 'register', untrained: true })
    expect(await mapSize(vision)).toBe(70)
    await vision.rerun(() => vision.act('Remove'))
    await expect(vision.chips).toHaveCount(6)
    await vision.select('[CLS]')
    await page.mouse.move(0, 0)
    expect(await vision.overlay()).toEqual(before.overlay)
    expect(await vision.probabilities()).toEqual(before.classes)
  })

  test('a removed [CLS] shortens the map', async ({ vision }) => {
    await vision.open()
    await vision.rerun(() => vision.chip('[CLS]').press('Delete'))
    expect(await mapSize(vision)).toBe(68)
    await vision.rerun(() => vision.chip('[CLS]').press('Delete'))
    expect(await mapSize(vision)).toBe(69)
  })
})

test.describe('patches', () => {
  test('one is asked by a click, masked, and removed', async ({ page, vision }) => {
    await vision.open()
    await vision.patches.nth(27).click()
    await expect(vision.patches.nth(27)).toHaveAttribute('aria-selected', 'true')
    await expect(page.getByTestId('photo-panel')).not.toContainText('What [CLS] reads')
    const panel = page.getByTestId('photo-panel')
    await vision.rerun(() => panel.getByRole('button', { name: 'Mask' }).click())
    await expect(vision.patches.nth(27)).toHaveAttribute('data-status', 'masked')
    expect((await vision.overlay())[27]).toBe('0')
    expect(await mapSize(vision)).toBe(69)
    await vision.rerun(() => panel.getByRole('button', { name: 'Restore' }).click())
    await vision.rerun(() => panel.getByRole('button', { name: 'Remove' }).click())
    await expect(vision.patches.nth(27)).toHaveAttribute('data-status', 'removed')
    expect(await mapSize(vision)).toBe(68)
    await vision.rerun(() => page.getByTestId('undo').click())
    await expect(vision.patches.nth(27)).toHaveAttribute('data-status', 'read')
  })

  test('arrow keys reach every one, and Enter asks it', async ({ page, vision }) => {
    await vision.open()
    await vision.patches.first().press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await expect(vision.patches.nth(17)).toBeFocused()
    await expect(vision.patches.nth(17)).toHaveAttribute('aria-label', /patch 18, row 3, column 2: .* reads it with/)
    await page.keyboard.press('Enter')
    await expect(vision.patches.nth(17)).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('End')
    await expect(vision.patches.nth(23)).toBeFocused()
    for (let i = 0; i < 9; i++) await page.keyboard.press('ArrowDown')
    await expect(vision.patches.nth(63)).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(vision.patches.and(page.locator('[aria-selected=true]'))).toHaveCount(0)
  })
})

/** How many rows the map of the last run has. */
async function mapSize({ page }: VisionPage): Promise<number> {
  const name = await page.getByTestId('map-cells').getAttribute('aria-label')
  return Number(/(\d+) queries/.exec(name ?? '')?.[1])
}

/** What the overlay says [CLS] reads, against a run of the same pixels through the automation surface. */
async function expectOverlayOf(
  vision: VisionPage,
  paint: Paint,
  chosen?: { layer: number; head: number },
): Promise<void> {
  const { look } = (await vision.state()) as { look: { layer: number } }
  const maps = await vision.mapsOf(paint)
  expectProbabilities(maps)
  const map = maps[chosen?.layer ?? look.layer] as HeadMap
  const [H, T] = map.dims as [number, number, number]
  const heads = chosen ? [chosen.head] : Array.from({ length: H }, (_, head) => head)
  const overlay = await vision.overlay()
  overlay.forEach((shown, patch) => {
    const key = T - 64 + patch
    const value = heads.reduce((sum, head) => sum + (map.data[head * T * T + key] as number), 0) / heads.length
    const [low, high] = interval(shown)
    expect(value, `patch ${patch}: shown ${shown}`).toBeGreaterThanOrEqual(low)
    expect(value, `patch ${patch}: shown ${shown}`).toBeLessThanOrEqual(high)
  })
}

/** Every class of every head with its percentage, by name. */
async function numbers(vision: VisionPage): Promise<Map<string, number>> {
  const heads = await vision.probabilities()
  return new Map(
    heads.flatMap(({ title, bars }) =>
      bars.map(({ label, percent }): [string, number] => [
        `${title}: ${label}`,
        Number.parseFloat(percent.replace(/[<>] /, '')),
      ]),
    ),
  )
}

function furthestOf(a: Map<string, number>, b: Map<string, number>): number {
  return Math.max(...[...a].map(([name, value]) => Math.abs(value - (b.get(name) ?? 0))))
}

/** Puts a picture on the clipboard and pastes it by the keys a person uses. */
async function paste({ page }: VisionPage, picture: Buffer): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': new Blob([bytes], { type: 'image/png' }) })])
  }, picture.toString('base64'))
  await page.keyboard.press('Control+v')
}

test('a masked patch is read by nobody; the row still sums to 1', async ({ vision }) => {
  await vision.open()
  const maps = await vision.page.evaluate(async () => {
    const { model } = window.clsroom.state() as { model: string }
    const pixelValues = {
      dims: [3, 32, 32] as [number, number, number],
      data: new Float32Array(3072).map((_, i) => i % 5),
    }
    const mask = Array.from({ length: 69 }, (_, key) => (key === 20 ? 0 : 1))
    return (await window.clsroom.forward({ model, pixelValues, mask, capture: { attentions: true } })).attentions
  })
  expectProbabilities(maps as HeadMap[])
  for (const { data } of maps as HeadMap[]) expect(data.every((value, i) => i % 69 !== 20 || value === 0)).toBe(true)
  expect(bits(maps as HeadMap[])).toHaveLength(6)
})
