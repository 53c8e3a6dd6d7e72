/** Image files to pixels, by the browser's own decoders, after the header has been checked. For a page or a worker. */

import { ClsroomError } from '../core/errors.ts'
import { readImageHeader } from './image_header.ts'
import type { Picture } from './image_resize.ts'

/** The longest side of a decoded picture: enough for a projector, and for every model's patch grid. */
const MAX_SIDE = 2048
const TIMEOUT_MS = 20_000

/**
 * Decodes the first frame upright (EXIF orientation applied), on white where it is transparent.
 * Colours are the file's own numbers, without colour management, as Pillow gives them to the models.
 * @throws ClsroomError `image`
 */
export async function decodeImage(bytes: ArrayBuffer): Promise<Picture> {
  const { format } = readImageHeader(bytes)
  const bitmap = await decoded(new Blob([bytes], { type: `image/${format}` }), format)
  try {
    const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height))
    const width = Math.max(1, Math.round(bitmap.width * scale))
    const height = Math.max(1, Math.round(bitmap.height * scale))
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
    if (!context) throw new Error('no 2D canvas')
    context.fillStyle = 'white'
    context.fillRect(0, 0, width, height)
    context.imageSmoothingQuality = 'high'
    context.drawImage(bitmap, 0, 0, width, height)
    return { width, height, data: context.getImageData(0, 0, width, height).data as Picture['data'] }
  } catch (cause) {
    throw undecodable(format, cause)
  } finally {
    bitmap.close()
  }
}

async function decoded(blob: Blob, format: string): Promise<ImageBitmap> {
  const bitmap = createImageBitmap(blob, {
    imageOrientation: 'from-image',
    premultiplyAlpha: 'none',
    colorSpaceConversion: 'none',
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no picture after ${TIMEOUT_MS / 1000} s`)), TIMEOUT_MS)
  })
  try {
    return await Promise.race([bitmap, late])
  } catch (cause) {
    // One that arrives too late would hold its memory until the garbage collector comes.
    bitmap.then((unused) => unused.close()).catch(() => {})
    throw undecodable(format, cause)
  } finally {
    clearTimeout(timer)
  }
}

function undecodable(format: string, cause: unknown): ClsroomError {
  return new ClsroomError('image', `The browser could not decode this ${format.toUpperCase()} picture`, {
    found: (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, ''),
    advice: 'The file may be damaged, or this browser may not know the format: save it as PNG or JPEG',
    cause,
  })
}
