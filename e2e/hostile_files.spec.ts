/** Files that are no pictures: each gets a clear message, and the lab stays as it was. */

import { deflateSync } from 'node:zlib'
import { png, pngFile, pngOf } from './pictures.ts'
import { expect, test } from './test.ts'
import type { PictureFile } from './vision_page.ts'

const good = png(40, 30, (x, y) => [x * 6, y * 8, 90])
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'

const HOSTILE: [what: string, file: PictureFile][] = [
  ['a text renamed .png', picture('notes.png', Buffer.from('Dear diary, today I was a picture.'))],
  ['an SVG', { name: 'drawing.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(SVG) }],
  ['an SVG renamed .png', picture('drawing.png', Buffer.from(SVG))],
  ['an empty file', picture('empty.png', Buffer.alloc(0))],
  ['a single byte', picture('one.png', Buffer.from([0x89]))],
  ['a PNG cut in its header', picture('cut.png', good.subarray(0, 20))],
  ['a PNG cut in its data', picture('half.png', good.subarray(0, 60))],
  ['a PNG whose data are noise', picture('noise.png', pngOf(40, 30, Buffer.alloc(200, 7)))],
  ['a small file that claims 16384 × 16384', picture('bomb.png', pngOf(16384, 16384, deflateSync(Buffer.alloc(1000))))],
  ['a PNG of width 0', picture('flat.png', pngOf(0, 10, deflateSync(Buffer.alloc(10))))],
  ['a PDF renamed .jpg', { name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('%PDF-1.7\n%âãÏÓ') }],
]

test('each is refused in plain words, and photo, maps and classes stay', async ({ vision }) => {
  await vision.open()
  const before = {
    classes: await vision.probabilities(),
    overlay: await vision.overlay(),
    forwards: await vision.forwards(),
    alt: await vision.photo.getByRole('img').getAttribute('aria-label'),
  }
  for (const [what, file] of HOSTILE) {
    await test.step(what, async () => {
      await vision.drop(file)
      await expect(vision.banner, what).toBeVisible()
      const words = (await vision.banner.textContent()) ?? ''
      expect(words, what).toMatch(/picture|photo|image/i)
      expect(words, what).not.toMatch(/undefined|\[object|Error:|NaN/)
      expect(await vision.probabilities(), what).toEqual(before.classes)
      expect(await vision.overlay(), what).toEqual(before.overlay)
      expect(await vision.photo.getByRole('img').getAttribute('aria-label'), what).toBe(before.alt)
      expect(await vision.forwards(), what).toBe(before.forwards)
      await vision.banner.getByRole('button', { name: 'Dismiss' }).click()
      await expect(vision.banner).toHaveCount(0)
    })
  }
  await vision.rerun(() => vision.drop(pngFile('good.png', 40, 30, (x, y) => [x * 6, y * 8, 90])))
  await expect.poll(() => vision.probabilities()).not.toEqual(before.classes)
})

test('odd shapes are pictures too', async ({ vision }) => {
  await vision.open()
  for (const [width, height] of [
    [1, 1],
    [400, 3],
    [3, 400],
  ] as const) {
    await vision.rerun(() => vision.drop(pngFile('odd.png', width, height, (x, y) => [x % 256, y % 256, 128])))
    await expect(vision.banner).toHaveCount(0)
    await expect(vision.patches).toHaveCount(64)
  }
})

function picture(name: string, buffer: Buffer): PictureFile {
  return { name, mimeType: 'image/png', buffer }
}
