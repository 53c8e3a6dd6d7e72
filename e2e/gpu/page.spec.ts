/** Both labs on the GPU: that it computes, that the page says so, and that edits are run on it. */

import { expectProbabilities } from '../lab_page.ts'
import { expect, test } from '../test.ts'

test('text: the GPU computes, and an edit runs on it', async ({ page, text }) => {
  await text.open()
  await expect(page.getByTestId('run-footer')).toContainText('swiftshader')
  await expect(page.getByTestId('backend-badge')).toHaveCount(0)
  await expect(text.banner).toHaveCount(0)
  expect(await page.evaluate(() => window.clsroom.backend().kind)).toBe('webgpu')
  await text.rerun(() => text.insertByMouse('[SEP]', 2))
  expectProbabilities(await text.maps())
  await text.expectMapDrawn()
})

test('a software GPU offers WASM in one click: the same state, and the same numbers to what is printed', async ({
  page,
  text,
}) => {
  await text.open()
  await text.show('the film was good', 'we liked it')
  const [state, maps] = [await text.state(), await text.maps()]
  await page.getByTestId('to-wasm').click()
  await page.waitForURL(/backend=wasm/)
  await text.ready()
  await expect(page.getByTestId('backend-badge')).toHaveText('WASM')
  expect(await text.state()).toEqual(state)
  const moved = await text.maps()
  const worst = maps.flatMap((map, layer) =>
    Array.from(map.data, (value, i) => Math.abs(value - (moved[layer]?.data[i] as number))),
  )
  expect(Math.max(...worst)).toBeLessThan(1e-4)
})

test('vision: the GPU computes, and a masked patch is read by nobody', async ({ page, vision }) => {
  await vision.open()
  await expect(page.getByTestId('run-footer')).toContainText('swiftshader')
  await vision.patches.nth(9).click()
  await vision.rerun(() => page.getByTestId('photo-panel').getByRole('button', { name: 'Mask' }).click())
  expect((await vision.overlay())[9]).toBe('0')
})

test('the page goes on working while 512 tokens run, and ends on their map', async ({ page, text }) => {
  await text.open()
  // The page's own thread ticks while the engine is at work. Drawn frames would not tell: a software adapter computes
  // them in the process that is busy with the model.
  await page.evaluate(() => {
    const status = document.querySelector('[data-testid=engine-status]') as HTMLElement
    const ticks = { running: 0 }
    Object.assign(window, { ticks })
    setInterval(() => {
      if (status.dataset.state === 'running') ticks.running++
    }, 10)
  })
  await text.show(Array.from({ length: 510 }, (_, i) => ['the', 'film', 'was', 'good'][i % 4]).join(' '))
  await expect(text.chips).toHaveCount(512)
  expect(await text.mapLength()).toBe(512)
  const ticks = await page.evaluate(() => (window as unknown as { ticks: { running: number } }).ticks.running)
  expect(ticks).toBeGreaterThan(3)

  await text.rerun(() => text.chips.nth(100).press('Delete'))
  expect(await text.mapLength()).toBe(511)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1440)
})
