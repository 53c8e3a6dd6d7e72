/** One cell of the causal mask opened or closed: who can see what then, and what it does to the model's answers. */

import { packMask } from '../../../../core/mask.ts'
import { divergence, mostChanged } from '../next_facts.ts'
import { decode, type Runs, type Shown } from './shown.ts'

export interface Cell {
  query: number
  key: number
}

/** Reads the tokens before it, but for one cell that is turned around. */
export function readsWith({ query, key }: Cell): (q: number, k: number) => boolean {
  return (q, k) => k <= q !== (q === query && k === key)
}

/**
 * What each row's last state can know of the tokens: what it reads, and what those knew a layer before. Every layer has the same mask, and
 * the residual keeps what a row knew.
 * @returns [T × T], row by row
 */
export function reach(tokens: number, layers: number, reads: (query: number, key: number) => boolean): boolean[] {
  let known = Array.from({ length: tokens * tokens }, (_, i) => Math.floor(i / tokens) === i % tokens)
  for (let layer = 0; layer < layers; layer++) {
    const before = known
    known = before.map((knew, i) => {
      const [row, token] = [Math.floor(i / tokens), i % tokens]
      if (knew) return true
      for (let k = 0; k < tokens; k++) if (reads(row, k) && before[k * tokens + token]) return true
      return false
    })
  }
  return known
}

/** Rows that can know the token they are asked for. */
export function cheaters(tokens: number, layers: number, reads: (query: number, key: number) => boolean): number[] {
  const known = reach(tokens, layers, reads)
  return Array.from({ length: tokens - 1 }, (_, row) => row).filter((row) => known[row * tokens + row + 1])
}

export interface CellEffect {
  /** −ln p of the next token, by row. */
  before: Float32Array
  after: Float32Array
  /** Of the distribution after `row`: KL(before ‖ after) in bits, and the ten tokens that gained or lost most. */
  row: number
  divergence: number
  moved: ReturnType<typeof mostChanged>
}

const MOVED = 10

/** @param row whose next token is compared */
export async function cellEffect(engine: Runs, shown: Shown, cell: Cell, row: number): Promise<CellEffect> {
  const T = shown.ids.length
  const changed = { mask: { bits: packMask(T, readsWith(cell)), layers: 1 }, causal: false }
  const losses = async (how: object) => (await decode(engine, shown, { next: {} }, how)).next?.losses as Float32Array
  const logits = async (how: object) =>
    (await decode(engine, shown, {}, { ...how, rows: [row] })).logits.lm?.data as Float32Array
  const [before, after] = [await losses({}), await losses(changed)]
  const [p, q] = [await logits({}), await logits(changed)]
  return { before, after, row, divergence: divergence(p, q), moved: mostChanged(p, q, MOVED) }
}
