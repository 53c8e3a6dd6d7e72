/** The one entry of EXIF data that changes how a picture is shown. */

import type { ByteReader } from './byte_reader.ts'

const ORIENTATION = 0x0112
const SHORT = 3

/**
 * The orientation in a TIFF structure (EXIF 2.32, §4.6.2); 1 where there is none. Browsers show pictures with damaged
 * EXIF upright, so this never throws.
 * @param start of the byte order mark, "II" or "MM"
 * @param end of the EXIF data
 */
export function exifOrientation(file: ByteReader, start: number, end: number): number {
  const limit = Math.min(end, file.length)
  if (start + 8 > limit) return 1
  const order = file.u16be(start)
  if (order !== 0x4949 && order !== 0x4d4d) return 1
  const [u16, u32] = order === 0x4949 ? [file.u16le, file.u32le] : [file.u16be, file.u32be]
  const directory = start + u32(start + 4)
  if (directory + 2 > limit) return 1
  const entries = u16(directory)
  for (let i = 0, at = directory + 2; i < entries && at + 12 <= limit; i++, at += 12) {
    if (u16(at) !== ORIENTATION || u16(at + 2) !== SHORT) continue
    const value = u16(at + 8)
    return value >= 1 && value <= 8 ? value : 1
  }
  return 1
}
