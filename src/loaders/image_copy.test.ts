import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { toBase64Url } from '../core/base64url.ts'
import { copyForLink, readCopy, type WritePicture } from './image_copy.ts'
import type { Picture } from './image_resize.ts'

const grey = (width: number, height: number): Picture => ({
  width,
  height,
  data: new Uint8ClampedArray(width * height * 4).fill(128),
})

/** A PNG as far as its header is read: the signature, IHDR, where IDAT begins. */
function pngHeader(width: number, height: number, length = 64): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  const view = new DataView(bytes.buffer)
  view.setUint32(16, width)
  view.setUint32(20, height)
  bytes.set([8, 2], 24)
  bytes.set([0, 0, 0, 1, 0x49, 0x44, 0x41, 0x54], 33)
  return bytes
}

/** A browser whose files take so many bytes a pixel; what it was asked for is noted. */
function browser(bytesAPixel: Record<string, number>) {
  const asked: [type: string, width: number, height: number, quality?: number][] = []
  const write: WritePicture = async ({ width, height }, type, quality = 1) => {
    asked.push([type, width, height, quality])
    const known = type in bytesAPixel ? type : 'image/png'
    return new Blob([new Uint8Array(width * height * quality * (bytesAPixel[known] ?? 3))], { type: known })
  }
  return { asked, write }
}

test('a photo of few pixels is copied as it is', async () => {
  const { asked, write } = browser({ 'image/png': 1, 'image/webp': 0.1 })
  expect(await copyForLink(grey(32, 32), write)).toBe(toBase64Url(new Uint8Array(1024)))
  expect(asked).toEqual([['image/png', 32, 32, 1]])
})

test('a larger one is the largest that six kilobytes hold, in its own proportions', async () => {
  const { asked, write } = browser({ 'image/webp': 0.2 })
  const copy = (await copyForLink(grey(1200, 600), write)) as string
  expect(asked.map(([, width, height]) => `${width}x${height}`)).toEqual(['320x160', '320x160', '256x128'])
  expect((copy.length * 3) / 4).toBeLessThanOrEqual(6000)
})

test('where a browser writes no WebP, JPEG is asked for', async () => {
  const { asked, write } = browser({ 'image/jpeg': 0.01 })
  expect(await copyForLink(grey(300, 300), write)).not.toBeNull()
  expect(asked.map(([type]) => type)).toEqual(['image/webp', 'image/jpeg'])
})

test('where nothing is small enough there is no copy', async () => {
  const { asked, write } = browser({ 'image/webp': 20 })
  expect(await copyForLink(grey(500, 400), write)).toBeNull()
  expect(asked.at(-1)?.slice(1, 3)).toEqual([32, 26])
})

test('a copy of ours is read', () => {
  expect(new Uint8Array(readCopy(toBase64Url(pngHeader(32, 24))))).toEqual(pngHeader(32, 24))
})

test.each([
  ['no base64url', '!!!', /no base64url/],
  ['more bytes than a copy has', toBase64Url(pngHeader(32, 32, 6001)), /6001 bytes/],
  ['huge dimensions', toBase64Url(pngHeader(60_000, 1000)), /60000 × 1000/],
  ['another format', toBase64Url(readFileSync('e2e/fixtures/plain.bmp')), /^bmp$/],
])('%s is refused with what was found', (_, copy, found) => {
  expect(() => readCopy(copy)).toThrowError(
    expect.objectContaining({ code: 'image', found: expect.stringMatching(found) }),
  )
})

test.each([
  ['a web page', '<!doctype html><html><body>hello</body></html>'],
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"></svg>'],
  ['nothing', ''],
])('%s is no picture', (_, text) => {
  expect(() => readCopy(toBase64Url(new TextEncoder().encode(text)))).toThrowError(
    expect.objectContaining({ code: 'image', message: expect.stringContaining('not a picture') }),
  )
})
