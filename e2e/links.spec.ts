/** Links of every version open in the page, and what an address holds that cannot be read is told in every lab. */

import { LABS } from '../src/labs/index.ts'
import links from '../src/labs/testing/links.json' with { type: 'json' }
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

test('of two states asked for at once the newest is shown, whichever of their models is there sooner', async ({
  page,
  vision,
}) => {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/clsroom-vit-large/model.safetensors', async (route) => {
    await released
    await route.continue()
  })
  await vision.open()
  const asked = page.waitForRequest('**/clsroom-vit-large/model.safetensors')
  const slow = vision.setState({ model: 'clsroom-vit-large', sample: 'ship.jpg' })
  await asked
  await vision.setState({ sample: 'dog.jpg' })
  const shown = await vision.state()
  expect(shown).toMatchObject({ sample: 'dog.jpg' })
  release()
  await slow
  expect(await vision.state()).toEqual(shown)
  await expect(page.getByTestId('readouts')).toContainText('dog')
})
