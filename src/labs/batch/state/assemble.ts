/** A planned batch as one forward reads it: ids, positions and masks, row by row, and where each sequence's answers will be. */

import { maskWords, packMask } from '../../../core/mask.ts'
import type { BatchRequest } from '../../../engine/protocol.ts'
import type { PlannedBatch } from './plan.ts'
import type { BatchModel, Token, TokenSequence } from './sequences.ts'

/** What keeps sequences apart that share a row, or a row and its padding. */
export interface Apart {
  /** A query reads its own sequence alone; else every token of its row that is no PAD. */
  block: boolean
  /** Positions count from each sequence's first token; else from the row's. */
  reset: boolean
}

/** Where a sequence stands, and where its answers are. */
export interface Standing {
  sequence: number
  row: number
  at: number
  length: number
  /** Its place in `pooled`, and in logits that answer once. */
  pooled: number
  /** The places of its targets in the logits over the vocabulary. */
  targets: number[]
}

export interface Assembled {
  width: number
  rows: number
  /** [rows, width] */
  tokens: Token[]
  positions: number[]
  /** The number of the sequence that stands at each position; −1: PAD. */
  owner: Int32Array
  standing: Standing[]
  request: Omit<BatchRequest, 'attentions'>
}

/**
 * @param sequences of all lines; a batch names some of them
 * @param apart of every row, or of each its own
 */
export function assemble(
  model: BatchModel,
  { width, rows: places }: PlannedBatch,
  sequences: readonly TokenSequence[],
  apart: Apart | readonly Apart[],
): Assembled {
  const rows = places.length
  const apartIn = (row: number) => ('block' in apart ? apart : (apart[row] as Apart))
  const { pad, firstPosition, causal } = model
  const tokens: Token[] = new Array(rows * width).fill(pad)
  // A PAD keeps the padding index, as RoBERTa counts; elsewhere it stands at 0.
  const positions: number[] = new Array(rows * width).fill(Math.max(0, firstPosition - 1))
  const owner = new Int32Array(rows * width).fill(-1)
  const most = Math.max(1, ...places.map((row) => row.length))
  const targetsOf = (row: PlannedBatch['rows'][number]) =>
    row.flatMap(({ sequence, at }) => (sequences[sequence] as TokenSequence).targets.map((one) => at + one.row))
  const mostTargets = Math.max(0, ...places.map((row) => targetsOf(row).length))
  const standing: Standing[] = []

  places.forEach((row, b) => {
    let target = 0
    row.forEach(({ sequence, at }, i) => {
      const own = sequences[sequence] as TokenSequence
      own.tokens.forEach((token, t) => {
        const place = b * width + at + t
        tokens[place] = token
        positions[place] = firstPosition + (apartIn(b).reset ? t : at + t)
        owner[place] = sequence
      })
      standing.push({
        sequence,
        row: b,
        at,
        length: own.tokens.length,
        pooled: b * most + i,
        targets: own.targets.map(() => b * mostTargets + target++),
      })
    })
  })

  // As many of every row: a row with fewer asks for its first position again, and nobody reads that answer.
  const filled = (wanted: number[], count: number) => [...wanted, ...new Array(count - wanted.length).fill(0)]
  const pooledRow = ({ at, sequence }: { at: number; sequence: number }) =>
    causal ? at + (sequences[sequence] as TokenSequence).tokens.length - 1 : at
  return {
    width,
    rows,
    tokens,
    positions,
    owner,
    standing,
    request: {
      model: model.id,
      sequences: rows,
      ids: tokens.map(({ id }) => id),
      positions,
      mask: { bits: maskBits(owner, rows, width, (row) => apartIn(row).block), layers: 1 },
      pooledRows: places.flatMap((row) => filled(row.map(pooledRow), most)),
      vocabularyRows: places.flatMap((row) => filled(targetsOf(row), mostTargets)),
    },
  }
}

/** u32 [rows, width, ⌈width / 32⌉]: nobody reads PAD; in blocks nobody reads another sequence either. */
function maskBits(
  owner: Int32Array,
  rows: number,
  width: number,
  block: (row: number) => boolean,
): Uint32Array<ArrayBuffer> {
  const words = maskWords(width)
  const bits = new Uint32Array(rows * width * words)
  for (let b = 0; b < rows; b++) {
    const own = owner.subarray(b * width, (b + 1) * width)
    const inBlocks = block(b)
    const readable = (q: number, k: number) => own[k] !== -1 && (!inBlocks || own[k] === own[q])
    bits.set(packMask(width, readable), b * width * words)
  }
  return bits
}

/** Each of these sequences in a row of its own, as long as it is. */
export function alone(sequences: readonly TokenSequence[], sequence: number): PlannedBatch {
  return { width: (sequences[sequence] as TokenSequence).tokens.length, rows: [[{ sequence, at: 0 }]] }
}
