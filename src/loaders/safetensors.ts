/**
 * Weight files in the safetensors format: 8 bytes N (u64, little-endian), N bytes of UTF-8 JSON, then the data.
 * The JSON maps names to {dtype, shape, data_offsets: [begin, end]}, with offsets counted from the start of the data.
 * Source: https://github.com/huggingface/safetensors#format
 */

import { Halves } from '../core/dtypes.ts'
import { ClsroomError } from '../core/errors.ts'
import { duplicateKey, parseJson } from '../core/json.ts'
import type { WeightArray, Weights } from '../core/model.ts'
import type { Shape } from '../core/shapes.ts'

/** The format's own limit on N. */
const MAX_HEADER_BYTES = 100_000_000

interface NumberFormat {
  bytes: number
  /** `bits` is exactly this tensor's bytes, at any alignment. */
  decode(bits: Uint8Array<ArrayBuffer>): Float32Array | Halves
}

const FORMATS: Readonly<Record<string, NumberFormat>> = {
  // An aligned f32 tensor is a view of the file: weights are not held twice.
  F32: {
    bytes: 4,
    decode: (bits) =>
      bits.byteOffset % 4 === 0
        ? new Float32Array(bits.buffer, bits.byteOffset, bits.length / 4)
        : new Float32Array(copy(bits)),
  },
  F16: { bytes: 2, decode: (bits) => new Halves('f16', new Uint16Array(copy(bits))) },
  BF16: { bytes: 2, decode: (bits) => new Halves('bf16', new Uint16Array(copy(bits))) },
  F64: { bytes: 8, decode: (bits) => Float32Array.from(new Float64Array(copy(bits))) },
  I64: { bytes: 8, decode: (bits) => Float32Array.from(new BigInt64Array(copy(bits)), Number) },
  U64: { bytes: 8, decode: (bits) => Float32Array.from(new BigUint64Array(copy(bits)), Number) },
  I32: { bytes: 4, decode: (bits) => Float32Array.from(new Int32Array(copy(bits))) },
  U32: { bytes: 4, decode: (bits) => Float32Array.from(new Uint32Array(copy(bits))) },
  I16: { bytes: 2, decode: (bits) => Float32Array.from(new Int16Array(copy(bits))) },
  U16: { bytes: 2, decode: (bits) => Float32Array.from(new Uint16Array(copy(bits))) },
  I8: { bytes: 1, decode: (bits) => Float32Array.from(new Int8Array(copy(bits))) },
  U8: { bytes: 1, decode: (bits) => Float32Array.from(bits) },
  BOOL: { bytes: 1, decode: (bits) => Float32Array.from(bits) },
}

interface TensorInfo {
  name: string
  format: NumberFormat
  shape: Shape
  begin: number
  end: number
}

/**
 * Reads a whole safetensors file. Every tensor is validated now and decoded when it is first read, so that a
 * checkpoint's unused tensors cost nothing. The result keeps `file` alive.
 *
 * @param file the bytes of one file
 * @param fileName for messages
 * @throws ClsroomError `safetensors` for a corrupt file, `unsupported` for a number format CLSroom cannot decode
 */
export function parseSafetensors(file: ArrayBuffer, fileName = 'model.safetensors'): Weights {
  const { header, dataStart } = readHeader(file, fileName)
  const tensors = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, info]) => readInfo(name, info, fileName))
  expectContiguous(tensors, file.byteLength - dataStart, fileName)
  return new Map(tensors.map((info) => [info.name, new StoredArray(file, dataStart, info)]))
}

function readHeader(file: ArrayBuffer, fileName: string): { header: Record<string, unknown>; dataStart: number } {
  if (file.byteLength < 8) {
    throw corrupt(`${fileName} is too short`, `${file.byteLength} bytes`, 'at least 8 bytes, the length of the header')
  }
  const length = Number(new DataView(file).getBigUint64(0, true))
  if (length > MAX_HEADER_BYTES || 8 + length > file.byteLength) {
    throw corrupt(
      `${fileName} has an impossible header length`,
      `a header of ${length} bytes in a file of ${file.byteLength} bytes`,
      `at most ${MAX_HEADER_BYTES} bytes, inside the file`,
    )
  }
  const header = parseHeader(new Uint8Array(file, 8, length), fileName)
  expectMetadata(header.__metadata__, fileName)
  return { header, dataStart: 8 + length }
}

function parseHeader(bytes: Uint8Array, fileName: string): Record<string, unknown> {
  let text: string
  let header: unknown
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    header = parseJson(text, fileName, 'safetensors')
  } catch (cause) {
    throw corrupt(`${fileName} has an unreadable header`, String(cause), 'JSON in UTF-8', cause)
  }
  if (!isRecord(header)) throw corrupt(`${fileName} has an unreadable header`, show(header), 'a JSON object')
  const twice = duplicateKey(text)
  if (twice !== undefined) {
    throw corrupt(`${fileName} names something twice`, `two entries "${twice}"`, 'each name once')
  }
  return header
}

/** `__metadata__` may be absent or empty; its values are free text. */
function expectMetadata(metadata: unknown, fileName: string): void {
  if (metadata === undefined) return
  if (isRecord(metadata) && Object.values(metadata).every((value) => typeof value === 'string')) return
  throw corrupt(`${fileName} has unreadable __metadata__`, show(metadata), 'an object of strings')
}

function readInfo(name: string, info: unknown, fileName: string): TensorInfo {
  const where = `tensor "${name}" of ${fileName}`
  if (!isRecord(info)) throw corrupt(`The entry of ${where} is unreadable`, show(info), 'dtype, shape, data_offsets')
  const { dtype, shape, data_offsets: offsets } = info
  if (typeof dtype !== 'string') throw corrupt(`The dtype of ${where} is unreadable`, show(dtype), 'a name such as F32')
  if (!isSizes(shape)) throw corrupt(`The shape of ${where} is unreadable`, show(shape), 'whole numbers of 0 or more')
  if (!isSizes(offsets) || offsets.length !== 2) {
    throw corrupt(`The offsets of ${where} are unreadable`, show(offsets), '[begin, end] in bytes')
  }
  const format = Object.hasOwn(FORMATS, dtype) ? FORMATS[dtype] : undefined
  if (!format) {
    throw new ClsroomError('unsupported', `The number format of ${where} cannot be read`, {
      found: show(dtype),
      expected: `one of ${Object.keys(FORMATS).join(', ')}`,
      advice: 'Save the model in F32, F16 or BF16 and load it again',
    })
  }
  const [begin, end] = offsets as [number, number]
  const bytes = checkedProduct([...shape, format.bytes])
  if (end - begin !== bytes) {
    throw corrupt(
      `The size of ${where} does not fit its shape`,
      `bytes ${begin} to ${end}`,
      `${bytes ?? 'fewer than 2^53'} bytes for ${dtype} [${shape.join(', ')}]`,
    )
  }
  return { name, format, shape, begin, end }
}

/** The tensors must tile the data: no hole, no overlap, nothing left over. Empty tensors take no room. */
function expectContiguous(tensors: TensorInfo[], dataBytes: number, fileName: string): void {
  let next = 0
  for (const { name, begin, end } of tensors.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== next) {
      const fault = begin < next ? 'overlaps the tensor before it' : 'leaves a hole before it'
      throw corrupt(`Tensor "${name}" of ${fileName} ${fault}`, `begin ${begin}`, `begin ${next}`)
    }
    next = end
  }
  if (next !== dataBytes) {
    throw corrupt(`${fileName} does not end where its last tensor ends`, `${dataBytes} bytes of data`, `${next}`)
  }
}

class StoredArray implements WeightArray {
  readonly shape: Shape
  private readonly decode: () => Float32Array | Halves
  private decoded: Float32Array | Halves | undefined
  private wide: Float32Array | undefined

  constructor(file: ArrayBuffer, dataStart: number, { shape, format, begin, end }: TensorInfo) {
    this.shape = shape
    this.decode = () => format.decode(new Uint8Array(file, dataStart + begin, end - begin))
  }

  private get numbers(): Float32Array | Halves {
    this.decoded ??= this.decode()
    return this.decoded
  }

  get data(): Float32Array {
    const { numbers } = this
    if (!(numbers instanceof Halves)) return numbers
    this.wide ??= numbers.widened()
    return this.wide
  }

  get halves(): Halves | undefined {
    return this.numbers instanceof Halves ? this.numbers : undefined
  }
}

function corrupt(what: string, found: string, expected: string, cause?: unknown): ClsroomError {
  return new ClsroomError('safetensors', what, {
    found,
    expected,
    advice: 'The file is damaged or cut short: download or export it again',
    cause,
  })
}

/** The product, or undefined where it is beyond the whole numbers a double holds exactly. */
function checkedProduct(factors: readonly number[]): number | undefined {
  if (factors.includes(0)) return 0
  let product = 1
  for (const factor of factors) {
    product *= factor
    if (!Number.isSafeInteger(product)) return undefined
  }
  return product
}

const copy = (bits: Uint8Array<ArrayBuffer>): ArrayBuffer => bits.slice().buffer

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isSizes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0)

const show = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 80)
