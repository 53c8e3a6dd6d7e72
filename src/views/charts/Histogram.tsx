import { scaleLinear } from 'd3'
import { useRef } from 'react'
import type { Bin } from '../../viz/histogram.ts'
import { useSize } from '../hooks/useSize.ts'
import { t } from '../words/words.ts'

export interface HistogramProps {
  name: string
  bins: readonly Bin[]
  /** Of the counts in each bin. */
  series: readonly string[]
  xName: string
  yName: string
  height?: number
}

const BOX = { left: 40, right: 12, top: 26, bottom: 44 }

/** Counts by bins, the series side by side; each has its colour and its pattern of bars. */
export function Histogram({ name, bins, series, xName, yName, height = 220 }: HistogramProps) {
  const frame = useRef<HTMLDivElement>(null)
  const { width } = useSize(frame)
  const most = Math.max(1, ...bins.flatMap(({ counts }) => counts))
  const y = scaleLinear([0, most], [height - BOX.bottom, BOX.top]).nice(4)
  const ticks = y.ticks(Math.min(4, most)).filter(Number.isInteger)
  const slot = (width - BOX.left - BOX.right) / Math.max(1, bins.length)
  const bar = (slot * 0.8) / Math.max(1, series.length)
  const every = Math.ceil(44 / Math.max(1, slot))
  return (
    <div className="chart" ref={frame} data-testid="histogram">
      {width > 0 && (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={t('curve.name', { name, y: yName, x: xName, series: series.join(', ') })}
        >
          {ticks.map((tick) => (
            <g key={tick} transform={`translate(0 ${y(tick)})`}>
              <line className="chart-rule" x1={BOX.left} x2={width - BOX.right} />
              <text className="chart-label" x={BOX.left - 8} y={4} textAnchor="end">
                {tick}
              </text>
            </g>
          ))}
          <text className="chart-title" x={4} y={13}>
            {yName}
          </text>
          <text className="chart-title" x={width - BOX.right} y={height - 6} textAnchor="end">
            {`${xName} →`}
          </text>
          {bins.map(({ from, to, counts }, i) => (
            <g key={from} transform={`translate(${BOX.left + i * slot} 0)`}>
              {counts.map((count, s) => (
                <rect
                  key={series[s]}
                  className="histogram-bar"
                  data-series={s}
                  x={slot * 0.1 + s * bar}
                  y={y(count)}
                  width={Math.max(1, bar - 1)}
                  height={height - BOX.bottom - y(count)}
                >
                  <title>{`${series[s]}, ${range(from, to)}: ${count}`}</title>
                </rect>
              ))}
              {i % every === 0 && (
                <text className="chart-label" x={slot / 2} y={height - BOX.bottom + 18} textAnchor="middle">
                  {range(from, to)}
                </text>
              )}
            </g>
          ))}
        </svg>
      )}
      <ul className="legend">
        {series.map((one, s) => (
          <li key={one}>
            <span className="histogram-swatch" data-series={s} />
            {one}
          </li>
        ))}
      </ul>
    </div>
  )
}

function range(from: number, to: number): string {
  return from === to ? String(from) : `${from}–${to}`
}
