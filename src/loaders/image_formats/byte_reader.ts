/** Numbers at places in a file; reading beyond its end is an error of the file, not of the program. */

import { ClsroomError } from '../../core/errors.ts'

export class ByteReader {
  readonly length: number
  readonly #view: DataView
  readonly #format: string

  constructor(bytes: ArrayBuffer, format: string) {
    this.#view = new DataView(bytes)
    this.length = bytes.byteLength
    this.#format = format
  }

  u8 = (at: number): number => this.#at(at, 1).getUint8(at)
  u16be = (at: number): number => this.#at(at, 2).getUint16(at)
  u16le = (at: number): number => this.#at(at, 2).getUint16(at, true)
  u24le = (at: number): number => this.u16le(at) + this.u8(at + 2) * 65_536
  u32be = (at: number): number => this.#at(at, 4).getUint32(at)
  u32le = (at: number): number => this.#at(at, 4).getUint32(at, true)
  i32le = (at: number): number => this.#at(at, 4).getInt32(at, true)

  /** Four characters, as chunk and box types are written. */
  type(at: number): string {
    return String.fromCharCode(...[0, 1, 2, 3].map((i) => this.u8(at + i)))
  }

  /** The error of a header that contradicts the format. */
  damaged(found: string, expected: string): ClsroomError {
    return new ClsroomError('image', `This ${this.#format.toUpperCase()} file has a damaged header`, {
      found,
      expected,
      advice: 'Open it in a picture editor and save it again',
    })
  }

  #at(at: number, bytes: number): DataView {
    if (at + bytes <= this.length) return this.#view
    throw this.damaged(`the end of the file after ${this.length} bytes`, `more of the header at byte ${at}`)
  }
}
