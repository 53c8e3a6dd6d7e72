/**
 * Files that are no pictures, or not whole ones: each gets a clear message, and the lab stays as it was. Pictures of odd
 * shapes, depths and formats are shown as they are.
 */

import { readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import { jpeg, type Paint, type PictureFile, png, pngFile, pngOf, type Rgb, withOrientation } from './pictures.ts'
import { expect, test } from './test.ts'
import type { VisionPage } from './vision_page.ts'

const good = png(40, 30, (x, y) => [x * 6, y * 8, 90])
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
const latin = (text: string) => Buffer.from(text, 'latin1')

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url))

const HOSTILE: [what: string, file: PictureFile, says: RegExp][] = [
  ['a text renamed .png', picture('notes.png', Buffer.from('Dear diary, today I was a picture.')), /found\s*text/],
  ['a text that says so', { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('abc') }, /found\s*text/],
  ['an SVG', { name: 'drawing.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(SVG) }, /SVG/],
  ['an SVG renamed .png', picture('drawing.png', Buffer.from(SVG)), /SVG/],
  ['a web page', picture('page.png', Buffer.from('<!doctype html><title>404</title>')), /web page/],
  ['an empty file', picture('empty.png', Buffer.alloc(0)), /empty/],
  ['a single byte', picture('one.png', Buffer.from([0x89])), /unknown kind/],
  ['a file of zeros', picture('zeros.png', Buffer.alloc(4096)), /unknown kind/],
  ['a PNG cut in its header', picture('cut.png', good.subarray(0, 20)), /PNG/],
  ['a PNG cut in its data', picture('half.png', good.subarray(0, 60)), /PNG/],
  ['a PNG whose data are noise', picture('noise.png', pngOf(40, 30, Buffer.alloc(200, 7))), /PNG/],
  ['a PNG whose header has a wrong sum', picture('sum.png', flipped(good, 29)), /PNG/],
  ['a PNG of width 0', picture('flat.png', pngOf(0, 10, deflateSync(Buffer.alloc(10)))), /no pixels|PNG/],
  ...(['png', 'jpeg', 'gif', 'webp', 'bmp'] as const).map((format): [string, PictureFile, RegExp] => [
    `a ${format} of a few bytes that claims 60,000 × 60,000`,
    { name: `bomb.${format}`, mimeType: `image/${format}`, buffer: claiming(format, 60_000) },
    /60000 × 60000.*64 megapixels/,
  ]),
  [
    'a small file that claims 16384 × 16384',
    picture('bomb.png', pngOf(16384, 16384, deflateSync(Buffer.alloc(1000)))),
    /16384 × 16384.*64 megapixels/,
  ],
  [
    'a GIF that claims 65535 × 65535',
    {
      name: 'bomb.gif',
      mimeType: 'image/gif',
      buffer: latin('GIF89a\xff\xff\xff\xff\x00\x00\x00,\0\0\0\0\xff\xff\xff\xff\0;'),
    },
    /65535 × 65535/,
  ],
  ['a JPEG of its first bytes only', jpg(latin('\xff\xd8\xff\xe0\x00\x10JFIF\0')), /JPEG/],
  [
    'a GIF without a frame',
    { name: 'a.gif', mimeType: 'image/gif', buffer: latin('GIF89a\x05\0\x05\0\0\0\0;') },
    /GIF/,
  ],
  [
    'a WebP cut after its name',
    { name: 'a.webp', mimeType: 'image/webp', buffer: latin('RIFF\x20\0\0\0WEBP') },
    /WEBP|WebP/i,
  ],
  ...['progressive.jpg', 'lossless.webp', 'still.avif', 'grey16.png'].map((name): [string, PictureFile, RegExp] => [
    `half of ${name}`,
    picture(name, fixture(name).subarray(0, Math.floor(fixture(name).length / 2))),
    /could not decode|damaged header/,
  ]),
  ['a PDF renamed .jpg', jpg(latin('%PDF-1.7\n%\xe2\xe3\xcf\xd3')), /PDF/],
  ['a ZIP renamed .jpg', jpg(latin('PK\x03\x04\x14\0\0\0\x08\0')), /ZIP/],
  [
    'a HEIC from a phone',
    { name: 'a.heic', mimeType: 'image/heic', buffer: latin('\0\0\0\x18ftypheic\0\0\0\0mif1heic') },
    /HEIC/,
  ],
  ['a TIFF', { name: 'a.tif', mimeType: 'image/tiff', buffer: latin('II*\0\x08\0\0\0\0\0') }, /TIFF/],
  ['a film', { name: 'a.mp4', mimeType: 'video/mp4', buffer: latin('\0\0\0\x18ftypisom\0\0\0\0isommp42') }, /video/],
  ['a Photoshop document', picture('a.png', latin('8BPS\0\x01\0\0\0\0\0\0')), /Photoshop/],
]

test('each hostile file is refused in plain words, and photo, maps and classes stay', async ({ vision }) => {
  await vision.open()
  const before = {
    classes: await vision.probabilities(),
    overlay: await vision.overlay(),
    state: await vision.state(),
    forwards: await vision.forwards(),
    alt: await vision.photo.getByRole('img').getAttribute('aria-label'),
  }
  for (const [what, file, says] of HOSTILE) {
    await test.step(what, async () => {
      await vision.drop(file)
      await expect(vision.banner, what).toBeVisible()
      const words = (await vision.banner.textContent()) ?? ''
      expect(words, what).toMatch(says)
      expect(words, what).toMatch(/picture|photo|image/i)
      expect(words, what).not.toMatch(/undefined|\[object|Error:|NaN/)
      expect(await vision.probabilities(), what).toEqual(before.classes)
      expect(await vision.overlay(), what).toEqual(before.overlay)
      expect(await vision.state(), what).toEqual(before.state)
      expect(await vision.photo.getByRole('img').getAttribute('aria-label'), what).toBe(before.alt)
      expect(await vision.forwards(), what).toBe(before.forwards)
      await vision.banner.getByRole('button', { name: 'Dismiss' }).click()
      await expect(vision.banner).toHaveCount(0)
    })
  }
  await vision.rerun(() => vision.drop(pngFile('good.png', 40, 30, (x, y) => [x * 6, y * 8, 90])))
  await expect.poll(() => vision.probabilities()).not.toEqual(before.classes)
})

/** A file that ends after it has said how large its picture is. */
function claiming(format: 'png' | 'jpeg' | 'gif' | 'webp' | 'bmp', side: number): Buffer {
  const [short, long] = [Buffer.alloc(2), Buffer.alloc(4)]
  short.writeUInt16LE(side)
  long.writeUInt32LE(side)
  const less = Buffer.alloc(4)
  less.writeUInt32LE(side - 1)
  const big = Buffer.from(short).swap16()
  switch (format) {
    case 'png':
      return pngOf(side, side, deflateSync(Buffer.alloc(1000)))
    case 'jpeg':
      return Buffer.concat([latin('\xff\xd8\xff\xc0\0\x11\x08'), big, big, latin('\x03xxxxxxxxx\xff\xd9')])
    case 'gif':
      return Buffer.concat([latin('GIF89a'), short, short, latin('\0\0\0,\0\0\0\0'), short, short, latin('\0;')])
    case 'webp': {
      const sides = Buffer.concat([less.subarray(0, 3), less.subarray(0, 3)])
      return Buffer.concat([latin('RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0'), sides])
    }
    case 'bmp':
      return Buffer.concat([latin('BM\x64\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0'), long, long, latin('\x01\0\x18\0')])
  }
}

const RED: Rgb = [200, 30, 30]
const GREEN: Rgb = [30, 160, 30]
const BLUE: Rgb = [30, 30, 200]
const YELLOW: Rgb = [210, 200, 40]
const QUARTERS = [RED, GREEN, BLUE, YELLOW]
const quarters =
  (width: number, height: number): Paint =>
  (x, y) =>
    QUARTERS[2 * Number(y >= height / 2) + Number(x >= width / 2)] as Rgb
const grey = ([red, green, blue]: Rgb): Rgb => {
  const value = Math.round(0.299 * red + 0.587 * green + 0.114 * blue)
  return [value, value, value]
}

/** Files of e2e/fixtures with the quarters they show; animated ones are black after their first frame. */
const ODD: [file: string, shows: Rgb[], within: number][] = [
  ['animated.gif', QUARTERS, 4],
  ['animated.webp', QUARTERS, 4],
  ['animated.png', QUARTERS, 4],
  ['lossless.webp', QUARTERS, 4],
  ['still.avif', QUARTERS, 16],
  ['plain.bmp', QUARTERS, 4],
  ['palette.png', QUARTERS, 4],
  ['progressive.jpg', QUARTERS, 12],
  // Inks without a colour profile: near enough to tell the quarters apart.
  ['cmyk.jpg', QUARTERS, 60],
  // What lies under a transparent place: here nothing, which is black, as Pillow's convert("RGB") has it.
  ['alpha.png', [RED, GREEN, BLUE, [0, 0, 0]], 4],
  ['grey.png', QUARTERS.map(grey), 4],
  ['grey.jpg', QUARTERS.map(grey), 8],
  ['grey16.png', QUARTERS.map(grey), 4],
  // The file's own numbers, whatever profile it carries: this one swaps red and green.
  ['profile.png', QUARTERS, 4],
  ['profile.jpg', QUARTERS, 12],
]

test('pictures of odd formats are shown as they are', async ({ vision }) => {
  await openBare(vision)
  for (const [name, shows, within] of ODD) {
    await test.step(name, async () => {
      const buffer = fixture(name)
      await vision.rerun(() => vision.drop({ name, mimeType: '', buffer }))
      await expectQuarters(vision, shows, within)
    })
  }
})

test('pictures of odd shapes, and 16 bits a colour, are shown as they are', async ({ vision }) => {
  await openBare(vision)
  const deep = Buffer.alloc(8 * (1 + 8 * 6))
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 8; x++) {
      for (const [c, value] of quarters(8, 8)(x, y).entries())
        deep.writeUInt16BE(value * 257, y * 49 + 1 + x * 6 + c * 2)
    }
  }
  await vision.rerun(() => vision.drop(picture('deep.png', pngOf(8, 8, deflateSync(deep), 16))))
  await expectQuarters(vision, QUARTERS, 4)
  for (const [width, height] of [
    [300, 100],
    [100, 300],
    [2000, 2],
    [2, 2],
  ] as const) {
    await test.step(`${width} × ${height}`, async () => {
      await vision.rerun(() => vision.drop(pngFile('odd.png', width, height, quarters(width, height))))
      await expectQuarters(vision, QUARTERS, 12)
    })
  }
  for (const [width, height] of [
    [1, 1],
    [1, 10000],
  ] as const) {
    await test.step(`${width} × ${height}`, async () => {
      await vision.rerun(() => vision.drop(pngFile('thin.png', width, height, () => GREEN)))
      await expectQuarters(vision, [GREEN, GREEN, GREEN, GREEN], 4)
    })
  }
})

test('a picture is read for what it is, whatever its name says', async ({ vision }) => {
  await openBare(vision)
  for (const [file, name, mimeType] of [
    ['progressive.jpg', 'photo.gif', 'image/gif'],
    ['plain.bmp', 'photo.jpeg', 'image/jpeg'],
    ['still.avif', 'photo', ''],
  ] as const) {
    await test.step(`${file} as ${name}`, async () => {
      const buffer = fixture(file)
      await vision.rerun(() => vision.drop({ name, mimeType, buffer }))
      await expectQuarters(vision, QUARTERS, 16)
    })
  }
})

/** Where the quarters of the stored picture stand upright, by EXIF orientation (Exif 2.3, table 4.6.4). */
const UPRIGHT: Record<number, [number, number, number, number]> = {
  1: [0, 1, 2, 3],
  2: [1, 0, 3, 2],
  3: [3, 2, 1, 0],
  4: [2, 3, 0, 1],
  5: [0, 2, 1, 3],
  6: [2, 0, 3, 1],
  7: [3, 1, 2, 0],
  8: [1, 3, 0, 2],
}

test('a photo stands upright however the camera was held', async ({ page, vision }) => {
  await openBare(vision)
  const stored = await jpeg(page, 64, 48, quarters(64, 48))
  for (const [orientation, places] of Object.entries(UPRIGHT)) {
    await test.step(`orientation ${orientation}`, async () => {
      await vision.rerun(() => vision.drop(jpg(withOrientation(stored, Number(orientation)))))
      await expectQuarters(
        vision,
        places.map((place) => QUARTERS[place] as Rgb),
        12,
      )
    })
  }
})

/** The lab with the bare picture on the stage, as the model sees it. */
async function openBare(vision: VisionPage): Promise<void> {
  await vision.open()
  await vision.setState({ look: { layer: 0, head: 'mean', sight: 'seen', overlay: { opacity: 0 } } })
}

/** The middle of each quarter of the photo on screen. */
async function expectQuarters(vision: VisionPage, expected: readonly Rgb[], within: number): Promise<void> {
  const far = async () => {
    const shown = await vision.photo.locator('canvas').evaluate((element) => {
      const canvas = element as HTMLCanvasElement
      const copy = new OffscreenCanvas(canvas.width, canvas.height)
      const context = copy.getContext('2d', { willReadFrequently: true })
      context?.drawImage(canvas, 0, 0)
      // Beside the grid's lines: the middle of a patch, far enough from the other quarters.
      const at = (part: number, size: number) => Math.round(((part === 0 ? 1.5 : 6.5) / 8) * size)
      return [0, 1, 2, 3].map((quarter) => {
        const x = at(quarter % 2, canvas.width)
        const y = at(Math.floor(quarter / 2), canvas.height)
        return Array.from(context?.getImageData(x, y, 1, 1).data ?? []).slice(0, 3)
      })
    })
    return Math.max(...shown.flatMap((rgb, q) => rgb.map((value, c) => Math.abs(value - (expected[q]?.[c] ?? 0)))))
  }
  await expect.poll(far).toBeLessThanOrEqual(within)
  await expect(vision.banner).toHaveCount(0)
}

function picture(name: string, buffer: Buffer): PictureFile {
  return { name, mimeType: 'image/png', buffer }
}

function jpg(buffer: Buffer): PictureFile {
  return { name: 'photo.jpg', mimeType: 'image/jpeg', buffer }
}

/** The file with the bits of one byte turned over. */
function flipped(file: Buffer, at: number): Buffer {
  const copy = Buffer.from(file)
  copy[at] = (copy[at] as number) ^ 0xff
  return copy
}
