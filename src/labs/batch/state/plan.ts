/** From lengths to batches: what is padded with what, what is packed behind what. Pure; planner_worker.ts runs it beside the page. */

import { uniform } from '../../../core/random.ts'
import { fewestRows, MOST_EXACT, PACKINGS, type Packing, pack } from './packing.ts'

export const PADDINGS = ['maximum', 'longest', 'buckets', 'sorted', 'budget'] as const
export const STRATEGIES = [...PADDINGS, ...PACKINGS] as const
export type Strategy = (typeof STRATEGIES)[number]

export const SIDES = ['right', 'left', 'centre'] as const
export type Side = (typeof SIDES)[number]

/** What a person sets. */
export interface PlanSettings {
  /** Rows in a batch. */
  size: number
  /** The longest a row gets; longer sequences are cut before they are planned. */
  capacity: number
  side: Side
  /** Of `buckets`: how many, each for as many sequences. */
  buckets: number
  /** Of `sorted`: lengths are sorted as if each were up to so much longer or shorter. */
  jitter: number
  /** Of `budget`: positions in a batch at most. */
  budget: number
  /** Of the jitter and of the order of sorted batches. */
  seed: number
}

/** A sequence, and the position of its row where it starts. */
export interface Place {
  sequence: number
  at: number
}

/** Rows that run together, each `width` positions. */
export interface PlannedBatch {
  width: number
  rows: Place[][]
}

export interface Plan {
  strategy: Strategy
  batches: PlannedBatch[]
}

export function isPacking(strategy: Strategy): strategy is Packing {
  return (PACKINGS as readonly string[]).includes(strategy)
}

/** Strategies that can be planned for so many sequences. */
export function strategiesFor(count: number): Strategy[] {
  return STRATEGIES.filter((strategy) => strategy !== 'exact' || count <= MOST_EXACT)
}

/** @param lengths whole numbers from 1 to settings.capacity */
export function planOf(strategy: Strategy, lengths: readonly number[], settings: PlanSettings): Plan {
  const rows = (chosen: number[][], width: (rows: number[][]) => number): PlannedBatch => {
    const wide = width(chosen)
    return { width: wide, rows: chosen.map((row) => placed(row, lengths, wide, settings.side)) }
  }
  const longest = (chosen: number[][]) => Math.max(...chosen.flat().map((i) => lengths[i] as number))
  const alone = (group: number[]) => group.map((i) => [i])
  const given = lengths.map((_, i) => i)
  if (isPacking(strategy)) {
    const packed = pack(strategy, lengths, settings.capacity)
    return { strategy, batches: groups(packed, settings.size).map((some) => rows(some, () => settings.capacity)) }
  }
  switch (strategy) {
    case 'maximum':
      return {
        strategy,
        batches: groups(given, settings.size).map((some) => rows(alone(some), () => settings.capacity)),
      }
    case 'longest':
      return { strategy, batches: groups(given, settings.size).map((some) => rows(alone(some), longest)) }
    case 'buckets':
      return { strategy, batches: bucketed(lengths, settings).map((some) => rows(alone(some), longest)) }
    case 'sorted':
      return { strategy, batches: sortedGroups(lengths, settings).map((some) => rows(alone(some), longest)) }
    case 'budget':
      return { strategy, batches: budgeted(lengths, settings.budget).map((some) => rows(alone(some), longest)) }
  }
}

/** Sequences of a row behind one another; what is free lies behind them, in front, or on both sides. */
function placed(row: readonly number[], lengths: readonly number[], width: number, side: Side): Place[] {
  const used = row.reduce((sum, i) => sum + (lengths[i] as number), 0)
  let at = { right: 0, left: width - used, centre: Math.floor((width - used) / 2) }[side]
  return row.map((sequence) => {
    const place = { sequence, at }
    at += lengths[sequence] as number
    return place
  })
}

function groups<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))
}

/** Buckets by length, of as many sequences each; one that has a batch full gives it away (as tf.data's bucket_by_sequence_length). */
function bucketed(lengths: readonly number[], { buckets, size }: PlanSettings): number[][] {
  const sorted = lengths.toSorted((a, b) => a - b)
  const edges = Array.from(
    { length: buckets - 1 },
    (_, b) => sorted[Math.ceil(((b + 1) * sorted.length) / buckets) - 1] as number,
  )
  const waiting: number[][] = Array.from({ length: buckets }, () => [])
  const full: number[][] = []
  lengths.forEach((length, i) => {
    const bucket = edges.findIndex((edge) => length <= edge)
    const place = bucket < 0 ? buckets - 1 : bucket
    waiting[place]?.push(i)
    if (waiting[place]?.length !== size) return
    full.push(waiting[place])
    waiting[place] = []
  })
  return [...full, ...waiting.filter(({ length }) => length > 0)]
}

/** Sorted by length, not quite; then the batches in an order by lot, so that training does not go from short to long. */
function sortedGroups(lengths: readonly number[], { size, jitter, seed }: PlanSettings): number[][] {
  const next = uniform(seed)
  const keys = lengths.map((length) => length * (1 + jitter * (2 * next() - 1)))
  const order = lengths.map((_, i) => i).sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b)
  return shuffled(groups(order, size), next)
}

/** Fisher and Yates. */
function shuffled<T>(list: readonly T[], next: () => number): T[] {
  const mixed = [...list]
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1))
    ;[mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T]
  }
  return mixed
}

/** As many in the given order as stay within the budget once all are as long as the longest of them; one alone may be longer. */
function budgeted(lengths: readonly number[], budget: number): number[][] {
  const all: number[][] = []
  let group: number[] = []
  let longest = 0
  lengths.forEach((length, i) => {
    const wider = Math.max(longest, length)
    if (group.length > 0 && (group.length + 1) * wider > budget) {
      all.push(group)
      group = []
      longest = 0
    }
    group.push(i)
    longest = Math.max(longest, length)
  })
  return group.length > 0 ? [...all, group] : all
}

export interface PlanNumbers {
  strategy: Strategy
  /** Positions that hold a token of a sequence, and all of them. */
  useful: number
  positions: number
  /** Σ width² over the rows: what attention's work grows with. */
  squares: number
  batches: number
  rows: number
  /** Positions of the largest batch. */
  largest: number
  /** Spearman's rank correlation of the order the sequences came in with the one they run in; NaN for fewer than two. */
  order: number
  /** The share of the lengths' variance that lies between batches: 0 where a batch is like the whole, 1 where all in it are as long. */
  sorted: number
}

export function numbersOf({ strategy, batches }: Plan, lengths: readonly number[]): PlanNumbers {
  const useful = lengths.reduce((sum, length) => sum + length, 0)
  const sizes = batches.map(({ width, rows }) => width * rows.length)
  const running = batches.flatMap(({ rows }) => rows.flatMap((row) => row.map(({ sequence }) => sequence)))
  return {
    strategy,
    useful,
    positions: sizes.reduce((sum, size) => sum + size, 0),
    squares: batches.reduce((sum, { width, rows }) => sum + width * width * rows.length, 0),
    batches: batches.length,
    rows: batches.reduce((sum, { rows }) => sum + rows.length, 0),
    largest: Math.max(0, ...sizes),
    order: spearman(running),
    sorted: betweenBatches(batches, lengths),
  }
}

/** Of a permutation with its own places: 1 − 6 Σ d² / (n³ − n). */
function spearman(order: readonly number[]): number {
  const n = order.length
  const squares = order.reduce((sum, place, i) => sum + (place - i) ** 2, 0)
  return n < 2 ? Number.NaN : 1 - (6 * squares) / (n ** 3 - n)
}

function betweenBatches(batches: readonly PlannedBatch[], lengths: readonly number[]): number {
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length
  const whole = mean(lengths)
  const all = lengths.reduce((sum, length) => sum + (length - whole) ** 2, 0)
  const between = batches.reduce((sum, { rows }) => {
    const own = rows.flatMap((row) => row.map(({ sequence }) => lengths[sequence] as number))
    return sum + own.length * (mean(own) - whole) ** 2
  }, 0)
  return all === 0 ? Number.NaN : between / all
}

/** No strategy has fewer positions in rows of this capacity than their tokens, no packing fewer rows. */
export function lowerBound(lengths: readonly number[], capacity: number): number {
  return fewestRows(lengths, capacity)
}

/** What a model does for a plan, in multiply-adds × 2. Embeddings, norms and heads are left out: they are small. */
export interface Work {
  /** Of the linear layers: as many as positions. */
  linear: number
  /** Of scores and values: as many as position pairs. */
  attention: number
}

export function workOf(
  { positions, squares }: Pick<PlanNumbers, 'positions' | 'squares'>,
  { layers, width, feedForward }: { layers: number; width: number; feedForward: number },
): Work {
  return {
    linear: 2 * layers * positions * (4 * width * width + 2 * width * feedForward),
    attention: 4 * layers * squares * width,
  }
}
