/** Pictures made for the tests, byte by byte where it matters. */

import { crc32, deflateSync } from 'node:zlib'
import type { Page } from '@playwright/test'

export interface PictureFile {
  name: string
  mimeType: string
  buffer: Buffer
}

export type Rgb = [red: number, green: number, blue: number]
export type Paint = (x: number, y: number) => Rgb

/** An 8-bit RGB PNG. */
export function png(width: number, height: number, paint: Paint): Buffer {
  const lines = Buffer.alloc(height * (1 + 3 * width)) // each line opens with its filter, 0: none
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) lines.set(paint(x, y), y * (1 + 3 * width) + 1 + 3 * x)
  }
  return pngOf(width, height, deflateSync(lines))
}

/** A PNG file of RGB of any claimed size around any data. @param depth bits a colour */
export function pngOf(width: number, height: number, data: Buffer, depth = 8): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([depth, 2, 0, 0, 0], 8) // 2: RGB
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

export function pngFile(name: string, width: number, height: number, paint: Paint): PictureFile {
  return { name, mimeType: 'image/png', buffer: png(width, height, paint) }
}

/** A JPEG as the browser itself writes it. */
export async function jpeg(page: Page, width: number, height: number, paint: Paint): Promise<Buffer> {
  const url = `data:image/png;base64,${png(width, height, paint).toString('base64')}`
  const base64 = await page.evaluate(async (source) => {
    const image = new Image()
    image.src = source
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.naturalWidth
    canvas.height = image.naturalHeight
    canvas.getContext('2d')?.drawImage(image, 0, 0)
    return canvas.toDataURL('image/jpeg', 1).split(',')[1] as string
  }, url)
  return Buffer.from(base64, 'base64')
}

/** Puts an EXIF block behind a JPEG's first marker that says how the camera was held (Exif 2.3, tag 0x0112). */
export function withOrientation(file: Buffer, orientation: number): Buffer {
  const tiff = Buffer.alloc(26)
  tiff.write('MM', 0, 'latin1') // big-endian
  tiff.writeUInt16BE(42, 2)
  tiff.writeUInt32BE(8, 4) // the directory follows
  tiff.writeUInt16BE(1, 8) // of one entry
  tiff.writeUInt16BE(0x0112, 10)
  tiff.writeUInt16BE(3, 12) // a short
  tiff.writeUInt32BE(1, 14)
  tiff.writeUInt16BE(orientation, 18)
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const marker = Buffer.from([0xff, 0xe1, 0, 0])
  marker.writeUInt16BE(exif.length + 2, 2)
  return Buffer.concat([file.subarray(0, 2), marker, exif, file.subarray(2)])
}
