import { describe, expect, it } from 'vitest'
import { uniform } from '../../../core/random.ts'
import { costOf, greedy, optimal, PAPER_WEIGHTS, totalCost } from './matching.ts'

/** Of all injective assignments of as many objects as there are queries for. */
function bruteForce(costs: number[][], object = 0, taken: number[] = [], skipped = 0): number {
  const queries = costs[0]?.length ?? 0
  const row = costs[object]
  if (!row) return 0
  const rest = row.map((cost, query) =>
    taken.includes(query) ? Number.POSITIVE_INFINITY : cost + bruteForce(costs, object + 1, [...taken, query], skipped),
  )
  if (skipped < costs.length - queries) rest.push(bruteForce(costs, object + 1, taken, skipped + 1))
  return Math.min(...rest)
}

describe('the assignment', () => {
  it('is the cheapest of all, for every shape up to six', () => {
    const next = uniform(7)
    for (let objects = 1; objects <= 6; objects++) {
      for (let queries = 1; queries <= 6; queries++) {
        const costs = Array.from({ length: objects }, () => Array.from({ length: queries }, () => next() * 10 - 2))
        const assignment = optimal(costs)
        const used = assignment.filter((query) => query >= 0)
        expect(new Set(used).size).toBe(used.length)
        expect(used).toHaveLength(Math.min(objects, queries))
        expect(totalCost(costs, assignment)).toBeCloseTo(bruteForce(costs), 9)
      }
    }
  })

  it('is dearer when greedy', () => {
    const costs = [
      [1, 2],
      [2, 10],
    ]
    expect(greedy(costs)).toEqual([0, 1])
    expect(totalCost(costs, greedy(costs))).toBe(11)
    expect(optimal(costs)).toEqual([1, 0])
    expect(totalCost(costs, optimal(costs))).toBe(4)
  })

  it('is empty without objects or without queries', () => {
    expect(optimal([])).toEqual([])
    expect(optimal([[], []])).toEqual([-1, -1])
    expect(greedy([[], []])).toEqual([-1, -1])
  })

  it('costs nothing where everything is right', () => {
    const box = { x: 0.5, y: 0.5, width: 0.2, height: 0.2 }
    expect(costOf(box, 1, { label: 'cat', box }, PAPER_WEIGHTS).total).toBeCloseTo(0)
    expect(costOf(box, 0.25, { label: 'cat', box }, { label: 2, l1: 0, giou: 0 }).total).toBeCloseTo(1.5)
  })
})
