/** Who reads whom, by group of tokens: CLS → register, register → patch, … */

import { type Group, groupsIn } from './groups.ts'

export interface Interactions {
  /** The groups present, in the canonical order: rows (who reads) and columns (who is read). */
  groups: Group[]
  /** [G, G]: the share of its attention that a query of the row's group gives to all keys of the column's group, itself
   * included; the mean over heads and over queries that read anything. A row sums to 1. */
  shares: Float64Array
}

/** @param map [H, T, T] of one layer @param groups [T] */
export function interactions(map: Float32Array, groups: readonly Group[]): Interactions {
  const tokens = groups.length
  const present = groupsIn(groups)
  const G = present.length
  const place = groups.map((group) => present.indexOf(group))
  const shares = new Float64Array(G * G)
  const reading = new Float64Array(G)
  for (let row = 0; row < map.length / tokens; row++) {
    const from = place[row % tokens] as number
    let mass = 0
    for (let k = 0; k < tokens; k++) {
      const p = map[row * tokens + k] as number
      const at = from * G + (place[k] as number)
      shares[at] = (shares[at] as number) + p
      mass += p
    }
    if (mass > 0) reading[from] = (reading[from] as number) + 1
  }
  shares.forEach((share, i) => {
    shares[i] = share / (reading[Math.floor(i / G)] || 1)
  })
  return { groups: present, shares }
}

/** One cell; NaN where a group is absent. */
export function shareOf({ groups, shares }: Interactions, from: Group, to: Group): number {
  const [row, column] = [groups.indexOf(from), groups.indexOf(to)]
  return row < 0 || column < 0 ? Number.NaN : (shares[row * groups.length + column] as number)
}
