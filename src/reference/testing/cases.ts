/** Seeded random cases, and comparison with a twin run in f64. */

import { Halves } from '../../core/dtypes.ts'
import { uniform } from '../../core/random.ts'

/** Sizes where tiles, chunks and workgroups begin and end. */
export const EDGES = [1, 2, 3, 4, 5, 7, 8, 12, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65]

/** Sequence lengths of the models and their neighbours. */
export const LENGTHS = [1, 2, 7, 8, 9, 31, 32, 33, 63, 64, 65, 129, 197, 201, 261]

export interface Draw {
  pick<T>(choices: readonly T[]): T
  /** An integer from 0 to below. */
  below(limit: number): number
  floats(length: number, spread?: number, centre?: number): Float32Array<ArrayBuffer>
  /** Integers from `from` to below. */
  integers<A extends Uint32Array | Int32Array>(array: A, from: number, limit: number): A
  /** Finite halves of every size, zero and subnormal ones among them. */
  halves(length: number, format: Halves['format']): Halves
  /** Zeros and ones. */
  bits(length: number, chance?: number): Uint32Array<ArrayBuffer>
}

export function draw(seed: number): Draw {
  const next = uniform(seed * 7919 + 1)
  const bell = () => 2 * (next() + next() + next()) - 3 // variance 1, and much cheaper than a true normal
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    pick: (choices) => choices[below(choices.length)] as (typeof choices)[number],
    below,
    floats: (length, spread = 1, centre = 0) => Float32Array.from({ length }, () => centre + spread * bell()),
    integers(array, from, limit) {
      for (let i = 0; i < array.length; i++) array[i] = from + below(limit - from)
      return array
    },
    halves(length, format) {
      // The sign, some of the middle exponents or none, any fraction.
      const [place, exponents] = format === 'f16' ? [10, [0, 8, 15, 18]] : [7, [0, 120, 127, 130]]
      const number = () => (below(2) << 15) | ((exponents[below(4)] as number) << place) | below(1 << place)
      return new Halves(format, Uint16Array.from({ length }, number))
    },
    bits: (length, chance = 0.5) => Uint32Array.from({ length }, () => (next() < chance ? 1 : 0)),
  }
}

/** The same numbers in f64, for a twin. */
export const f64 = (data: Float32Array) => Float64Array.from(data)

/** @throws with the first place where |found − expected| > absolute + relative · |expected|, or where found is not a number */
export function expectClose(
  what: string,
  found: Float32Array,
  expected: Float64Array,
  { absolute, relative = 0 }: { absolute: number; relative?: number },
): void {
  if (found.length !== expected.length) throw new Error(`${what}: ${found.length} numbers, not ${expected.length}`)
  for (let i = 0; i < found.length; i++) {
    const [a, b] = [found[i] as number, expected[i] as number]
    if (!(Math.abs(a - b) <= absolute + relative * Math.abs(b))) {
      throw new Error(`${what}: element ${i} of ${found.length} is ${a}, not ${b} (off by ${Math.abs(a - b)})`)
    }
  }
}

/** @throws with the first place where the bits differ: `toEqual` takes seconds for what a kernel gives */
export function expectSameBits(what: string, found: Float32Array, expected: Float32Array): void {
  if (found.length !== expected.length) throw new Error(`${what}: ${found.length} numbers, not ${expected.length}`)
  const [a, b] = [bitsOf(found), bitsOf(expected)]
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) throw new Error(`${what}: element ${i} of ${a.length} is ${found[i]}, not ${expected[i]}`)
  }
}

const bitsOf = ({ buffer, byteOffset, length }: Float32Array) => new Uint32Array(buffer, byteOffset, length)
