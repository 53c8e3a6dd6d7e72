/** A camera as a source of photos: Chromium's fake one. */

import { QUIET } from '../scripts/chromium_flags.mjs'
import { expect, test } from './test.ts'

test.use({
  permissions: ['camera'],
  launchOptions: {
    executablePath: process.env.CHROMIUM_SHELL_PATH ?? process.env.CHROMIUM_PATH,
    args: [...QUIET, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  },
})

test('it runs live, and stops when the lab is left', async ({ page, vision }) => {
  await vision.open()
  await page.getByTestId('camera').click()
  await expect.poll(async () => (await vision.state()).sample, { timeout: 60_000 }).toBeUndefined()
  const first = await vision.drawn()
  await expect.poll(() => vision.drawn(), { timeout: 60_000 }).not.toBe(first)
  await page.getByRole('link', { name: 'Text', exact: true }).click()
  await expect(page.getByTestId('text-lab')).toBeVisible()
  await page.getByRole('link', { name: 'Vision', exact: true }).click()
  await expect(page.getByTestId('camera')).toHaveText('Camera')
})

test('it runs live in the detect lab, too, until a scene is chosen', async ({ page, detect }) => {
  await detect.open()
  await page.getByTestId('camera').click()
  await expect.poll(async () => (await detect.state()).own, { timeout: 60_000 }).toBe(true)
  await detect.rerun(() => page.locator('[data-sample="scene-01.png"]').click())
  await expect(page.getByTestId('camera')).toHaveText('Camera')
})

test('another photo ends it', async ({ page, vision }) => {
  await vision.open()
  await page.getByTestId('camera').click()
  await expect.poll(async () => (await vision.state()).sample, { timeout: 60_000 }).toBeUndefined()
  await vision.chooseSample('ship.jpg')
  await expect(page.getByTestId('camera')).toHaveText('Camera')
  expect(await vision.state()).toMatchObject({ sample: 'ship.jpg' })
})

test('what an open tool runs beside each frame keeps up', async ({ page, vision }) => {
  await vision.open()
  await page.getByTestId('tool-registers').click()
  const other = page.locator('[data-testid=trained-model][data-model=clsroom-vit]')
  const drawn = () => other.locator('canvas').evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL())
  await expect(other).toContainText('gives')
  let last = await drawn()
  await page.getByTestId('camera').click()
  for (let frame = 0; frame < 3; frame++) {
    await expect.poll(drawn, { timeout: 60_000 }).not.toBe(last)
    last = await drawn()
  }
  await page.getByTestId('camera').click()
  await expect(page.getByTestId('camera')).toHaveText('Camera')
})
