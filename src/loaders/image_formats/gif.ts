/** GIF89a (CompuServe 1990): the logical screen, then blocks. */

import type { ByteReader } from './byte_reader.ts'
import type { ImageSize } from './image_size.ts'

const EXTENSION = 0x21
const IMAGE = 0x2c

export function readGif(file: ByteReader): ImageSize {
  let [width, height] = [file.u16le(6), file.u16le(8)]
  let frames = 0
  for (let at = 13 + colourTableBytes(file.u8(10)); at < file.length && frames < 2; ) {
    const block = file.u8(at)
    if (block === EXTENSION) at = afterSubBlocks(file, at + 2)
    else if (block === IMAGE) {
      frames += 1
      // Browsers enlarge a screen that is smaller than its first frame.
      if (frames === 1) {
        width = Math.max(width, file.u16le(at + 1) + file.u16le(at + 5))
        height = Math.max(height, file.u16le(at + 3) + file.u16le(at + 7))
      }
      at = afterSubBlocks(file, at + 11 + colourTableBytes(file.u8(at + 9)))
    } else break // the trailer, or rubbish after the last frame
  }
  if (frames === 0) throw file.damaged('no frame', 'at least one')
  return { width, height, orientation: 1, animated: frames > 1, bitDepth: 8 }
}

function colourTableBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0
}

/** Where the chain of sub-blocks at `at` ends; the end of the file where it was cut. */
function afterSubBlocks(file: ByteReader, at: number): number {
  let next = at
  while (next < file.length && file.u8(next) !== 0) next += 1 + file.u8(next)
  return next + 1
}
