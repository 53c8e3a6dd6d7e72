import { expect, it } from 'vitest'
import { ClsroomError } from '../core/errors.ts'
import { uniform } from '../core/random.ts'
import { openModelCache } from './cache.ts'
import { readModel } from './model_files.ts'
import { parseSafetensors } from './safetensors.ts'

type Random = () => number
type Entry = { dtype: unknown; shape: unknown; data_offsets: unknown; [key: string]: unknown }

const pick = <T>(random: Random, items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
const NUMBERS = [-1, 0, 1, 2, 3, 0.5, 1e308, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 53 - 1, null, '4', [], {}]
const DTYPES = [
  'F32',
  'F16',
  'BF16',
  'F64',
  'I8',
  'U8',
  'BOOL',
  'I64',
  'F8_E4M3',
  'f32',
  '',
  '__proto__',
  'toString',
  4,
  null,
]
const NAMES = ['__proto__', 'constructor', '__metadata__', '', '\ud800', 'a', 'x'.repeat(5000)]

/** Three small tensors of different formats. */
function goodHeader(): Record<string, unknown> {
  return {
    __metadata__: { format: 'pt' },
    a: { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] },
    b: { dtype: 'F16', shape: [4], data_offsets: [24, 32] },
    c: { dtype: 'I8', shape: [], data_offsets: [32, 33] },
  }
}

function changeHeader(random: Random, header: Record<string, unknown>): void {
  const name = pick(random, ['a', 'b', 'c'])
  const entry = header[name] as Entry | undefined
  if (typeof entry !== 'object' || entry === null) return
  const number = () => pick(random, NUMBERS)
  switch (Math.floor(random() * 9)) {
    case 0:
      entry.dtype = pick(random, DTYPES)
      break
    case 1:
      entry.shape = pick<unknown>(random, [
        [number()],
        [number(), number()],
        Array(9).fill(65_536),
        Array(2000).fill(1),
        number(),
        'x',
      ])
      break
    case 2:
      entry.data_offsets = pick<unknown>(random, [
        [number(), number()],
        [24, 0],
        [0, 24],
        [8, 32],
        [0],
        [0, 24, 24],
        number(),
      ])
      break
    case 3:
      delete entry[pick(random, ['dtype', 'shape', 'data_offsets'])]
      break
    case 4:
      delete header[name]
      break
    case 5:
      Object.defineProperty(header, pick(random, NAMES), {
        value: entry,
        enumerable: true,
        configurable: true,
        writable: true,
      })
      break
    case 6:
      header[name] = number()
      break
    case 7:
      header.__metadata__ = pick<unknown>(random, [null, [], { a: 1 }, { a: {} }, 'x', {}])
      break
    default:
      entry[pick(random, NAMES)] = number()
  }
}

function mutated(random: Random): ArrayBuffer {
  const header = goodHeader()
  for (let n = Math.floor(random() * 3); n > 0; n--) changeHeader(random, header)
  let text = JSON.stringify(header)
  const kind = random()
  if (kind < 0.05) text = text.slice(0, Math.floor(random() * text.length))
  else if (kind < 0.1) text = text.replace('{', `{"a":${JSON.stringify(header.a ?? 0)},`)
  else if (kind < 0.13) text = text.replace(/\d+/, pick(random, ['1e999', '-0', '00', '9'.repeat(400), 'NaN']))
  else if (kind < 0.15) text = pick(random, ['', 'null', '[]', '{}', '['.repeat(9000), `${text} `, `\ufeff${text}`])
  const json = new TextEncoder().encode(text)
  const dataBytes = random() < 0.85 ? 33 : Math.floor(random() * 80)
  const bytes = new Uint8Array(8 + json.length + dataBytes)
  bytes.set(json, 8)
  const lengths = [
    0n,
    1n,
    2n ** 63n,
    2n ** 64n - 1n,
    2n ** 32n,
    BigInt(json.length + 1),
    BigInt(Math.max(0, json.length - 1)),
    BigInt(bytes.length),
  ]
  new DataView(bytes.buffer).setBigUint64(0, random() < 0.9 ? BigInt(json.length) : pick(random, lengths), true)
  if (random() < 0.1)
    for (let n = 3; n > 0; n--) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256)
  return random() < 0.05 ? bytes.buffer.slice(0, Math.floor(random() * bytes.length)) : bytes.buffer
}

/** 'accepted', or the code of a refusal in plain words. */
function answer(bytes: ArrayBuffer): string {
  try {
    for (const { data, shape } of parseSafetensors(bytes).values()) {
      if (data.length !== shape.reduce((product, side) => product * side, 1))
        throw new Error('another length than its shape')
    }
    return 'accepted'
  } catch (thrown) {
    if (!(thrown instanceof ClsroomError)) throw thrown
    if (!thrown.found || !thrown.expected || !thrown.advice || thrown.message.length > 1000)
      throw new Error(thrown.message)
    return thrown.code
  }
}

it('model.safetensors, mutated 90,000 times: refused in plain words, or read whole', () => {
  const random = uniform(7)
  const counts: Record<string, number> = {}
  for (let i = 0; i < 90_000; i++) {
    const bytes = mutated(random)
    let found: string
    try {
      found = answer(bytes)
    } catch (cause) {
      throw new Error(`mutation ${i}: ${new TextDecoder().decode(bytes).slice(0, 400)}`, { cause })
    }
    counts[found] = (counts[found] ?? 0) + 1
  }
  expect(Object.keys(counts).sort()).toEqual(['accepted', 'safetensors', 'unsupported'])
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(1000)
}, 600_000)

it('a sharded index, mutated 10,000 times: the same', async () => {
  const random = uniform(11)
  const cache = await openModelCache(undefined)
  const shard = (names: Record<string, [number, number]>) => {
    const header = Object.fromEntries(
      Object.entries(names).map(([name, at]) => [name, { dtype: 'U8', shape: [at[1] - at[0]], data_offsets: at }]),
    )
    const json = new TextEncoder().encode(JSON.stringify(header))
    const bytes = new Uint8Array(8 + json.length + Math.max(0, ...Object.values(names).map(([, end]) => end)))
    new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true)
    bytes.set(json, 8)
    return bytes.buffer
  }
  const files = [
    '1.safetensors',
    '2.safetensors',
    '3.safetensors',
    '../x.safetensors',
    'model.bin',
    '',
    'config.json',
    '__proto__',
    4,
    null,
    {},
  ]
  const counts: Record<string, number> = {}
  for (let i = 0; i < 10_000; i++) {
    const map: Record<string, unknown> = { a: '1.safetensors', b: '1.safetensors', c: '2.safetensors' }
    for (let n = Math.floor(random() * 3); n > 0; n--) {
      const name = pick(random, ['a', 'b', 'c', 'd', ...NAMES])
      if (random() < 0.2) delete map[name]
      else
        Object.defineProperty(map, name, {
          value: pick(random, files),
          enumerable: true,
          configurable: true,
          writable: true,
        })
    }
    let index = JSON.stringify(
      random() < 0.95
        ? { metadata: {}, weight_map: map }
        : pick<unknown>(random, [{}, [], null, { weight_map: [] }, { weight_map: 1 }]),
    )
    if (random() < 0.1) index = index.slice(0, Math.floor(random() * index.length))
    const source = {
      'config.json': '{"model_type":"bert"}',
      'model.safetensors.index.json': index,
      '1.safetensors': random() < 0.05 ? mutated(random) : shard({ a: [0, 2], b: [2, 3] }),
      '2.safetensors': shard(random() < 0.1 ? { a: [0, 2] } : { c: [0, 2] }),
    }
    const found = await readModel({ type: 'files', files: source }, { cache }).then(
      () => 'accepted',
      (thrown: unknown) => {
        if (thrown instanceof ClsroomError && thrown.found && thrown.expected && thrown.advice) return thrown.code
        throw new Error(`mutation ${i}: ${index.slice(0, 400)}`, { cause: thrown })
      },
    )
    counts[found] = (counts[found] ?? 0) + 1
  }
  expect(Object.keys(counts).sort()).toEqual(['accepted', 'fetch', 'safetensors', 'unsupported'])
}, 600_000)
