/**
 * The copy of a photo that goes into a link: as large as a few kilobytes hold. A photo of few pixels is copied exactly (PNG), any
 * other one smaller and lossily (WebP, or JPEG where a browser writes none). Nothing of the file but its pixels is in it.
 */

import { fromBase64Url, toBase64Url } from '../core/base64url.ts'
import { ClsroomError } from '../core/errors.ts'
import { readImageHeader } from './image_header.ts'
import { type Picture, resize } from './image_resize.ts'

/** In base64url 8,000 characters: an address of that length is still passed on whole by browsers and most mail. */
const MAX_BYTES = 6000
/** Longest sides that are tried, largest first: models read 32 to 224 pixels. */
const MAX_SIDE = 320
const SIDES = [256, 192, 128, 96, 64, 48, 32]
const QUALITIES = [0.8, 0.6]
/** A picture of more pixels does not fit as PNG, unless it is one plain surface. */
const MAX_EXACT_PIXELS = 96 * 96
const FORMATS: readonly string[] = ['png', 'webp', 'jpeg']

/** @returns what the browser wrote: of another type than asked for where it cannot write that one */
export type WritePicture = (picture: Picture, type: string, quality?: number) => Promise<Blob>

/** @returns null where none is small enough */
export async function copyForLink(picture: Picture, write: WritePicture = writePicture): Promise<string | null> {
  for (const blob of copies(picture, write)) {
    const bytes = await (await blob).arrayBuffer()
    if (bytes.byteLength <= MAX_BYTES) return toBase64Url(new Uint8Array(bytes))
  }
  return null
}

/** Ever smaller ones. */
function* copies(picture: Picture, write: WritePicture): Generator<Promise<Blob>> {
  const { width, height } = picture
  if (width * height <= MAX_EXACT_PIXELS) yield write(picture, 'image/png')
  const longest = Math.max(width, height)
  const largest = Math.min(longest, MAX_SIDE)
  for (const side of [largest, ...SIDES.filter((one) => one < largest)]) {
    const sized = (length: number) => Math.max(1, Math.round((length * side) / longest))
    const small = resize(picture, sized(width), sized(height), 'bilinear')
    for (const quality of QUALITIES) yield lossy(small, quality, write)
  }
}

async function lossy(picture: Picture, quality: number, write: WritePicture): Promise<Blob> {
  const webp = await write(picture, 'image/webp', quality)
  return webp.type === 'image/webp' ? webp : write(picture, 'image/jpeg', quality)
}

/**
 * The file that `copyForLink` made. Links come from anywhere: what cannot be such a copy is not decoded.
 * @throws ClsroomError `image`
 */
export function readCopy(copy: string): ArrayBuffer {
  const bytes = bytesOf(copy)
  if (bytes.byteLength > MAX_BYTES) throw notOurs(`${bytes.byteLength} bytes`)
  const { format, width, height } = readImageHeader(bytes)
  if (!FORMATS.includes(format)) throw notOurs(format)
  if (Math.max(width, height) > MAX_SIDE) throw notOurs(`${width} × ${height}`)
  return bytes
}

function bytesOf(copy: string): ArrayBuffer {
  try {
    return fromBase64Url(copy).buffer
  } catch (cause) {
    throw notOurs('no base64url', cause)
  }
}

function notOurs(found: string, cause?: unknown): ClsroomError {
  return new ClsroomError('image', 'The photo in this link is not one that CLSroom puts into links', {
    found,
    expected: `a PNG, WebP or JPEG of at most ${MAX_BYTES} bytes and ${MAX_SIDE} pixels a side`,
    advice: 'A sample is shown instead; ask for the photo and choose it here',
    cause,
  })
}

async function writePicture({ width, height, data }: Picture, type: string, quality?: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no 2D canvas')
  context.putImageData(new ImageData(data, width, height), 0, 0)
  return canvas.convertToBlob({ type, quality })
}
