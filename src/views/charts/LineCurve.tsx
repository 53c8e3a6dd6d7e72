import { useRef } from 'react'
import { type Box, linePath, lineScales, type Point, spreadLabels } from '../../viz/charts.ts'
import { formatValue } from '../../viz/format.ts'
import { useSize } from '../hooks/useSize.ts'
import { t } from '../words/words.ts'

export interface Series {
  name: string
  points: readonly Point[]
}

export interface LineCurveProps {
  name: string
  /** At most six are told apart by colour, dash and mark. */
  series: readonly Series[]
  xName: string
  yName: string
  /** [0, 1] for probabilities; from the data by default. */
  yDomain?: readonly [number, number]
  xFormat?: (x: number) => string
  yFormat?: (y: number) => string
  height?: number
}

const DASHES = [undefined, '8 4', '2 4', '12 4 2 4', '5 3', '1 3']

/** A few curves over a common axis, named at their ends. */
export function LineCurve(props: LineCurveProps) {
  const { name, series, xName, yName, yDomain, xFormat = String, yFormat = formatValue, height = 260 } = props
  const frame = useRef<HTMLDivElement>(null)
  const { width } = useSize(frame)
  const drawn = series.filter((one) => one.points.length > 0)
  const longest = Math.max(4, ...drawn.map((one) => one.name.length))
  const right = Math.min(width * 0.4, longest * 7.6 + 18)
  const box: Box = { width, height, left: 48, right, top: 26, bottom: 44 }
  if (width === 0 || drawn.length === 0) return <div className="chart" ref={frame} data-testid="line-curve" />
  const { x, y, xTicks, yTicks } = lineScales(
    drawn.map((one) => one.points),
    box,
    yDomain,
  )
  const ends = spreadLabels(
    drawn.map((one) => y(one.points.at(-1)?.y ?? 0)),
    17,
    height - box.bottom,
  )
  return (
    <div className="chart" ref={frame} data-testid="line-curve">
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={t('curve.name', { name, y: yName, x: xName, series: drawn.map((one) => one.name).join(', ') })}
      >
        {yTicks.map((tick) => (
          <g key={tick} transform={`translate(0 ${y(tick)})`}>
            <line className="chart-rule" x1={box.left} x2={width - right} />
            <text className="chart-label" x={box.left - 8} y={4} textAnchor="end">
              {yFormat(tick)}
            </text>
          </g>
        ))}
        {xTicks.map((tick) => (
          <text key={tick} className="chart-label" x={x(tick)} y={height - box.bottom + 18} textAnchor="middle">
            {xFormat(tick)}
          </text>
        ))}
        <text className="chart-title" x={4} y={13}>
          {yName}
        </text>
        <text className="chart-title" x={width - right} y={height - 6} textAnchor="end">
          {`${xName} →`}
        </text>
        {drawn.map((one, i) => {
          const last = one.points.at(-1)
          return (
            <g key={one.name} className="curve" data-series={i % 6}>
              <path d={linePath(one.points, x, y)} strokeDasharray={DASHES[i % 6]} />
              {one.points.map((point) => (
                <circle key={point.x} cx={x(point.x)} cy={y(point.y)} r={3.5}>
                  <title>{`${one.name}, ${xName} ${xFormat(point.x)}: ${yFormat(point.y)}`}</title>
                </circle>
              ))}
              {last && (
                <text x={x(last.x) + 10} y={(ends[i] ?? 0) + 4}>
                  {one.name}
                </text>
              )}
            </g>
          )
        })}
      </svg>
    </div>
  )
}
