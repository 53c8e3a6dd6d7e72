/** Image files to pixels, by the browser's own decoders, after the header has been checked. For a page or a worker. */

import { ClsroomError } from '../core/errors.ts'
import { fetchPart } from '../core/fetch_part.ts'
import { readImageHeader } from './image_header.ts'
import type { Picture } from './image_resize.ts'

/** The longest side of a decoded picture: enough for a projector, and for every model's patch grid. */
const MAX_SIDE = 2048
const TIMEOUT_MS = 20_000

/**
 * Decodes the first frame upright (EXIF orientation applied). Colours are the file's own numbers, without colour management, and
 * without transparency, as Pillow's `convert("RGB")` gives them to the models: what lies under a transparent place comes to light.
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
    context.imageSmoothingQuality = 'high'
    context.drawImage(bitmap, 0, 0, width, height)
    const picture = { width, height, data: context.getImageData(0, 0, width, height).data as Picture['data'] }
    if (isOpaque(picture)) return picture
    // Fetched for those few pictures that need it.
    const { resize } = await fetchPart(() => import('./image_resize.ts'))
    return resize(opaque(straightColours(bitmap) ?? picture), width, height, 'bilinear')
  } catch (cause) {
    if (cause instanceof ClsroomError) throw cause
    throw undecodable(format, cause)
  } finally {
    bitmap.close()
  }
}

/**
 * A bitmap's colours as they are in the file: a 2D canvas multiplies them by their alpha, and a texture does not. A canvas loses the
 * colours of places that are wholly transparent alone.
 * @returns undefined where there is no WebGL, or the picture is larger than a texture
 */
function straightColours(bitmap: ImageBitmap): Picture | undefined {
  const { width, height } = bitmap
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2')
  if (!gl || Math.max(width, height) > gl.getParameter(gl.MAX_TEXTURE_SIZE)) return undefined
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture())
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE, bitmap)
  gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer())
  gl.framebufferTexture2D(
    gl.FRAMEBUFFER,
    gl.COLOR_ATTACHMENT0,
    gl.TEXTURE_2D,
    gl.getParameter(gl.TEXTURE_BINDING_2D),
    0,
  )
  const data = new Uint8ClampedArray(width * height * 4)
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(data.buffer))
  const failed = gl.getError() !== gl.NO_ERROR
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return failed ? undefined : { width, height, data }
}

function isOpaque({ data }: Picture): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return false
  return true
}

function opaque({ width, height, data }: Picture): Picture {
  return { width, height, data: data.map((byte, i) => (i % 4 === 3 ? 255 : byte)) }
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
