import { useRef } from 'react'
import { formatValue } from '../../viz/format.ts'
import { isSpecial } from '../../viz/kinds.ts'
import { thinLabels } from '../../viz/layout.ts'
import { peak } from '../../viz/matrix.ts'
import { decimal } from '../../words/numbers.ts'
import { useSize } from '../hooks/useSize.ts'
import type { MapToken } from '../maps/types.ts'
import { t } from '../words/words.ts'

export interface NormChartProps {
  tokens: readonly MapToken[]
  /** [T]: the norm of each token's hidden state at one layer. */
  norms: Float32Array
  /** Indices of tokens whose norm stands out. */
  outliers: readonly number[]
  /** The top of the axis, to compare layers on one scale. */
  bound?: number
  /** "after layer 3". */
  name: string
}

const HEIGHT = 220
const RAIL = 44
const FOOT = 64

/** The norm of every token after one layer, outliers ringed and named. */
export function NormChart({ tokens, norms, outliers, bound, name }: NormChartProps) {
  const frame = useRef<HTMLDivElement>(null)
  const { width } = useSize(frame)
  const top = bound ?? (peak(norms) || 1)
  const step = Math.max(0, width - RAIL) / Math.max(1, tokens.length)
  const bar = Math.min(36, Math.max(1, step * 0.72))
  const base = HEIGHT - FOOT
  const y = (norm: number) => base - (norm / top) * (base - 20)
  const odd = new Set(outliers)
  const labels = thinLabels(
    0,
    tokens.length - 1,
    Math.max(step, 0.1),
    16,
    (i) => odd.has(i) || isSpecial(tokens[i]?.kind ?? 'word'),
  )
  return (
    <div className="chart" ref={frame} data-testid="norm-chart">
      {width > 0 && (
        <svg
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={t('norms.name', { count: tokens.length, name, outliers: outliers.length })}
        >
          {[0, top / 2, top].map((tick) => (
            <g key={tick} transform={`translate(0 ${y(tick)})`}>
              <line className="chart-rule" x1={RAIL} x2={width} />
              <text className="chart-label" x={RAIL - 8} y={4} textAnchor="end">
                {decimal(tick, tick < 10 ? 1 : 0)}
              </text>
            </g>
          ))}
          {tokens.map((token, i) => {
            const norm = norms[i] ?? 0
            const x = RAIL + (i + 0.5) * step
            return (
              <g key={token.key} data-kind={token.kind} data-outlier={odd.has(i) || undefined}>
                <rect
                  className="chart-bar"
                  x={x - bar / 2}
                  y={y(norm)}
                  width={bar}
                  height={Math.max(0, base - y(norm))}
                  rx={Math.min(3, bar / 3)}
                >
                  <title>{`${token.label} ${name}: ${formatValue(norm)}`}</title>
                </rect>
                {odd.has(i) && <circle className="chart-ring" cx={x} cy={y(norm)} r={6} />}
              </g>
            )
          })}
          {labels.map((i) => {
            const token = tokens[i]
            return (
              token && (
                <text
                  key={token.key}
                  className="chart-token"
                  data-kind={token.kind}
                  transform={`translate(${RAIL + (i + 0.5) * step + 4} ${base + 10}) rotate(-50)`}
                  textAnchor="end"
                >
                  {token.label.length > 9 ? `${token.label.slice(0, 8)}…` : token.label}
                </text>
              )
            )
          })}
        </svg>
      )}
    </div>
  )
}
