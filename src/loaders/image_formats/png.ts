/** PNG, third edition (W3C 2025): IHDR first; acTL and eXIf among the chunks. */

import type { ByteReader } from './byte_reader.ts'
import { exifOrientation } from './exif.ts'
import type { ImageSize } from './image_size.ts'

const SIGNATURE_BYTES = 8

export function readPng(file: ByteReader): ImageSize {
  const first = file.type(SIGNATURE_BYTES + 4)
  if (first !== 'IHDR') throw file.damaged(`the chunk "${first}" first`, 'IHDR')
  const [width, height] = [file.u32be(16), file.u32be(20)]
  const bitDepth = file.u8(24)
  if (![1, 2, 4, 8, 16].includes(bitDepth)) throw file.damaged(`${bitDepth} bits`, '1, 2, 4, 8 or 16 bits')

  let orientation = 1
  let animated = false
  let hasPixels = false
  for (let at = SIGNATURE_BYTES; at + 8 <= file.length; ) {
    const [length, type, data] = [file.u32be(at), file.type(at + 4), at + 8]
    if (type === 'acTL' && !hasPixels) animated = file.u32be(data) > 1
    else if (type === 'eXIf') orientation = exifOrientation(file, data, data + length)
    else if (type === 'IDAT') hasPixels = true
    at = data + length + 4
  }
  if (!hasPixels) throw file.damaged('no chunk with pixels', 'IDAT')
  return { width, height, orientation, animated, bitDepth }
}
