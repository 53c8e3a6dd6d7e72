/**
 * How far each head's attention moved from one run to another whose rows were paired by token.
 * Shapes: a map is [H, T, T]; U aligned rows. A token that only one run has reads, and is read with, 0 in the other.
 */

import type { AlignedRow } from '../core/align.ts'

export interface LayerMaps {
  /** [H, T, T]. */
  map: Float32Array
  tokens: number
}

export interface HeadMovement {
  layer: number
  head: number
  /** The mean over the queries that both runs have of ½ Σ |after − before|: 0 the same, 1 nothing in common. */
  distance: number
  /** By aligned row [U]: the part of all attention that lands on the token, before and after. */
  before: Float64Array
  after: Float64Array
}

/** Every head of one layer. */
export function layerMovement(
  rows: readonly AlignedRow[],
  before: LayerMaps,
  after: LayerMaps,
  layer: number,
): HeadMovement[] {
  const heads = after.map.length / (after.tokens * after.tokens)
  return Array.from({ length: heads }, (_, head) => {
    const a = received(rows, before, head, ({ a }) => a)
    const b = received(rows, after, head, ({ b }) => b)
    return { layer, head, distance: distance(rows, before, after, head), before: a, after: b }
  })
}

/** What a head's movement comes to: the token that lost most of its attention, and the one that gained most. */
export function gainAndLoss({ before, after }: HeadMovement): { lost: number; gained: number } {
  let lost = 0
  let gained = 0
  const change = (row: number) => (after[row] as number) - (before[row] as number)
  for (let row = 1; row < after.length; row++) {
    if (change(row) < change(lost)) lost = row
    if (change(row) > change(gained)) gained = row
  }
  return { lost, gained }
}

function distance(rows: readonly AlignedRow[], before: LayerMaps, after: LayerMaps, head: number): number {
  let sum = 0
  let queries = 0
  for (const query of rows) {
    if (query.a === null || query.b === null) continue
    queries++
    for (const key of rows)
      sum += Math.abs(valueAt(after, head, query.b, key.b) - valueAt(before, head, query.a, key.a))
  }
  return queries === 0 ? 0 : sum / 2 / queries
}

function received(
  rows: readonly AlignedRow[],
  maps: LayerMaps,
  head: number,
  place: (row: AlignedRow) => number | null,
): Float64Array {
  const shares = new Float64Array(rows.length)
  let all = 0
  rows.forEach((key, u) => {
    const column = place(key)
    for (let query = 0; query < maps.tokens; query++) {
      shares[u] = (shares[u] as number) + valueAt(maps, head, query, column)
    }
    all += shares[u] as number
  })
  return all === 0 ? shares : shares.map((share) => share / all)
}

function valueAt({ map, tokens }: LayerMaps, head: number, query: number, key: number | null): number {
  return key === null ? 0 : (map[(head * tokens + query) * tokens + key] as number)
}
