/** WebP (RFC 9649): a RIFF file whose first chunk is VP8 (lossy), VP8L (lossless) or VP8X (with extras). */

import type { ByteReader } from './byte_reader.ts'
import { exifOrientation } from './exif.ts'
import type { ImageSize } from './image_size.ts'

const FIRST_CHUNK = 12
const DATA = FIRST_CHUNK + 8
const ANIMATION_FLAG = 0x02

export function readWebp(file: ByteReader): ImageSize {
  const still = { orientation: 1, animated: false, bitDepth: 8 }
  const type = file.type(FIRST_CHUNK)
  switch (type) {
    case 'VP8 ': {
      const start = [3, 4, 5].map((i) => file.u8(DATA + i))
      if (start.join() !== '157,1,42') throw file.damaged(`start code ${start.join()}`, '157,1,42')
      return { ...still, width: file.u16le(DATA + 6) & 0x3fff, height: file.u16le(DATA + 8) & 0x3fff }
    }
    case 'VP8L': {
      if (file.u8(DATA) !== 0x2f) throw file.damaged(`signature ${file.u8(DATA)}`, '47')
      const bits = file.u32le(DATA + 1)
      return { ...still, width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
    }
    case 'VP8X': {
      const [width, height] = [file.u24le(DATA + 4) + 1, file.u24le(DATA + 7) + 1]
      const animated = (file.u8(DATA) & ANIMATION_FLAG) !== 0
      return { ...still, width, height, animated, orientation: findOrientation(file) }
    }
    default:
      throw file.damaged(`the chunk "${type}" first`, 'VP8, VP8L or VP8X')
  }
}

function findOrientation(file: ByteReader): number {
  for (let at = FIRST_CHUNK; at + 8 <= file.length; ) {
    const length = file.u32le(at + 4)
    if (file.type(at) === 'EXIF') return exifOrientation(file, at + 8, at + 8 + length)
    at += 8 + length + (length % 2)
  }
  return 1
}
