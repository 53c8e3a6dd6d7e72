import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orderOfGrowth } from '../../../core/testing/time.ts'
import { isPacking, numbersOf, type PlanSettings, planOf, SIDES, STRATEGIES, strategiesFor, workOf } from './plan.ts'

const SETTINGS: PlanSettings = { size: 2, capacity: 10, side: 'right', buckets: 2, jitter: 0, budget: 12, seed: 1 }
const LENGTHS = [2, 9, 3, 8, 1]
const sequences = (strategy: (typeof STRATEGIES)[number], settings: Partial<PlanSettings> = {}, lengths = LENGTHS) =>
  planOf(strategy, lengths, { ...SETTINGS, ...settings }).batches.map(({ width, rows }) => [
    width,
    ...rows.map((row) => row.map(({ sequence }) => sequence)),
  ])

describe('a plan', () => {
  it('pads to the maximum, or to the longest of each batch', () => {
    expect(sequences('maximum')).toEqual([
      [10, [0], [1]],
      [10, [2], [3]],
      [10, [4]],
    ])
    expect(sequences('longest')).toEqual([
      [9, [0], [1]],
      [8, [2], [3]],
      [1, [4]],
    ])
  })

  it('fills buckets of as many sequences', () => {
    expect(sequences('buckets')).toEqual([
      [3, [0], [2]],
      [9, [1], [3]],
      [1, [4]],
    ])
  })

  it('sorts by length, with the batches in an order by lot', () => {
    const batches = sequences('sorted')
    expect(batches.toSorted((a, b) => Number(a[0]) - Number(b[0]))).toEqual([
      [2, [4], [0]],
      [8, [2], [3]],
      [9, [1]],
    ])
    const many = Array.from({ length: 60 }, (_, i) => 1 + (i % 10))
    const spread = (jitter: number) => numbersOf(planOf('sorted', many, { ...SETTINGS, jitter }), many).sorted
    expect(spread(0)).toBeGreaterThan(0.99)
    expect(spread(0.9)).toBeLessThan(spread(0))
  })

  it('keeps a batch within its budget of positions', () => {
    expect(sequences('budget')).toEqual([
      [2, [0]],
      [9, [1]],
      [3, [2]],
      [8, [3]],
      [1, [4]],
    ])
    expect(sequences('budget', { budget: 18 })).toEqual([
      [9, [0], [1]],
      [8, [2], [3]],
      [1, [4]],
    ])
    expect(sequences('budget', { budget: 1 }, [7])).toEqual([[7, [0]]])
  })

  it('puts the free positions right, left or on both sides', () => {
    const places = (side: (typeof SIDES)[number]) =>
      planOf('first-fit', [2, 3], { ...SETTINGS, side }).batches[0]?.rows[0]?.map(({ at }) => at)
    expect(places('right')).toEqual([0, 2])
    expect(places('left')).toEqual([5, 7])
    expect(places('centre')).toEqual([2, 4])
  })

  it('holds every sequence once, in its row, whatever the strategy', () => {
    const settings = fc.record({
      size: fc.integer({ min: 1, max: 9 }),
      capacity: fc.constant(12),
      side: fc.constantFrom(...SIDES),
      buckets: fc.integer({ min: 1, max: 8 }),
      jitter: fc.double({ min: 0, max: 1, noNaN: true }),
      budget: fc.integer({ min: 1, max: 60 }),
      seed: fc.nat(),
    })
    const lengths = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 40 })
    fc.assert(
      fc.property(lengths, settings, (given, drawn) => {
        for (const strategy of strategiesFor(given.length)) {
          const { batches } = planOf(strategy, given, drawn)
          const found: number[] = []
          for (const { width, rows } of batches) {
            for (const row of rows) {
              let free = 0
              for (const { sequence, at } of row) {
                expect(at).toBeGreaterThanOrEqual(free)
                free = at + (given[sequence] as number)
                found.push(sequence)
              }
              expect(free).toBeLessThanOrEqual(width)
              if (!isPacking(strategy)) expect(row).toHaveLength(1)
            }
            if (strategy !== 'budget') expect(rows.length).toBeLessThanOrEqual(drawn.size)
            else if (rows.length > 1) expect(width * rows.length).toBeLessThanOrEqual(drawn.budget)
          }
          expect(found.toSorted((a, b) => a - b)).toEqual(given.map((_, i) => i))
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('the numbers of a plan', () => {
  it('are counted by hand', () => {
    const numbers = numbersOf(planOf('longest', LENGTHS, SETTINGS), LENGTHS)
    expect(numbers).toMatchObject({ useful: 23, positions: 35, squares: 2 * 81 + 2 * 64 + 1, batches: 3, rows: 5 })
    expect(numbers.largest).toBe(18)
    expect(numbers.order).toBe(1)
    expect(workOf(numbers, { layers: 2, width: 4, feedForward: 16 })).toEqual({
      linear: 2 * 2 * 35 * (4 * 16 + 2 * 64),
      attention: 4 * 2 * 291 * 4,
    })
  })

  it('tell of an order that was turned round, and of batches that are alike', () => {
    const falling = numbersOf(
      planOf('first-fit-decreasing', [1, 2, 3, 4], { ...SETTINGS, capacity: 4, size: 1 }),
      [1, 2, 3, 4],
    )
    expect(falling.order).toBeLessThan(-0.3)
    expect(numbersOf(planOf('longest', [5, 1, 5, 1], SETTINGS), [5, 1, 5, 1]).sorted).toBe(0)
    expect(numbersOf(planOf('longest', [5, 5, 1, 1], SETTINGS), [5, 5, 1, 1]).sorted).toBe(1)
  })

  it('of nothing are none', () => {
    for (const strategy of STRATEGIES) {
      const numbers = numbersOf(planOf(strategy, [], SETTINGS), [])
      expect(numbers).toMatchObject({ useful: 0, positions: 0, batches: 0, largest: 0 })
    }
  })

  it('leaves the exact search out for many', () => {
    expect(strategiesFor(16)).toContain('exact')
    expect(strategiesFor(17)).not.toContain('exact')
  })
})

/** bench/packing.mjs says how long they take. */
it.each(strategiesFor(80_000))('takes less than the square of many lengths (%s)', (strategy) => {
  const order = orderOfGrowth(80_000, (count) => {
    const lengths = Array.from({ length: count }, (_, i) => 1 + ((i * 7919) % 512))
    return () => planOf(strategy, lengths, { ...SETTINGS, size: 32, capacity: 512, budget: 16_384, buckets: 8 })
  })
  expect(order).toBeLessThan(1.75)
})
