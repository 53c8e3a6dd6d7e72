/** JPEG (ITU-T T.81, annex B): marker segments up to the frame header; EXIF in APP1. */

import type { ByteReader } from './byte_reader.ts'
import { exifOrientation } from './exif.ts'
import type { ImageSize } from './image_size.ts'

const APP1 = 0xe1
const START_OF_SCAN = 0xda
const END_OF_IMAGE = 0xd9

export function readJpeg(file: ByteReader): ImageSize {
  let orientation = 1
  for (let at = 2; ; ) {
    if (file.u8(at) !== 0xff) throw file.damaged(`byte ${file.u8(at)} at ${at}`, 'a marker, which begins with 255')
    const marker = file.u8(at + 1)
    if (marker === 0xff) {
      at += 1 // fill byte
      continue
    }
    if (marker === START_OF_SCAN || marker === END_OF_IMAGE) {
      throw file.damaged('the pixels', 'a frame header before them')
    }
    const length = file.u16be(at + 2)
    if (length < 2) throw file.damaged(`a segment of ${length} bytes`, 'at least 2')
    if (isFrameHeader(marker)) {
      const [bitDepth, height, width] = [file.u8(at + 4), file.u16be(at + 5), file.u16be(at + 7)]
      return { width, height, orientation, animated: false, bitDepth }
    }
    const isExif = marker === APP1 && length >= 8 && file.type(at + 4) === 'Exif'
    if (isExif) orientation = exifOrientation(file, at + 10, at + 2 + length)
    at += 2 + length
  }
}

/** SOF0…SOF15, among which DHT (C4), JPG (C8) and DAC (CC) are something else. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}
