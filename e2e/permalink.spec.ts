/** The hash holds the whole state; a bad one opens the example and says why. */

import { deflateSync } from 'node:zlib'
import { TEXT_FORMAT } from '../src/labs/text/state/link.ts'
import { VISION_FORMAT } from '../src/labs/vision/state/link.ts'
import { encodeLink } from '../src/state/permalink.ts'
import { bits, expectLinkWritten, type LabPage } from './lab_page.ts'
import { expect, test } from './test.ts'

test('reloading restores a text lab, edits and all, to the bit', async ({ page, text }) => {
  await text.open()
  await text.show('the film was good', 'we liked it')
  await text.rerun(() => text.insertByMouse('[SEP]', 3))
  await text.rerun(() => text.chip('was').press('m'))
  await text.rerun(() => text.chip('we').press('Delete'))
  await text.select('liked')
  await text.rerun(() => text.act('Put [MASK]'))
  await text.chip('good').press('h')
  await expect(page.getByTestId('hidden-note')).toBeVisible()
  await text.chooseHead(2, 4)
  await text.rerun(() => page.getByTestId('toggle-head').click())
  await text.select('film')
  await expectLinkWritten(text)

  const strip = await plain(text)
  const shown = { map: await text.shownMap(), words: await text.predictions(), state: await text.state() }
  const maps = bits(await text.maps())
  await page.reload()
  await text.ready()
  expect(await plain(text)).toEqual(strip)
  expect(await text.state()).toEqual(shown.state)
  expect(await text.shownMap()).toEqual(shown.map)
  expect(await text.predictions()).toEqual(shown.words)
  expect(bits(await text.maps())).toEqual(maps)
  await expect(text.chip('film')).toHaveAttribute('aria-pressed', 'true')
  await expect(page.locator('[data-cell="2.4"]')).toHaveAttribute('data-ablated', 'true')
  await expect(text.banner).toHaveCount(0)
})

test('reloading restores how the tools for masked words and padding were set', async ({ page, text }) => {
  await text.open()
  await page.getByTestId('tool-mlm').click()
  await page.getByTestId('mlm-unit').selectOption('noun')
  await page.getByTestId('mlm-rule').getByLabel('always [MASK]').check()
  await page.getByTestId('tool-pad').click()
  await page.getByTestId('pad-side').getByLabel('left').check()
  await expectLinkWritten(text)
  const state = await text.state()
  await page.reload()
  await text.ready()
  expect(await text.state()).toEqual(state)
  await expect(page.getByTestId('pad-side').getByRole('radio', { name: 'left' })).toBeChecked()
  await page.getByTestId('tool-mlm').click()
  await expect(page.getByTestId('mlm-unit')).toHaveValue('noun')
  await expect(page.getByTestId('mlm-rule').getByRole('radio', { name: 'always [MASK]' })).toBeChecked()
})

test('the pinned run is in the link, and runs again when it is opened', async ({ page, text }) => {
  await text.open()
  await text.show('the film was good')
  await page.getByTestId('pin').click()
  await text.rerun(() => text.insertByMouse('[SEP]', 3))
  await expectLinkWritten(text)
  await page.reload()
  await text.ready()
  await expect(page.getByTestId('pin')).toHaveAttribute('aria-pressed', 'true')
  await page.getByTestId('open-compare').click()
  await expect(page.getByTestId('drawer')).toBeVisible()
})

test('reloading restores a vision lab', async ({ page, vision }) => {
  await vision.open()
  await vision.chooseSample('horse.jpg')
  await vision.chooseModel('ViT, no registers')
  await vision.rerun(() => vision.insertByMouse('[REG]', 1))
  await vision.patches.nth(12).click()
  await vision.rerun(() => page.getByTestId('photo-panel').getByRole('button', { name: 'Mask' }).click())
  await vision.chooseHead(1, 2)
  await expectLinkWritten(vision)
  const before = { strip: await plain(vision), overlay: await vision.overlay(), classes: await vision.probabilities() }
  await page.reload()
  await vision.ready()
  expect(await plain(vision)).toEqual(before.strip)
  expect(await vision.overlay()).toEqual(before.overlay)
  expect(await vision.probabilities()).toEqual(before.classes)
  await expect(vision.patches.nth(12)).toHaveAttribute('data-status', 'masked')
  await expect(page.locator('[data-sample="horse.jpg"]')).toHaveAttribute('aria-pressed', 'true')
})

test('a link opened in a page that is already there shows its state', async ({ page, text }) => {
  await text.open()
  const link = encodeLink(TEXT_FORMAT, { lab: 'text', model: 'clsroom-bert', texts: ['we liked it'] })
  await text.rerun(() =>
    page.evaluate((hash) => {
      location.hash = hash
    }, `#/text?s=${link}`),
  )
  await expect.poll(() => text.labels()).toEqual(['[CLS]', 'we', 'liked', 'it', '[SEP]'])
})

test('going to the other lab and back keeps what was done', async ({ page, text, vision }) => {
  await text.open()
  await text.show('the film was good')
  await text.rerun(() => text.insertByMouse('[SEP]', 3))
  const labels = await text.labels()
  await page.getByRole('link', { name: 'Vision' }).click()
  await expect(page.getByTestId('vision-lab')).toBeVisible()
  await expect.poll(async () => (await vision.overlay()).length).toBe(64)
  await page.getByRole('link', { name: 'Text' }).click()
  await expect.poll(() => text.labels()).toEqual(labels)
  await text.expectMapDrawn()
})

const json = (value: unknown) => deflateSync(JSON.stringify(value)).toString('base64url')
const BAD: [what: string, s: string][] = [
  ['noise', 'garbage!!'],
  ['a zlib stream where there should be none', json([1, { lab: 'text' }])],
  ['a cut link', encodeLink(TEXT_FORMAT, { lab: 'text', model: 'clsroom-bert', texts: ['a'] }).slice(0, 12)],
  ['a link of the other lab', encodeLink(VISION_FORMAT, { lab: 'vision', model: 'clsroom-vit' })],
]

for (const [what, s] of BAD) {
  test(`a hash that holds ${what} opens the example and says why`, async ({ text }) => {
    await text.open()
    const example = await text.labels()
    await text.page.goto('about:blank')
    await text.open({ hash: `#/text?s=${s}` })
    await expect(text.banner).toContainText('link')
    expect(await text.labels()).toEqual(example)
    await text.expectMapDrawn()
    await text.banner.getByRole('button', { name: 'Dismiss' }).click()
    await expect(text.banner).toHaveCount(0)
  })
}

test.describe('a link to a model that is not there', () => {
  // A name that is none of the page's own models is looked for on the hub.
  test.use({ allowed: [[/Failed to load resource/, /huggingface\.co\/no-such-model/], { scope: 'test' }] })

  test('says so, and shows its text on the page’s own', async ({ text }) => {
    const link = encodeLink(TEXT_FORMAT, { lab: 'text', model: 'no-such-model', texts: ['the film'] })
    await text.open({ hash: `#/text?s=${link}` })
    await expect(text.banner).toContainText('no-such-model')
    expect(await text.labels()).toEqual(['[CLS]', 'the', 'film', '[SEP]'])
    await text.expectMapDrawn()
  })
})

/** The strip without the keys, which are a page's own. */
async function plain(lab: LabPage) {
  return (await lab.tokens()).map(({ key: _, ...chip }) => chip)
}
