/**
 * Where attention goes. Shapes: L layers, H heads, T tokens; a map is [H, T, T], row = query, column = key.
 * A query that reads nothing (its row is all zeros) counts nowhere: shares and entropies are means over the others.
 */

import { type Group, groupsIn } from './groups.ts'

/** One head of one layer. */
export interface HeadStats {
  layer: number
  head: number
  /** [T]: the part of all attention that lands on each token; sums to 1 where anything is read. */
  received: Float64Array
  /** Mean over queries of the entropy of what they read, in bits. */
  entropy: number
  /** The token that receives most, and how much of all attention that is. */
  sink: { row: number; share: number }
}

/** @param map [H, T, T] of one layer */
export function layerStats(map: Float32Array, layer: number, tokens: number): HeadStats[] {
  const heads = map.length / (tokens * tokens)
  return Array.from({ length: heads }, (_, head) => headStats(map, layer, head, tokens))
}

function headStats(map: Float32Array, layer: number, head: number, tokens: number): HeadStats {
  const received = new Float64Array(tokens)
  const offset = head * tokens * tokens
  let nats = 0
  let reading = 0
  for (let q = 0; q < tokens; q++) {
    const row = offset + q * tokens
    let mass = 0
    for (let k = 0; k < tokens; k++) {
      const p = map[row + k] as number
      if (p === 0) continue
      nats -= p * Math.log(p)
      mass += p
      received[k] = (received[k] as number) + p
    }
    if (mass > 0) reading++
  }
  let sink = 0
  for (let k = 0; k < tokens; k++) {
    received[k] = (received[k] as number) / (reading || 1)
    if ((received[k] as number) > (received[sink] as number)) sink = k
  }
  const entropy = reading === 0 ? 0 : nats / Math.LN2 / reading
  return { layer, head, received, entropy, sink: { row: sink, share: received[sink] ?? 0 } }
}

export interface GroupShare {
  kind: Group
  share: number
}

/** The part of a layer's attention, over all its heads, that lands on each group present. @param groups [T] */
export function groupShares(heads: readonly HeadStats[], groups: readonly Group[]): GroupShare[] {
  return groupsIn(groups).map((kind) => {
    let share = 0
    for (const { received } of heads) {
      for (let k = 0; k < groups.length; k++) if (groups[k] === kind) share += (received[k] as number) / heads.length
    }
    return { kind, share }
  })
}
