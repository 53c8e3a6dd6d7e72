/** PAD that can be read: how much attention it takes, and what that does to the answers, for 0 … 64 of them. */

import { maskWords, packMask } from '../../../../core/mask.ts'
import type { Engine } from '../../../../state/engine.ts'
import { assemble } from '../assemble.ts'
import { answersOf, type Difference, difference } from '../compare.ts'
import type { Side } from '../plan.ts'
import { type BatchRun, mapsWithin } from '../run.ts'
import type { TokenSequence } from '../sequences.ts'

const COUNTS = [0, 1, 2, 4, 8, 16, 32, 64] as const

export interface Leak {
  /** PADs that can be read. */
  pads: number
  /** Against none of them. */
  change: Difference
  /** The mean share of attention that the sequence's tokens give to PAD, by layer and head [L, H]; NaN where no map was read back. */
  mass: Float32Array
}

/** What of a run the experiment is about. */
export interface Leaking {
  side: Exclude<Side, 'centre'>
  sequence: number
  layer: number
}

/**
 * One batch: in row j the sequence with COUNTS[j] PADs beside it that it may read; the rest of the row is closed to it. The sequence keeps
 * its positions in every row, so that nothing but what is read differs.
 */
export async function leak(
  engine: Pick<Engine, 'batch'>,
  { model, info, sequences }: BatchRun,
  { side, sequence, layer }: Leaking,
): Promise<Leak[]> {
  const own = sequences[sequence] as TokenSequence
  const T = own.tokens.length
  const counts = COUNTS.filter((count) => T + count <= model.maxTokens)
  const most = counts.at(-1) as number
  const width = T + most
  const at = side === 'left' ? most : 0
  const assembled = assemble(model, { width, rows: counts.map(() => [{ sequence: 0, at }]) }, [own], {
    block: false,
    reset: true,
  })
  const { request, positions } = assembled
  // Behind a sequence PADs go on counting, as when no mask is given; in front of it they stand where it starts.
  const placed = positions.map((position, i) => {
    const t = (i % width) - at
    return t >= T ? model.firstPosition + t : position
  })
  const result = await engine.batch({
    ...request,
    positions: placed,
    mask: { bits: opened(counts, width, at, T), layers: 1 },
    attentions: mapsWithin(info, counts.length, width, layer),
  })
  const answers = assembled.standing.map((standing) => answersOf(result, standing, own))
  return counts.map((pads, row) => ({
    pads,
    change: difference(answers[0] as (typeof answers)[number], answers[row] as (typeof answers)[number]),
    mass: Float32Array.from({ length: info.layers * info.heads }, (_, i) => {
      const map = result.attentions[Math.floor(i / info.heads)]
      if (!map) return Number.NaN
      let sum = 0
      for (let q = at; q < at + T; q++) {
        const from = ((row * info.heads + (i % info.heads)) * width + q) * width
        for (let k = 0; k < width; k++) if (k < at || k >= at + T) sum += map.data[from + k] as number
      }
      return sum / T
    }),
  }))
}

/** In each row the sequence and its count of PADs nearest to it can be read. */
function opened(counts: readonly number[], width: number, at: number, T: number): Uint32Array<ArrayBuffer> {
  const words = maskWords(width)
  const bits = new Uint32Array(counts.length * width * words)
  counts.forEach((count, row) => {
    const readable = (_: number, k: number) => k >= at - count && k < at + T + count
    bits.set(packMask(width, readable), row * width * words)
  })
  return bits
}
