/** A photo of one's own in a link: a small copy, said when it is copied and when it is opened; what is no such copy is refused. */

import { readFileSync } from 'node:fs'
import { VISION_FORMAT } from '../src/labs/vision/state/link.ts'
import { encodeLink } from '../src/state/permalink.ts'
import { expectLinkWritten } from './lab_page.ts'
import { type Paint, png, pngFile } from './pictures.ts'
import { expect, test } from './test.ts'
import type { VisionPage } from './vision_page.ts'

const hills: Paint = (x, y) => [(x * 7 + y * 3) % 256, Math.round(128 + 100 * Math.sin(x / 40)), (x * y) % 251]
const small = pngFile('small.png', 32, 32, (x, y) => [8 * x, 8 * y, 120])
const large = pngFile('large.png', 900, 600, hills)
const linkOf = (photo: string) =>
  `#/vision?s=${encodeLink(VISION_FORMAT, { lab: 'vision', model: 'clsroom-vit', own: true, photo })}`

async function copyLink({ page }: VisionPage): Promise<void> {
  await page.getByTestId('copy-link').click()
}

test('a photo of few pixels is in the link as it is', async ({ page, vision }) => {
  await vision.open()
  await vision.rerun(() => vision.drop(small))
  const classes = await vision.probabilities()
  await copyLink(vision)
  await expect(page.getByTestId('copy-remark')).toHaveText('Your photo is in the link.')
  await expectLinkWritten(vision)
  await page.reload()
  await vision.ready()
  expect(await vision.probabilities()).toEqual(classes)
  await expect(page.getByTestId('photo-panel')).not.toContainText('smaller copy')
  await expect(vision.banner).toHaveCount(0)
})

test('of a larger one a smaller copy, and both sides are told; the pinned run of the same photo comes with it', async ({
  page,
  vision,
}) => {
  await vision.open()
  await vision.rerun(() => vision.drop(large))
  await page.getByTestId('pin').click()
  await vision.rerun(() => vision.insertByMouse('[REG]', 1))
  await copyLink(vision)
  await expect(page.getByTestId('copy-remark')).toContainText('A smaller copy of your photo is in the link')
  await expectLinkWritten(vision)
  const { photo } = (await vision.state()) as { photo: string }
  expect(photo.length).toBeLessThanOrEqual(8000)
  expect(page.url().length).toBeLessThan(10_000)
  // What is said of the copy is true: the page goes on with the photo itself.
  await expect(page.getByTestId('photo-panel')).not.toContainText('smaller copy')

  await page.reload()
  await vision.ready()
  await expect(page.getByTestId('photo-panel')).toContainText('smaller copy from a link: numbers may differ slightly')
  await expect(page.getByTestId('pin')).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByTestId('sample').and(page.locator('[aria-pressed=true]'))).toHaveCount(0)
  await expect(vision.banner).toHaveCount(0)
  // A link of the link holds the same copy, not a copy of it.
  expect((await vision.state()).photo).toBe(photo)
  expect((await vision.state()).pinned).toMatchObject({ same: true })
})

test('the pinned run of another photo of one’s own has its own copy', async ({ page, vision }) => {
  await vision.open()
  await vision.rerun(() => vision.drop(small))
  await page.getByTestId('pin').click()
  await vision.chooseSample('horse.jpg')
  await expectLinkWritten(vision)
  await page.reload()
  await vision.ready()
  await expect(page.getByTestId('pin')).toHaveAttribute('aria-pressed', 'true')
  expect((await vision.state()).pinned).toMatchObject({ own: true, photo: expect.any(String) })
  await expect(vision.banner).toHaveCount(0)
})

test.describe('where no copy could be made', () => {
  test.use({
    allowed: [[/Failed to load resource/, /dynamically imported module/], { scope: 'test' }],
  })
  test('its absence is said when it is copied, and when it is opened', async ({ page, vision }) => {
    await vision.open()
    await page.route('**/image_copy-*.js*', (route) => route.abort())
    await vision.rerun(() => vision.drop(small))
    await page.getByTestId('pin').click()
    await copyLink(vision)
    await expect(page.getByTestId('copy-remark')).toContainText('Your photo is not in the link')
    await expect(page.getByTestId('copy-remark')).toContainText('The pinned run is not in the link')
    await expectLinkWritten(vision)
    await page.reload()
    await vision.ready()
    await expect(vision.banner).toContainText('The photo of this link and its pinned run are not in it')
  })
})

const HOSTILE: [what: string, photo: string, said: RegExp][] = [
  ['more bytes than a copy has', Buffer.alloc(200_000, 65).toString('base64url'), /200000 bytes/],
  ['no picture', Buffer.from('<script>alert(1)</script>'.repeat(9)).toString('base64url'), /not a picture/],
  ['a picture of huge dimensions', png(4000, 1, () => [0, 0, 0]).toString('base64url'), /4000 × 1/],
  ['another format', readFileSync('e2e/fixtures/plain.bmp').toString('base64url'), /bmp/],
  [
    'a damaged picture',
    png(8, 8, () => [9, 9, 9])
      .subarray(0, 50)
      .toString('base64url'),
    /damaged|could not decode/,
  ],
]

for (const [what, photo, said] of HOSTILE) {
  test(`in place of a photo, ${what} is refused, and a sample is shown`, async ({ page, vision }) => {
    await vision.open({ hash: linkOf(photo) })
    await expect(vision.banner).toContainText(said)
    await expect(page.locator('[data-sample="automobile.jpg"]')).toHaveAttribute('aria-pressed', 'true')
    await expect(page.getByTestId('readouts')).toBeVisible()
  })
}
