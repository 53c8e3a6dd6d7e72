/** Layouts of charts, pure: data in, coordinates out. */

import { curveMonotoneX, line, max, type ScaleLinear, scaleLinear, ticks } from 'd3'
import type { GroupShare } from './attention_stats.ts'
import { groupsIn } from './groups.ts'

export interface Box {
  width: number
  height: number
  left: number
  right: number
  top: number
  bottom: number
}

/** One bar of a stack: shares side by side in the canonical order of groups, from x to x + width. */
export function stackShares(
  shares: readonly GroupShare[],
  width: number,
): (GroupShare & { x: number; width: number })[] {
  let x = 0
  return groupsIn(shares.map((part) => part.kind)).map((kind) => {
    const share = shares.filter((part) => part.kind === kind).reduce((sum, part) => sum + part.share, 0)
    const place = { kind, share, x, width: share * width }
    x += place.width
    return place
  })
}

export interface Point {
  x: number
  y: number
}

/** Scales of a line chart over all its points; y starts at 0 unless told, and ends on a round number. */
export function lineScales(
  series: readonly (readonly Point[])[],
  box: Box,
  yDomain?: readonly [number, number],
): { x: ScaleLinear<number, number>; y: ScaleLinear<number, number>; xTicks: number[]; yTicks: number[] } {
  const points = series.flat()
  const xs = points.map((point) => point.x)
  const low = Math.min(...xs)
  const high = Math.max(...xs)
  const x = scaleLinear(low < high ? [low, high] : [low - 0.5, low + 0.5], [box.left, box.width - box.right])
  const y = scaleLinear(yDomain ?? [0, max(points, (point) => point.y) || 1], [box.height - box.bottom, box.top])
  if (!yDomain) y.nice(4)
  const [from = 0, to = 1] = x.domain()
  return { x, y, xTicks: ticks(from, to, Math.max(2, Math.min(8, box.width / 70))), yTicks: y.ticks(4) }
}

/** An SVG path through points, monotone between them so that it never overshoots a probability. */
export function linePath(points: readonly Point[], x: (v: number) => number, y: (v: number) => number): string {
  return (
    line<Point>(
      (point) => x(point.x),
      (point) => y(point.y),
    ).curve(curveMonotoneX)([...points]) ?? ''
  )
}

/** Label heights near `wanted` but at least `apart` from each other, in the order given by `wanted`. */
export function spreadLabels(wanted: readonly number[], apart: number, lowest: number): number[] {
  const order = wanted.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y)
  let last = Number.NEGATIVE_INFINITY
  for (const label of order) {
    label.y = Math.max(label.y, last + apart)
    last = label.y
  }
  let next = lowest
  for (const label of order.reverse()) {
    label.y = Math.min(label.y, next)
    next = label.y - apart
  }
  const out = new Array<number>(wanted.length).fill(0)
  for (const { y, i } of order) out[i] = y
  return out
}
