import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Halves } from '../core/dtypes.ts'
import { ClsroomError } from '../core/errors.ts'
import { parseSafetensors } from './safetensors.ts'

/** A file from header text (or object) and data. */
function file(header: object | string, data: Uint8Array | number = 0): ArrayBuffer {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const body = typeof data === 'number' ? new Uint8Array(data) : data
  const bytes = new Uint8Array(8 + json.length + body.length)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true)
  bytes.set(json, 8)
  bytes.set(body, 8 + json.length)
  return bytes.buffer
}

const tensor = (dtype: string, shape: number[], begin: number, end: number) => ({
  dtype,
  shape,
  data_offsets: [begin, end],
})

function codeOf(bytes: ArrayBuffer): string {
  try {
    parseSafetensors(bytes)
    return 'accepted'
  } catch (error) {
    if (error instanceof ClsroomError) return error.code
    throw error
  }
}

describe('parseSafetensors', () => {
  it('decodes every number format, at any alignment', () => {
    const values: [string, ArrayBufferView, number[]][] = [
      ['BOOL', new Uint8Array([1]), [1]], // one byte first, so that all others are unaligned
      ['F32', new Float32Array([1.5, -2]), [1.5, -2]],
      ['F64', new Float64Array([0.25]), [0.25]],
      ['F16', new Uint16Array([0x3c00, 0xc000]), [1, -2]],
      ['BF16', new Uint16Array([0x3f80, 0xc000]), [1, -2]],
      ['I64', new BigInt64Array([-7n]), [-7]],
      ['U64', new BigUint64Array([7n]), [7]],
      ['I32', new Int32Array([-3]), [-3]],
      ['U32', new Uint32Array([3]), [3]],
      ['I16', new Int16Array([-4]), [-4]],
      ['U16', new Uint16Array([4]), [4]],
      ['I8', new Int8Array([-5]), [-5]],
      ['U8', new Uint8Array([250]), [250]],
    ]
    const header: Record<string, object> = {}
    const data: number[] = []
    for (const [dtype, array, expected] of values) {
      header[dtype] = tensor(dtype, [expected.length], data.length, data.length + array.byteLength)
      data.push(...new Uint8Array(array.buffer))
    }
    const weights = parseSafetensors(file(header, new Uint8Array(data)))
    for (const [dtype, , expected] of values) {
      expect([dtype, ...(weights.get(dtype)?.data ?? [])]).toEqual([dtype, ...expected])
    }
  })

  it('keeps halves as they are stored beside what they are in f32', () => {
    const bytes = file({ a: tensor('BF16', [3], 0, 6), b: tensor('F32', [1], 6, 10) }, new Uint8Array(10).fill(0x40))
    const weights = parseSafetensors(bytes)
    expect(weights.get('a')?.halves).toEqual(new Halves('bf16', Uint16Array.of(0x4040, 0x4040, 0x4040)))
    expect(weights.get('a')?.data).toEqual(Float32Array.of(3, 3, 3))
    expect(weights.get('b')?.halves).toBeUndefined()
  })

  it('views aligned f32 without copying', () => {
    const bytes = file(`${JSON.stringify({ a: tensor('F32', [2], 0, 8) })}   `.padEnd(64), 8)
    expect(parseSafetensors(bytes).get('a')?.data.buffer).toBe(bytes)
  })

  it('accepts rank 0, empty tensors, empty metadata, no tensors, and tensors listed out of order', () => {
    const weights = parseSafetensors(
      file(
        {
          __metadata__: {},
          late: tensor('F32', [1], 4, 8),
          scalar: tensor('F32', [], 0, 4),
          empty: tensor('F32', [0, 3], 4, 4),
        },
        8,
      ),
    )
    expect(weights.get('scalar')).toMatchObject({ shape: [], data: new Float32Array(1) })
    expect(weights.get('empty')?.data.length).toBe(0)
    expect([...weights.keys()]).not.toContain('__metadata__')
    expect(parseSafetensors(file({})).size).toBe(0)
    expect(parseSafetensors(file({ __proto__x: tensor('U8', [1], 0, 1) }, 1)).size).toBe(1)
  })

  it.each<[string, ArrayBuffer]>([
    ['no bytes', new ArrayBuffer(0)],
    ['seven bytes', new ArrayBuffer(7)],
    ['header outside the file', file('{}').slice(0, 9)],
    ['header of 2^63 bytes', new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0x80, 0x7b, 0x7d]).buffer],
    ['not JSON', file('{')],
    ['not an object', file('[]')],
    ['null', file('null')],
    ['not UTF-8', new Uint8Array([3, 0, 0, 0, 0, 0, 0, 0, 0x22, 0xff, 0x22]).buffer],
    ['metadata that is not strings', file({ __metadata__: { a: 1 } })],
    ['a hole at the start', file({ a: tensor('U8', [1], 1, 2) }, 2)],
    ['a hole', file({ a: tensor('U8', [1], 0, 1), b: tensor('U8', [1], 2, 3) }, 3)],
    ['an overlap', file({ a: tensor('U8', [2], 0, 2), b: tensor('U8', [2], 1, 3) }, 3)],
    ['bytes left over', file({ a: tensor('U8', [1], 0, 1) }, 2)],
    ['bytes missing', file({ a: tensor('U8', [2], 0, 2) }, 1)],
    ['a size that is not the shape', file({ a: tensor('F32', [2], 0, 4) }, 4)],
    ['a product that wraps', file({ a: tensor('U8', [2 ** 32, 2 ** 32], 0, 0) })],
    ['a negative dimension', file({ a: tensor('U8', [-1], 0, 0) })],
    ['a fractional dimension', file({ a: tensor('U8', [0.5], 0, 0) })],
    ['offsets the wrong way round', file({ a: tensor('U8', [1], 1, 0) }, 1)],
    ['three offsets', file({ a: { dtype: 'U8', shape: [], data_offsets: [0, 1, 1] } }, 1)],
    ['no dtype', file({ a: { shape: [], data_offsets: [0, 1] } }, 1)],
    ['a tensor that is null', file({ a: null })],
    [
      'a tensor twice',
      file(
        '{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"\\u0061":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}',
        1,
      ),
    ],
    ['a shape twice', file('{"a":{"dtype":"U8","shape":[2],"shape":[1],"data_offsets":[0,1]}}', 1)],
  ])('refuses %s', (_, bytes) => {
    expect(codeOf(bytes)).toBe('safetensors')
  })

  it.each(['F8_E4M3', 'toString', 'Q4_0'])('calls the format %s unsupported, not corrupt', (dtype) => {
    expect(codeOf(file({ a: tensor(dtype, [1], 0, 1) }, 1))).toBe('unsupported')
  })

  it('says which tensor, what was found and what was expected', () => {
    expect(() => parseSafetensors(file({ 'layer.0.w': tensor('F32', [2, 3], 0, 8) }, 8), 'x.safetensors')).toThrow(
      'The size of tensor "layer.0.w" of x.safetensors does not fit its shape: found bytes 0 to 8; expected 24 bytes for F32 [2, 3].',
    )
  })

  it('throws nothing but ClsroomError on damaged files', () => {
    const whole = new Uint8Array(
      file({ __metadata__: { format: 'pt' }, a: tensor('F16', [2, 2], 0, 8), b: tensor('F32', [1], 8, 12) }, 12),
    )
    fc.assert(
      fc.property(
        fc.nat(whole.length),
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }),
        (length, flips) => {
          const bytes = whole.slice()
          for (const [at, value] of flips) bytes[at] = value
          const buffer = bytes.slice(0, length).buffer
          if (codeOf(buffer) === 'accepted') for (const { data } of parseSafetensors(buffer).values()) void data.length
        },
      ),
      { numRuns: 2000 },
    )
  })
})
