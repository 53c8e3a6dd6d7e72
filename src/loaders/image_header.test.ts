import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ClsroomError } from '../core/errors.ts'
import { orderOfGrowth } from '../core/testing/time.ts'
import { readImageHeader } from './image_header.ts'

type Part = string | number[] | Uint8Array

/** Bytes of texts (as Latin-1) and numbers, one after the other. */
function bytes(...parts: Part[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? Array.from(part, (c) => c.charCodeAt(0)) : [...part])),
  )
}
const be = (value: number, count: number) =>
  Array.from({ length: count }, (_, i) => (value / 256 ** (count - 1 - i)) & 255)
const le = (value: number, count: number) => be(value, count).reverse()

const chunk = (type: string, ...data: Part[]) => {
  const body = bytes(...data)
  return bytes(be(body.length, 4), type, body, [0, 0, 0, 0])
}
const exif = (orientation: number) =>
  bytes('II*\0', le(8, 4), le(1, 2), le(0x112, 2), le(3, 2), le(1, 4), le(orientation, 4), le(0, 4))
const exifMM = (orientation: number) =>
  bytes('MM\0*', be(8, 4), be(1, 2), be(0x112, 2), be(3, 2), be(1, 4), be(orientation, 2), [0, 0], be(0, 4))

const PNG = '\x89PNG\r\n\x1a\n'
const ihdr = (width: number, height: number, depth = 8) =>
  chunk('IHDR', be(width, 4), be(height, 4), [depth, 6, 0, 0, 0])
const png = (...chunks: Part[]) => bytes(PNG, ...chunks, chunk('IDAT', 'x'), chunk('IEND'))

const segment = (marker: number, ...data: Part[]) => bytes([0xff, marker], be(bytes(...data).length + 2, 2), ...data)
const sof = (width: number, height: number, marker = 0xc0) =>
  segment(marker, [8], be(height, 2), be(width, 2), [3], 'xxxxxxxxx')
const jpeg = (...segments: Part[]) => bytes([0xff, 0xd8], ...segments, [0xff, 0xda])

const frame = (width: number, height: number) =>
  bytes(',', le(0, 4), le(width, 2), le(height, 2), [0x80], 'rgbrgb', [2, 1, 0x44, 0])
const gif = (width: number, height: number, ...blocks: Part[]) =>
  bytes('GIF89a', le(width, 2), le(height, 2), [0xf0, 0, 0], 'rgbrgb', ...blocks, ';')

const webp = (...chunks: Part[]) => bytes('RIFF', le(bytes(...chunks).length + 4, 4), 'WEBP', ...chunks)
const riff = (type: string, ...data: Part[]) => {
  const body = bytes(...data)
  return bytes(type, le(body.length, 4), body, body.length % 2 ? [0] : [])
}
const vp8x = (width: number, height: number, flags: number) =>
  riff('VP8X', [flags, 0, 0, 0], le(width - 1, 3), le(height - 1, 3))

const bmp = (...header: Part[]) => bytes('BM', le(100, 4), [0, 0, 0, 0], le(54, 4), ...header)

const box = (type: string, ...data: Part[]) => bytes(be(bytes(...data).length + 8, 4), type, ...data)
const ispe = (width: number, height: number) => box('ispe', be(0, 4), be(width, 4), be(height, 4))
const avif = (brand: string, ...properties: Part[]) =>
  bytes(box('ftyp', brand, be(0, 4), 'mif1'), box('meta', be(0, 4), box('iprp', box('ipco', ...properties))))

/** `part` over and over, `size` bytes of it. */
const repeated = (size: number, part: number[]) =>
  Uint8Array.from({ length: Math.floor(size / part.length) * part.length }, (_, i) => part[i % part.length] as number)

const good: Record<string, [Uint8Array<ArrayBuffer>, object]> = {
  png: [png(ihdr(30, 20)), { format: 'png', width: 30, height: 20, orientation: 1, animated: false, bitDepth: 8 }],
  '16-bit PNG with EXIF': [png(ihdr(3, 2, 16), chunk('eXIf', exif(6))), { orientation: 6, bitDepth: 16 }],
  'animated PNG': [png(ihdr(3, 2), chunk('acTL', be(2, 4), be(0, 4))), { animated: true }],
  jpeg: [
    jpeg(segment(0xe0, 'JFIF\0'), sof(30, 20)),
    { format: 'jpeg', width: 30, height: 20, orientation: 1, bitDepth: 8 },
  ],
  'progressive JPEG with EXIF and a table': [
    jpeg(segment(0xe1, 'Exif\0\0', exifMM(8)), segment(0xc4, 'x'), [0xff], sof(30, 20, 0xc2)),
    { width: 30, height: 20, orientation: 8 },
  ],
  'JPEG with damaged EXIF': [jpeg(segment(0xe1, 'Exif\0\0', 'II*\0\xff\xff\xff\xff'), sof(3, 2)), { orientation: 1 }],
  'JPEG with orientation 9': [jpeg(segment(0xe1, 'Exif\0\0', exif(9)), sof(3, 2)), { orientation: 1 }],
  gif: [gif(30, 20, frame(30, 20)), { format: 'gif', width: 30, height: 20, animated: false, bitDepth: 8 }],
  'animated GIF': [gif(3, 2, '!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0', frame(3, 2), frame(3, 2)), { animated: true }],
  'GIF with a frame larger than its screen': [gif(1, 1, frame(9, 8)), { width: 9, height: 8 }],
  'lossy WebP': [
    webp(riff('VP8 ', [0, 0, 0, 0x9d, 1, 0x2a], le(30, 2), le(20, 2))),
    { format: 'webp', width: 30, height: 20 },
  ],
  'lossless WebP': [webp(riff('VP8L', [0x2f], le(29 + 19 * 2 ** 14, 4))), { width: 30, height: 20 }],
  'animated WebP with EXIF': [
    webp(vp8x(30, 20, 0x0a), riff('ANIM', 'xxxxx'), riff('EXIF', exif(3))),
    { width: 30, height: 20, animated: true, orientation: 3 },
  ],
  bmp: [
    bmp(le(40, 4), le(30, 4), le(2 ** 32 - 20, 4), le(1, 2), le(24, 2)),
    { format: 'bmp', width: 30, height: 20, bitDepth: 8 },
  ],
  'old BMP': [bmp(le(12, 4), le(30, 2), le(20, 2), le(1, 2), le(1, 2)), { width: 30, height: 20 }],
  avif: [
    avif('avif', ispe(3, 2), ispe(30, 20), box('av1C', [0x81, 0, 0x40, 0]), box('irot', [1])),
    { format: 'avif', width: 30, height: 20, bitDepth: 10, orientation: 8, animated: false },
  ],
  'animated AVIF': [avif('avis', ispe(3, 2)), { animated: true }],
}

function refusal(file: Uint8Array<ArrayBuffer>): string {
  try {
    return JSON.stringify(readImageHeader(file.slice().buffer))
  } catch (error) {
    if (error instanceof ClsroomError && error.code === 'image') return error.message
    throw error
  }
}

describe('readImageHeader', () => {
  it.each(Object.entries(good))('reads a %s', (_, [file, expected]) => {
    expect(readImageHeader(file.buffer)).toMatchObject(expected)
  })

  it.each<[string, Uint8Array<ArrayBuffer>, RegExp]>([
    ['nothing', bytes(), /found an empty file/],
    ['text', bytes('dear diary,\n'), /found text/],
    ['text in UTF-8', new TextEncoder().encode('größer ✓'), /found text/],
    ['text in UTF-16', bytes([0xff, 0xfe], 'h\0i\0'), /found text/],
    ['SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg"/>'), /found SVG/],
    ['SVG after a prologue', bytes('<?xml version="1.0"?><!-- a drawing -->\n<svg width="1">'), /found SVG/],
    ['a web page', bytes('<!DOCTYPE html><html>'), /found a web page/],
    ['XML', bytes('<?xml version="1.0"?><a/>'), /found XML/],
    ['PDF', bytes('%PDF-1.7\n'), /found PDF/],
    ['ZIP', bytes('PK\x03\x04xxxx'), /found ZIP/],
    ['gzip', bytes('\x1f\x8b\x08'), /found gzip/],
    ['HEIC', bytes(box('ftyp', 'heic', be(0, 4), 'mif1heic')), /found HEIC \(not decoded by browsers\)/],
    ['MP4', bytes(box('ftyp', 'isom', be(0, 4), 'mp42')), /found a video/],
    ['TIFF', bytes('II*\0\x08\0\0\0'), /found TIFF/],
    ['JPEG XL', bytes('\xff\x0a\0\0'), /found JPEG XL/],
    ['an icon', bytes('\0\0\x01\0\x01\0'), /found a Windows icon/],
    ['weights', bytes([9, 0, 0, 0, 0, 0, 0, 0], '{"a":{}}'), /found safetensors weights/],
    ['noise', bytes([0xfe, 0x01, 0x02, 0x80]), /found an unknown kind of file/],
    ['only a PNG signature', bytes(PNG), /damaged header: found the end of the file/],
    ['a PNG that begins elsewhere', bytes(PNG, chunk('IDAT', 'x'.repeat(30))), /found the chunk "IDAT" first/],
    ['a PNG without pixels', bytes(PNG, ihdr(3, 2), chunk('IEND')), /no chunk with pixels/],
    ['a PNG of 3 bits', png(ihdr(3, 2, 3)), /found 3 bits/],
    ['a PNG of no width', png(ihdr(0, 2)), /no pixels: found 0 × 2/],
    ['a PNG bomb', png(ihdr(16384, 16384)), /too large: found 16384 × 16384, 268 megapixels; expected at most 64/],
    ['a PNG of 2^32 squared', png(ihdr(2 ** 32 - 1, 2 ** 32 - 1)), /too large/],
    ['a JPEG that ends', bytes([0xff, 0xd8, 0xff, 0xe0, 0, 9]), /end of the file/],
    ['a JPEG of only fill bytes', bytes([0xff, 0xd8, ...new Array(1000).fill(0xff)]), /end of the file/],
    ['a JPEG without a frame', jpeg(segment(0xe0, 'JFIF\0')), /found the pixels; expected a frame header/],
    ['a JPEG with an empty segment', bytes([0xff, 0xd8, 0xff, 0xe0, 0, 0]), /found a segment of 0 bytes/],
    ['a JPEG with rubbish', bytes([0xff, 0xd8, 0xff, 0xe0, 0, 2, 7, 7]), /found byte 7 at 6/],
    ['a JPEG of no height', jpeg(sof(3, 0)), /no pixels/],
    ['a GIF without frames', gif(3, 2), /found no frame/],
    ['a GIF of nothing', gif(0, 0, frame(0, 0)), /no pixels/],
    ['a GIF bomb', gif(65535, 65535, frame(1, 1)), /too large/],
    ['a WebP of an unknown kind', webp(riff('VP9 ', 'x')), /found the chunk "VP9 " first/],
    ['a WebP that ends', bytes('RIFF', le(4, 4), 'WEBP'), /end of the file/],
    ['a WebP with a wrong start code', webp(riff('VP8 ', 'xxxxxxxxxx')), /start code/],
    ['a WebP bomb', webp(vp8x(16384, 16384, 0)), /too large/],
    ['a BMP with a strange header', bmp(le(13, 4), le(0, 20)), /found a header of 13 bytes/],
    ['a BMP of negative width', bmp(le(40, 4), le(2 ** 32 - 1, 4), le(1, 4), le(1, 2), le(24, 2)), /width of -1/],
    ['a BMP of 7 bits', bmp(le(40, 4), le(1, 4), le(1, 4), le(1, 2), le(7, 2)), /found 7 bits per pixel/],
    ['an AVIF without a size', avif('avif', box('irot', [1])), /found no size/],
    ['an AVIF without boxes', bytes(box('ftyp', 'avif', be(0, 4))), /found no meta box/],
    ['an AVIF with an endless box', bytes(box('ftyp', 'avif', be(0, 4)), be(4, 4), 'meta'), /found a box of 4 bytes/],
    ['an AVIF bomb', avif('avif', ispe(2 ** 31, 2 ** 31)), /too large/],
  ])('refuses %s', (_, file, message) => {
    expect(refusal(file)).toMatch(message)
  })

  it.each<[string, Uint8Array<ArrayBuffer>]>([
    ['PNG', png(ihdr(60_000, 60_000))],
    ['JPEG', jpeg(sof(60_000, 60_000))],
    ['GIF', gif(60_000, 60_000, frame(1, 1))],
    ['GIF, by its frame,', gif(1, 1, frame(60_000, 60_000))],
    ['WebP', webp(vp8x(60_000, 60_000, 0))],
    ['BMP', bmp(le(40, 4), le(60_000, 4), le(60_000, 4), le(1, 2), le(24, 2))],
    ['old BMP', bmp(le(12, 4), le(60_000, 2), le(60_000, 2), le(1, 2), le(24, 2))],
    ['AVIF', avif('avif', ispe(60_000, 60_000))],
  ])('refuses a small %s that claims 60,000 × 60,000', (_, file) => {
    expect(refusal(file)).toMatch(/too large: found 60000 × 60000, 3600 megapixels; expected at most 64 megapixels/)
  })

  it('throws nothing but ClsroomError, and soon, whatever is cut off, changed, repeated or put in', () => {
    const files = Object.values(good).map(([file]) => file)
    const place = fc.nat(200)
    // Lengths and counts that lead nowhere, or back.
    const word = fc.constantFrom(
      [0, 0, 0, 0],
      [0xff, 0xff, 0xff, 0xff],
      [0x80, 0, 0, 0],
      [0, 0, 0, 1],
      [1, 0, 0, 0],
      [0x7f, 0xff],
    )
    const change = fc.oneof(
      fc.record({ at: place, cut: fc.constant(1), put: fc.array(fc.nat(255), { minLength: 1, maxLength: 1 }) }),
      fc.record({ at: place, cut: fc.constantFrom(0, 2, 4), put: word }),
      fc.record({ at: place, cut: fc.nat(20), put: fc.constant([]) }),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.option(fc.nat(300), { nil: undefined }),
        fc.array(change, { maxLength: 4 }),
        fc.nat(3),
        (file, length, changes, repeats) => {
          let damaged = [...file].slice(0, length)
          for (const { at, cut, put } of changes) damaged.splice(at, cut, ...put)
          for (let i = 0; i < repeats; i++) damaged = [...damaged, ...damaged.slice(8)]
          refusal(Uint8Array.from(damaged))
        },
      ),
      { numRuns: 10_000 },
    )
  })

  it.each<[string, (size: number) => Uint8Array<ArrayBuffer>]>([
    ['JPEG of fill bytes', (size) => bytes([0xff, 0xd8], repeated(size, [0xff]))],
    ['JPEG of comments', (size) => bytes([0xff, 0xd8], repeated(size, [0xff, 0xfe, 0, 2]))],
    ['PNG of empty chunks', (size) => bytes(PNG, ihdr(3, 2), repeated(size, [...chunk('tEXt')]))],
    ['PNG of orientations', (size) => bytes(PNG, ihdr(3, 2), repeated(size, [...chunk('eXIf', exif(6))]))],
    [
      'GIF of empty extensions',
      (size) => bytes('GIF89a', le(3, 2), le(2, 2), [0, 0, 0], repeated(size, [0x21, 0xfe, 0])),
    ],
    [
      'GIF of blocks of one byte',
      (size) => bytes('GIF89a', le(3, 2), le(2, 2), [0, 0, 0], [0x21, 0xfe], repeated(size, [1, 7])),
    ],
    [
      'WebP of empty chunks',
      (size) => bytes('RIFF', le(9, 4), 'WEBP', vp8x(3, 2, 0), repeated(size, [...riff('XMP ')])),
    ],
    ['AVIF of empty boxes', (size) => avif('avif', repeated(size, [...box('free')]))],
  ])('reads a %s once from end to end, or refuses it', (_, fileOf) => {
    const order = orderOfGrowth(1_000_000, (size) => {
      const file = fileOf(size)
      return () => refusal(file)
    })
    expect(order).toBeLessThan(1.75)
  })
})
