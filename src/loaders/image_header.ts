/**
 * What a picture file says about itself, read before anything is decoded: a file of 32 KB can unpack to a gigabyte, and
 * an SVG can reach out to other servers.
 */

import { ClsroomError } from '../core/errors.ts'
import { readAvif } from './image_formats/avif.ts'
import { readBmp } from './image_formats/bmp.ts'
import { ByteReader } from './image_formats/byte_reader.ts'
import { readGif } from './image_formats/gif.ts'
import type { ImageSize } from './image_formats/image_size.ts'
import { readJpeg } from './image_formats/jpeg.ts'
import { readPng } from './image_formats/png.ts'
import { whatItLooksLike } from './image_formats/sniff.ts'
import { readWebp } from './image_formats/webp.ts'

export interface ImageHeader extends ImageSize {
  format: ImageFormat
}

const READERS = { png: readPng, jpeg: readJpeg, gif: readGif, webp: readWebp, bmp: readBmp, avif: readAvif }
export type ImageFormat = keyof typeof READERS

/** Decoded, 64 megapixels take 256 MB. */
const MAX_PIXELS = 64_000_000

/** @throws ClsroomError `image` for other kinds of files, damaged headers, and pictures of no or too many pixels */
export function readImageHeader(bytes: ArrayBuffer): ImageHeader {
  const looks = whatItLooksLike(new Uint8Array(bytes))
  if (!isFormat(looks)) {
    throw new ClsroomError('image', 'This is not a picture CLSroom can show', {
      found: looks,
      expected: 'PNG, JPEG, WebP, AVIF, GIF or BMP',
      advice: 'Save or export it as PNG or JPEG',
    })
  }
  const size = READERS[looks](new ByteReader(bytes, looks))
  const { width, height } = size
  if (width === 0 || height === 0) {
    throw new ClsroomError('image', 'This picture has no pixels', { found: `${width} × ${height}` })
  }
  if (width * height > MAX_PIXELS) {
    throw new ClsroomError('image', 'This picture is too large', {
      found: `${width} × ${height}, ${Math.round((width * height) / 1e6)} megapixels`,
      expected: `at most ${MAX_PIXELS / 1e6} megapixels`,
      advice: 'Make it smaller first; the models look at a few hundred pixels a side',
    })
  }
  return { format: looks, ...size }
}

function isFormat(looks: string): looks is ImageFormat {
  return Object.hasOwn(READERS, looks)
}
