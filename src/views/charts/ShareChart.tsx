import { useRef } from 'react'
import type { GroupShare } from '../../viz/attention_stats.ts'
import { stackShares } from '../../viz/charts.ts'
import { formatPercent } from '../../viz/format.ts'
import { type Group, groupName, groupsIn } from '../../viz/groups.ts'
import { useSize } from '../hooks/useSize.ts'
import { t } from '../words/words.ts'

export interface ShareChartProps {
  /** What the shares are of: "attention received". Spoken. */
  name: string
  /** One bar each; the shares of a bar sum to 1. */
  bars: readonly { label: string; shares: readonly GroupShare[] }[]
}

const ROW = 34
const RAIL = 78

/** Stacked bars of how attention is shared out among the kinds of token, one bar a layer. */
export function ShareChart({ name, bars }: ShareChartProps) {
  const frame = useRef<HTMLDivElement>(null)
  const { width } = useSize(frame)
  const room = Math.max(0, width - RAIL)
  const kinds = groupsIn(bars.flatMap((bar) => bar.shares.map((part) => part.kind)))
  const legend = legendPlaces(kinds, width)
  return (
    <div className="chart" ref={frame} data-testid="share-chart">
      {room > 0 && (
        <svg
          width={width}
          height={bars.length * ROW + 14 + legend.height}
          role="img"
          aria-label={t('shares.name', { name, count: bars.length })}
        >
          {bars.map((bar, i) => (
            <g key={bar.label} transform={`translate(0 ${i * ROW})`}>
              <text className="chart-label" x={RAIL - 10} y={ROW / 2 + 4} textAnchor="end">
                {bar.label}
              </text>
              {stackShares(bar.shares, room).map((part) => (
                <g key={part.kind} data-kind={part.kind} transform={`translate(${RAIL + part.x} 3)`}>
                  <rect className="share-part" width={Math.max(0, part.width - 1.5)} height={ROW - 6} rx={2}>
                    <title>{`${bar.label}, ${groupName(part.kind)}: ${formatPercent(part.share)}`}</title>
                  </rect>
                  {part.width > 52 && (
                    <text className="share-text" x={8} y={ROW / 2 + 1.5}>
                      {`${Math.round(part.share * 100)} %`}
                    </text>
                  )}
                </g>
              ))}
            </g>
          ))}
          {legend.places.map(({ kind, x, y }) => (
            <g key={kind} data-kind={kind} transform={`translate(${x} ${bars.length * ROW + 10 + y})`}>
              <rect className="share-part" width={14} height={14} rx={3} />
              <text className="chart-label" x={20} y={12}>
                {groupName(kind)}
              </text>
            </g>
          ))}
        </svg>
      )}
    </div>
  )
}

/** Where the names of the groups stand, line by line; in the drawing itself, so that they are saved with it. */
function legendPlaces(kinds: readonly Group[], width: number) {
  const places: { kind: Group; x: number; y: number }[] = []
  let x = 0
  let y = 0
  for (const kind of kinds) {
    const wide = 20 + groupName(kind).length * 8.2 + 16
    if (x > 0 && x + wide > width) {
      x = 0
      y += 22
    }
    places.push({ kind, x, y })
    x += wide
  }
  return { places, height: y + 22 }
}
