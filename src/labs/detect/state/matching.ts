/**
 * Which query answers for which object (Carion et al. 2020, eq. 1 and 2): the assignment with the smallest sum of
 * costs = class · (1 − p(label)) + l1 · ‖b − b̂‖₁ + giou · (1 − GIoU). The paper's −p and −GIoU differ by constants alone.
 */

import { type Box, giou, type Labelled, l1 } from './boxes.ts'

export interface CostWeights {
  label: number
  l1: number
  giou: number
}

/** Those of the paper. */
export const PAPER_WEIGHTS: CostWeights = { label: 1, l1: 5, giou: 2 }

export interface Cost {
  label: number
  l1: number
  giou: number
  total: number
}

/** @param probability of an object's label, by a query */
export function costOf(box: Box, probability: number, object: Labelled, weights: CostWeights): Cost {
  const parts = {
    label: weights.label * (1 - probability),
    l1: weights.l1 * l1(box, object.box),
    giou: weights.giou * (1 - giou(box, object.box)),
  }
  return { ...parts, total: parts.label + parts.l1 + parts.giou }
}

/** [object]: the query that answers for it; −1 where there are fewer queries than objects. */
export type Assignment = number[]

/** The cheapest pair first, again and again, of what is left. @param costs [objects][queries] */
export function greedy(costs: readonly (readonly number[])[]): Assignment {
  const pairs = costs.flatMap((row, object) => row.map((cost, query) => ({ object, query, cost })))
  const assigned: Assignment = costs.map(() => -1)
  for (const { object, query } of pairs.sort((a, b) => a.cost - b.cost)) {
    if (assigned[object] === -1 && !assigned.includes(query)) assigned[object] = query
  }
  return assigned
}

/**
 * The cheapest assignment of all, by shortest augmenting paths with potentials (Kuhn 1955, "The Hungarian method for the assignment
 * problem"; Jonker and Volgenant 1987). Where there are fewer queries than objects, as many objects as there are queries get one.
 * @param costs [objects][queries]
 */
export function optimal(costs: readonly (readonly number[])[]): Assignment {
  const objects = costs.length
  const queries = costs[0]?.length ?? 0
  if (objects <= queries) return shortestPaths(costs, queries)
  const turned = Array.from({ length: queries }, (_, query) => costs.map((row) => row[query] as number))
  const byQuery = shortestPaths(turned, objects)
  return costs.map((_, object) => byQuery.indexOf(object))
}

/** For no more rows than columns. Rows and columns are counted from 1; column 0 stands for the row that looks for one. */
function shortestPaths(costs: readonly (readonly number[])[], columns: number): Assignment {
  const rows = costs.length
  const rowPotential = new Float64Array(rows + 1)
  const columnPotential = new Float64Array(columns + 1)
  const rowOf = new Int32Array(columns + 1)
  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row
    const distance = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY)
    const cameFrom = new Int32Array(columns + 1)
    const visited = new Uint8Array(columns + 1)
    let column = 0
    do {
      visited[column] = 1
      const current = rowOf[column] as number
      let step = Number.POSITIVE_INFINITY
      let nearest = 0
      for (let next = 1; next <= columns; next++) {
        if (visited[next]) continue
        const cost = costs[current - 1]?.[next - 1] as number
        const reduced = cost - (rowPotential[current] as number) - (columnPotential[next] as number)
        if (reduced < (distance[next] as number)) {
          distance[next] = reduced
          cameFrom[next] = column
        }
        if ((distance[next] as number) < step) {
          step = distance[next] as number
          nearest = next
        }
      }
      for (let next = 0; next <= columns; next++) {
        if (visited[next]) {
          const held = rowOf[next] as number
          rowPotential[held] = (rowPotential[held] as number) + step
          columnPotential[next] = (columnPotential[next] as number) - step
        } else {
          distance[next] = (distance[next] as number) - step
        }
      }
      column = nearest
    } while (rowOf[column] !== 0)
    while (column !== 0) {
      const from = cameFrom[column] as number
      rowOf[column] = rowOf[from] as number
      column = from
    }
  }
  return costs.map((_, row) => rowOf.indexOf(row + 1, 1) - 1)
}

export function totalCost(costs: readonly (readonly number[])[], assignment: Assignment): number {
  return assignment.reduce((sum, query, object) => sum + (query < 0 ? 0 : (costs[object]?.[query] as number)), 0)
}
