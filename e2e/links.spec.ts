/** Links of every version open in the page, and what an address holds that cannot be read is told in every lab. */

import type { Page } from '@playwright/test'
import { LABS } from '../src/labs/index.ts'
import links from '../src/labs/testing/links.json' with { type: 'json' }
import { VISION_FORMAT, type VisionLink } from '../src/labs/vision/state/link.ts'
import { encodeLink } from '../src/state/permalink.ts'
import { expect, test } from './test.ts'

test('an address that holds what nobody wrote is told, in every lab', async ({ text }) => {
  test.setTimeout(600_000)
  for (const { id } of LABS) {
    await text.open({ hash: `#/${id}?1.AAAA&v=9` })
    await expect(text.banner).toContainText('1.AAAA & v=9')
  }
  await text.open({ hash: '#/nowhere' })
  await expect(text.banner).toContainText('nowhere')
})

test('a link of every version opens, and nothing is told', async ({ page, text }) => {
  test.setTimeout(600_000)
  for (const { lab, s } of links) {
    await text.open({ hash: `#/${lab}?s=${s}` })
    await expect(page.locator('.lab .stage')).toBeVisible()
    await expect(text.banner).toHaveCount(0)
    expect(await text.state()).toMatchObject({ lab })
  }
})

test('of two addresses opened at once the newer is shown, whichever of their models is there sooner', async ({
  page,
  vision,
}) => {
  await vision.open()
  const { release, asked } = await heldBack(page, 'clsroom-vit-large')
  const go = (link: object) =>
    page.evaluate(
      (hash) => {
        location.hash = hash
      },
      `#/vision?s=${encodeLink(VISION_FORMAT, link as VisionLink)}`,
    )
  await go({ lab: 'vision', model: 'clsroom-vit-large', sample: 'ship.jpg' })
  await asked
  await go({ lab: 'vision', model: 'clsroom-vit', sample: 'dog.jpg' })
  await expect.poll(() => vision.state()).toMatchObject({ model: 'clsroom-vit', sample: 'dog.jpg' })
  const shown = await vision.state()
  release()
  // What comes after it is of the newer one, too.
  await vision.setState({ look: { layer: 0, head: 0 } })
  expect(await vision.state()).toMatchObject({ ...shown, look: { layer: 0, head: 0 } })
  await expect(page.getByTestId('readouts')).toContainText('dog')
})

test('a patch is of what was asked for before it, an address or a patch that is still on its way', async ({
  page,
  vision,
}) => {
  const { release, asked } = await heldBack(page, 'clsroom-vit-large')
  const link: VisionLink = { lab: 'vision', model: 'clsroom-vit-large', sample: 'ship.jpg' }
  await page.goto(`./${vision.query}#/vision?s=${encodeLink(VISION_FORMAT, link)}`)
  await page.waitForFunction(() => 'clsroom' in window)
  await asked
  const patched = page.evaluate(() =>
    Promise.all([
      window.clsroom.setState({ sample: 'dog.jpg' }),
      window.clsroom.setState({ look: { layer: 0, head: 0 } }),
    ]),
  )
  release()
  await patched
  expect(await vision.state()).toMatchObject({ ...link, sample: 'dog.jpg', look: { layer: 0, head: 0 } })
  await expect(page.getByTestId('readouts')).toContainText('dog')
})

/** The weights of a model do not come until they are released. */
async function heldBack(page: Page, model: string): Promise<{ asked: Promise<unknown>; release: () => void }> {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const weights = `**/${model}/model.safetensors`
  await page.route(weights, async (route) => {
    await released
    await route.continue()
  })
  return { asked: page.waitForRequest(weights), release }
}
