/**
 * What the numbers of a run show, in words. Every candidate is computed from the run and has a strength from 0 to 1, how far
 * it is from an even reading, from the first layer, or from the median head; those of at least MIN_STRENGTH are told, the strongest first, at most
 * MOST of them and one of each sort.
 */

import { median } from 'd3'
import { decimal } from '../words/numbers.ts'
import { type GroupShare, groupShares, type HeadStats } from './attention_stats.ts'
import { formatPercent } from './format.ts'
import { type Group, groupName } from './groups.ts'
import { t } from './words/words.ts'

const MIN_STRENGTH = 0.1
const MOST = 5
/** A head has a sink when one token gets at least this part of all its attention. */
export const SINK_SHARE = 0.5

export interface Fact {
  sort: 'share' | 'trend' | 'sinks' | 'narrow' | 'wide'
  strength: number
  text: string
}

/**
 * @param layers the layers that were read back, each with its heads
 * @param groups [T]
 * @param labels [T]
 * @param readable how many tokens can be read at all: an even reading gives each 1 / readable
 */
export function attentionFacts(
  layers: readonly (readonly HeadStats[])[],
  groups: readonly Group[],
  labels: readonly string[],
  readable: number,
): Fact[] {
  const known = layers.filter((heads) => heads.some(({ sink }) => sink.share > 0))
  if (known.length === 0 || readable < 2) return []
  const shares = known.map((heads) => ({ layer: heads[0]?.layer ?? 0, parts: groupShares(heads, groups) }))
  const heads = known.flat()
  const facts = [largestShare(shares, groups), trend(shares), sinks(heads, labels), ...extremes(heads, readable)]
  return facts
    .filter((fact): fact is Fact => fact !== null && fact.strength >= MIN_STRENGTH)
    .sort((a, b) => b.strength - a.strength)
    .slice(0, MOST)
}

type LayerShares = { layer: number; parts: GroupShare[] }

/** The group and layer whose share exceeds the group's part of the tokens by most. */
function largestShare(shares: readonly LayerShares[], groups: readonly Group[]): Fact | null {
  const all = shares.flatMap(({ layer, parts }) =>
    parts.map(({ kind, share }) => {
      const count = groups.filter((group) => group === kind).length
      return { layer, kind, share, count, strength: share - count / groups.length }
    }),
  )
  const best = strongest(all)
  if (!best) return null
  const { layer, kind, share, count, strength } = best
  const text = t('fact.share', {
    layer: layer + 1,
    share: formatPercent(share),
    group: groupName(kind),
    count,
    total: groups.length,
    part: formatPercent(count / groups.length),
  })
  return { sort: 'share', strength, text }
}

/** The group whose share changes most from the first to the last layer. */
function trend(shares: readonly LayerShares[]): Fact | null {
  const first = shares[0]
  const last = shares.at(-1)
  if (!first || !last || first === last) return null
  const changes = first.parts.map(({ kind, share }) => {
    const end = last.parts.find((part) => part.kind === kind)?.share ?? 0
    return { kind, share, end, strength: Math.abs(end - share) }
  })
  const best = strongest(changes)
  if (!best) return null
  const { kind, share, end, strength } = best
  const text = t(end > share ? 'fact.trend.rises' : 'fact.trend.falls', {
    group: groupName(kind),
    from: formatPercent(share),
    to: formatPercent(end),
    first: first.layer + 1,
    last: last.layer + 1,
  })
  return { sort: 'trend', strength, text }
}

/** How many heads give most of their attention to a single token, and which token that is most often. */
function sinks(heads: readonly HeadStats[], labels: readonly string[]): Fact | null {
  const sunk = heads.filter(({ sink }) => sink.share >= SINK_SHARE)
  if (sunk.length === 0) return null
  const counts = new Map<number, number>()
  for (const { sink } of sunk) counts.set(sink.row, (counts.get(sink.row) ?? 0) + 1)
  const [row, times] = [...counts].sort((a, b) => b[1] - a[1])[0] as [number, number]
  const said = sunk.length === 1 ? 'fact.sink.one' : times === sunk.length ? 'fact.sink.always' : 'fact.sink.most'
  const token = t('fact.sink.token', { token: labels[row] ?? '', row })
  const text = t(said, { token, times, count: sunk.length, heads: heads.length })
  return { sort: 'sinks', strength: sunk.length / heads.length, text }
}

/** The heads that read most narrowly and most widely, by how far their entropy is from the median head's. */
function extremes(heads: readonly HeadStats[], readable: number): (Fact | null)[] {
  const even = Math.log2(readable)
  const reading = heads.filter(({ sink }) => sink.share > 0)
  const middle = median(reading, ({ entropy }) => entropy) ?? 0
  const narrow = strongest(reading.map((head) => ({ ...head, strength: (middle - head.entropy) / even })))
  const wide = strongest(reading.map((head) => ({ ...head, strength: (head.entropy - middle) / even })))
  if (!narrow || !wide || reading.length < 2) return []
  const say = (key: 'fact.narrow' | 'fact.wide', { layer, head, entropy }: HeadStats) =>
    t(key, { layer: layer + 1, head: head + 1, bits: decimal(entropy, 1), tokens: decimal(2 ** entropy, 1) })
  return [
    { sort: 'narrow', strength: narrow.strength, text: say('fact.narrow', narrow) },
    { sort: 'wide', strength: wide.strength, text: say('fact.wide', wide) },
  ]
}

function strongest<T extends { strength: number }>(candidates: readonly T[]): T | undefined {
  return candidates.reduce<T | undefined>(
    (best, one) => (!best || one.strength > best.strength ? one : best),
    undefined,
  )
}
