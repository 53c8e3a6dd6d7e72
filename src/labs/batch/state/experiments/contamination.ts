/** What sequences of one row do to each other: with and without a block mask, positions of their own, separators. */

import type { Piece } from '../../../../core/tokens.ts'
import type { BatchResult, ModelInfo } from '../../../../engine/protocol.ts'
import type { Engine } from '../../../../state/engine.ts'
import { type Apart, type Assembled, assemble } from '../assemble.ts'
import { type Answers, answersAlone, answersOf, type Difference, difference, isSame, worst } from '../compare.ts'
import type { PlannedBatch } from '../plan.ts'
import { type BatchRun, mapsWithin } from '../run.ts'
import { sequenceOf, type TokenSequence } from '../sequences.ts'

export interface Contamination extends Apart, Difference {
  separator: boolean
  /** The mean share of attention that a token of a sequence gives to others of its row. */
  mass: number
  same: boolean
}

const APART: readonly Apart[] = [
  { block: true, reset: true },
  { block: true, reset: false },
  { block: false, reset: true },
  { block: false, reset: false },
]

/** At most so many sequences of a row. */
const MOST = 6

/**
 * The sequences of the chosen row where it holds several, else of the first row that does, else the shortest of the batch, as many as fit
 * into a row together.
 * @returns their numbers; fewer than two where no two fit
 */
export function together({ plan, batch, doc, sequences, model }: BatchRun, row: number): number[] {
  const rows = (plan.batches[batch]?.rows ?? []).map((places) => places.map(({ sequence }) => sequence))
  const own = [rows[row] ?? [], ...rows].find(({ length }) => length > 1)
  if (own) return own.slice(0, MOST)
  const capacity = Math.min(doc.settings.capacity, model.maxTokens)
  const length = (sequence: number) => sequences[sequence]?.tokens.length ?? 0
  let used = 0
  return rows
    .flat()
    .toSorted((a, b) => length(a) - length(b) || a - b)
    .filter((sequence) => {
      used += length(sequence)
      return used <= capacity
    })
    .slice(0, MOST)
}

/** The eight ways: of each separator, four rows in one forward, against each sequence alone with the same tokens. */
export async function contamination(
  engine: Pick<Engine, 'batch'>,
  { model, info, doc, pieces, sequences }: BatchRun,
  chosen: readonly number[],
  layer: number,
): Promise<Contamination[]> {
  const found: Contamination[] = []
  for (const separator of [true, false]) {
    // Without a separator a sequence is a token shorter: it holds no more words than with one.
    const own = chosen.map((number, i) =>
      sequenceOf(model, wordsOf(pieces, sequences, number), i, { capacity: doc.settings.capacity, closed: separator }),
    )
    const row = inOneRow(own)
    const assembled = assemble(model, { ...row, rows: APART.map(() => row.rows[0] ?? []) }, own, APART)
    const result = await engine.batch({
      ...assembled.request,
      attentions: mapsWithin(info, APART.length, row.width, layer),
    })
    const alone: Answers[] = []
    for (const i of own.keys()) alone.push(await answersAlone(engine, model, own, i))
    APART.forEach((apart, r) => {
      const differences = assembled.standing
        .filter((standing) => standing.row === r)
        .map((standing) => {
          const sequence = own[standing.sequence] as TokenSequence
          return difference(alone[standing.sequence] as Answers, answersOf(result, standing, sequence))
        })
      const most = worst(differences)
      found.push({ ...apart, separator, ...most, same: isSame(most), mass: foreignMass(result, assembled, r, info) })
    })
  }
  return found
}

function wordsOf(pieces: readonly Piece[][], sequences: readonly TokenSequence[], number: number): Piece[] {
  const line = pieces[number] ?? []
  return line.slice(0, line.length - (sequences[number]?.cut ?? 0))
}

function inOneRow(sequences: readonly TokenSequence[]): PlannedBatch {
  let at = 0
  const row = sequences.map(({ tokens }, sequence) => {
    const place = { sequence, at }
    at += tokens.length
    return place
  })
  return { width: at, rows: [row] }
}

/** Over the maps that were read back, the queries that belong to a sequence, what they give to keys of another. */
function foreignMass(
  { attentions }: BatchResult,
  { width, owner }: Assembled,
  row: number,
  { heads }: ModelInfo,
): number {
  const own = owner.subarray(row * width, (row + 1) * width)
  let mass = 0
  let queries = 0
  for (const map of attentions) {
    if (!map) continue
    for (let h = 0; h < heads; h++) {
      for (let q = 0; q < width; q++) {
        const from = ((row * heads + h) * width + q) * width
        for (let k = 0; k < width; k++) if (own[k] !== own[q]) mass += map.data[from + k] as number
        queries++
      }
    }
  }
  return mass / queries
}
