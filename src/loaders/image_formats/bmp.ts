/** BMP: BITMAPCOREHEADER (12 bytes) or BITMAPINFOHEADER and its successors (40 bytes and more), after a file header of 14. */

import type { ByteReader } from './byte_reader.ts'
import type { ImageSize } from './image_size.ts'

const HEADER = 14
const CORE_BYTES = 12
const INFO_BYTES = 40

export function readBmp(file: ByteReader): ImageSize {
  const bytes = file.u32le(HEADER)
  if (bytes !== CORE_BYTES && bytes < INFO_BYTES) {
    throw file.damaged(`a header of ${bytes} bytes`, `${CORE_BYTES}, or ${INFO_BYTES} and more`)
  }
  const isCore = bytes === CORE_BYTES
  const width = isCore ? file.u16le(HEADER + 4) : file.i32le(HEADER + 4)
  const height = isCore ? file.u16le(HEADER + 6) : file.i32le(HEADER + 8)
  if (width < 0) throw file.damaged(`a width of ${width}`, 'a positive width')
  const bitsPerPixel = file.u16le(HEADER + (isCore ? 10 : 14))
  if (![1, 2, 4, 8, 16, 24, 32].includes(bitsPerPixel)) {
    throw file.damaged(`${bitsPerPixel} bits per pixel`, '1, 2, 4, 8, 16, 24 or 32')
  }
  // A negative height says that the rows run from top to bottom.
  return { width, height: Math.abs(height), orientation: 1, animated: false, bitDepth: bitsPerPixel === 16 ? 5 : 8 }
}
