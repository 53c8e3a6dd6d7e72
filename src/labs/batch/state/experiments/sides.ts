/** On which side a row is padded, and what is read then where people look: the first position, and the last. */

import { topK } from '../../../../core/logits.ts'
import type { NDArray } from '../../../../core/shapes.ts'
import type { Engine } from '../../../../state/engine.ts'
import { type Apart, assemble } from '../assemble.ts'
import { SIDES, type Side } from '../plan.ts'
import type { BatchRun } from '../run.ts'
import type { Token, TokenSequence } from '../sequences.ts'

export interface SideAnswer {
  side: Side
  /** Positions count from the sequence's first token. */
  reset: boolean
  /** What stands in the row, and at which position id. */
  tokens: Token[]
  positions: number[]
  at: number
  /** What is read at index 0 and at index −1: the token that stands there. */
  first: Token
  last: Token
  /** max |Δ| of the state at index 0 against that of the sequence's own first token, alone. */
  firstDelta: number
  /** The best token by logits[-1], and by the logits of the sequence's own last token; null without a head over the vocabulary. */
  saidByLast: number | null
  saidByOwn: number | null
  /** max |Δ| of logits[-1] against those of the sequence's own last token, alone; NaN without such a head. */
  lastDelta: number
}

/** PADs in a row whose sequence is the longest itself. */
const LEAST_PADS = 4

/** Six rows in one forward, and the sequence alone. */
export async function sides(
  engine: Pick<Engine, 'batch'>,
  { model, sequences, assembled: shown }: BatchRun,
  sequence: number,
): Promise<SideAnswer[]> {
  const own = sequences[sequence] as TokenSequence
  const T = own.tokens.length
  const width = Math.min(model.maxTokens, Math.max(Math.min(shown.width, T + 16), T + LEAST_PADS))
  const free = width - T
  const ats = { right: 0, left: free, centre: Math.floor(free / 2) }
  const rows = SIDES.flatMap((side) => [true, false].map((reset) => ({ side, reset, at: ats[side] })))
  const apart: Apart[] = rows.map(({ reset }) => ({ block: false, reset }))
  const inRow = assemble(model, { width, rows: rows.map(({ at }) => [{ sequence: 0, at }]) }, [own], apart)
  const result = await engine.batch({
    ...inRow.request,
    pooledRows: rows.flatMap(() => [0]),
    vocabularyRows: rows.flatMap(({ at }) => [width - 1, at + T - 1]),
    attentions: false,
  })
  const single = assemble(model, { width: T, rows: [[{ sequence: 0, at: 0 }]] }, [own], { block: false, reset: true })
  const alone = await engine.batch({
    ...single.request,
    pooledRows: [0],
    vocabularyRows: [T - 1],
    attentions: false,
  })
  const vocabulary = result.logits.mlm ?? result.logits.lm
  const ownLogits = alone.logits.mlm ?? alone.logits.lm
  return rows.map(({ side, reset, at }, r) => {
    const tokens = inRow.tokens.slice(r * width, (r + 1) * width)
    const said = vocabulary && rowOf(vocabulary, 2 * r)
    return {
      side,
      reset,
      at,
      tokens,
      positions: inRow.positions.slice(r * width, (r + 1) * width),
      first: tokens[0] as Token,
      last: tokens[width - 1] as Token,
      firstDelta: farthest(rowOf(result.pooled, r), rowOf(alone.pooled, 0)),
      saidByLast: said ? best(said) : null,
      saidByOwn: vocabulary ? best(rowOf(vocabulary, 2 * r + 1)) : null,
      lastDelta: said && ownLogits ? farthest(said, rowOf(ownLogits, 0)) : Number.NaN,
    }
  })
}

function rowOf({ dims, data }: NDArray, row: number): Float32Array {
  const width = dims.at(-1) as number
  return data.subarray(row * width, (row + 1) * width)
}

function best(logits: Float32Array): number {
  return topK(logits, 1)[0]?.index ?? 0
}

function farthest(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] as number))), 0)
}
