/** Number formats of weight files: decoded to f32, or kept at half its width. */

/** Numbers of 16 bits as a file stores them: IEEE half precision, or bfloat16, the upper half of an f32. */
export class Halves {
  readonly format: 'f16' | 'bf16'
  readonly bits: Uint16Array

  constructor(format: Halves['format'], bits: Uint16Array) {
    this.format = format
    this.bits = bits
  }

  get length(): number {
    return this.bits.length
  }

  get byteLength(): number {
    return this.bits.byteLength
  }

  /** The place of the first that is no finite number (all bits of its exponent are set), or −1. */
  firstNotFinite(): number {
    const exponent = this.format === 'f16' ? 0x7c00 : 0x7f80
    return this.bits.findIndex((bits) => (bits & exponent) === exponent)
  }

  /** The same numbers in f32, exactly. */
  widened(): Float32Array<ArrayBuffer> {
    return this.format === 'f16' ? decodeF16(this.bits) : decodeBF16(this.bits)
  }
}

/** Bytes of one number. */
export function bytesPerNumber(dtype: string): 2 | 4 {
  return dtype === 'f16' || dtype === 'bf16' ? 2 : 4
}

/** IEEE 754 half precision (1 sign, 5 exponent, 10 fraction bits) to f32. */
export function decodeF16(bits: Uint16Array): Float32Array<ArrayBuffer> {
  const table = f16Table()
  const out = new Float32Array(bits.length)
  for (let i = 0; i < bits.length; i++) out[i] = table[bits[i] as number] as number
  return out
}

/** bfloat16 is the upper half of an f32. */
function decodeBF16(bits: Uint16Array): Float32Array<ArrayBuffer> {
  const words = new Uint32Array(bits.length)
  for (let i = 0; i < bits.length; i++) words[i] = (bits[i] as number) << 16
  return new Float32Array(words.buffer)
}

let halves: Float32Array | undefined

/** All 65,536 halves: a table is several times faster than decoding each number. */
function f16Table(): Float32Array {
  if (halves) return halves
  halves = new Float32Array(65536)
  for (let bits = 0; bits < 65536; bits++) {
    const sign = bits & 0x8000 ? -1 : 1
    const exponent = (bits >> 10) & 0x1f
    const fraction = bits & 0x3ff
    if (exponent === 0) halves[bits] = sign * fraction * 2 ** -24
    else if (exponent === 31) halves[bits] = fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
    else halves[bits] = sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
  }
  return halves
}
