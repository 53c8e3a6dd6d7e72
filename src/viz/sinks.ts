/** Sinks: tokens that receive most of a head's attention. Shapes: T tokens. */

import { mean } from 'd3'
import { SINK_SHARE } from './attention_facts.ts'
import type { HeadStats } from './attention_stats.ts'

export interface Sink {
  row: number
  /** How many heads give this token most. */
  heads: number
  /** The part of all attention of all heads that it gets. */
  share: number
}

/** Every token that some head gives most, the commonest first. @param layers those that were read back */
export function sinksOf(layers: readonly (readonly HeadStats[])[]): Sink[] {
  const heads = layers.flat().filter(({ sink }) => sink.share > 0)
  const counts = new Map<number, number>()
  for (const { sink } of heads) counts.set(sink.row, (counts.get(sink.row) ?? 0) + 1)
  return [...counts]
    .map(([row, count]) => ({ row, heads: count, share: shareOf(layers, [row]) }))
    .sort((a, b) => b.heads - a.heads || b.share - a.share)
}

/** The part of all attention that lands on these rows, the mean over all heads. */
export function shareOf(layers: readonly (readonly HeadStats[])[], rows: readonly number[]): number {
  return (
    mean(layers.flat(), ({ received }) => rows.reduce((sum, row) => sum + (received[row] as number), 0)) ?? Number.NaN
  )
}

export interface Separators {
  share: number
  /** Of the layer that gives least, and most. */
  least: number
  most: number
  /** The layer that gives most, where that is more than half: a sink. */
  sinkLayer: number | null
}

/** What the rows of [SEP] get; null without one, or without a layer. */
export function separators(layers: readonly (readonly HeadStats[])[], rows: readonly number[]): Separators | null {
  if (rows.length === 0 || layers.length === 0) return null
  const shares = layers.map((heads) => shareOf([heads], rows))
  const most = Math.max(...shares)
  const layer = layers[shares.indexOf(most)]?.[0]?.layer ?? null
  return {
    share: shareOf(layers, rows),
    least: Math.min(...shares),
    most,
    sinkLayer: most >= SINK_SHARE ? layer : null,
  }
}
