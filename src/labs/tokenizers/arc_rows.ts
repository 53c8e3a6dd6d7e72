/** Where the arcs of a lattice are drawn: no two of one level share a letter. */

import type { LatticeView } from '../../tokenizers/measure.ts'

type Arc = LatticeView['arcs'][number]

/** The best way lies lowest, then what most ways go through. */
export function arcRows(arcs: readonly Arc[]): { arc: Arc; level: number }[] {
  const levels: Arc[][] = []
  const order = arcs.toSorted((a, b) => Number(b.best) - Number(a.best) || b.share - a.share)
  return order.map((arc) => {
    const free = levels.findIndex((row) => row.every((other) => other.to <= arc.from || other.from >= arc.to))
    const level = free < 0 ? levels.push([]) - 1 : free
    levels[level]?.push(arc)
    return { arc, level }
  })
}
