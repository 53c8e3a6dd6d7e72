/**
 * AVIF (AOMedia 2022) in HEIF's boxes (ISO/IEC 23008-12): ftyp, then meta › iprp › ipco, whose properties describe the
 * items of the file: the picture, its tiles, its alpha plane.
 */

import type { ByteReader } from './byte_reader.ts'
import type { ImageSize } from './image_size.ts'

interface Box {
  type: string
  /** Of the content, after the box's own header. */
  start: number
  end: number
}

/** irot's quarter turns, anticlockwise, as EXIF orientations. */
const ROTATIONS = [1, 8, 3, 6]

export function readAvif(file: ByteReader): ImageSize {
  const top = boxes(file, 0, file.length)
  const ftyp = find(file, top, 'ftyp')
  const meta = find(file, top, 'meta')
  const iprp = find(file, boxes(file, meta.start + 4, meta.end), 'iprp')
  const ipco = find(file, boxes(file, iprp.start, iprp.end), 'ipco')
  const properties = boxes(file, ipco.start, ipco.end)

  // The picture is the largest item: tiles and thumbnails are parts of it.
  const sizes = properties
    .filter(({ type }) => type === 'ispe')
    .map(({ start }) => ({ width: file.u32be(start + 4), height: file.u32be(start + 8) }))
  const largest = sizes.toSorted((a, b) => b.width * b.height - a.width * a.height)[0]
  if (!largest) throw file.damaged('no size', 'an ispe box')

  const irot = properties.find(({ type }) => type === 'irot')
  const av1C = properties.find(({ type }) => type === 'av1C')
  return {
    ...largest,
    orientation: ROTATIONS[irot ? file.u8(irot.start) & 3 : 0] as number,
    animated: file.type(ftyp.start) === 'avis',
    bitDepth: av1C ? bitDepth(file.u8(av1C.start + 2)) : 8,
  }
}

/** high_bitdepth and twelve_bit of the AV1 codec configuration. */
function bitDepth(flags: number): number {
  if ((flags & 0x40) === 0) return 8
  return flags & 0x20 ? 12 : 10
}

function find(file: ByteReader, among: Box[], type: string): Box {
  const box = among.find((box) => box.type === type)
  if (!box) throw file.damaged(`no ${type} box`, 'one')
  return box
}

/** The boxes between two places, one after the other. */
function boxes(file: ByteReader, from: number, to: number): Box[] {
  const found: Box[] = []
  for (let at = from; at + 8 <= to; ) {
    const short = file.u32be(at)
    const header = short === 1 ? 16 : 8 // 1: the length follows in 64 bits
    const length = short === 1 ? file.u32be(at + 8) * 2 ** 32 + file.u32be(at + 12) : short === 0 ? to - at : short
    if (length < header) throw file.damaged(`a box of ${length} bytes`, `at least ${header}`)
    const end = Math.min(at + length, to)
    found.push({ type: file.type(at + 4), start: at + header, end })
    at = end
  }
  return found
}
