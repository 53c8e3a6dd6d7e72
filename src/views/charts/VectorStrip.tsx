import { useRef } from 'react'
import { formatValue } from '../../viz/format.ts'
import { peak } from '../../viz/matrix.ts'
import { decimal } from '../../words/numbers.ts'
import { useSize } from '../hooks/useSize.ts'
import { t } from '../words/words.ts'

export interface VectorStripProps {
  name: string
  /** [D] */
  values: ArrayLike<number>
  height?: number
}

const RAIL = 48

/** A vector as bars about zero, one a dimension. */
export function VectorStrip({ name, values, height = 150 }: VectorStripProps) {
  const frame = useRef<HTMLDivElement>(null)
  const { width } = useSize(frame)
  const top = peak(values) || 1
  const step = Math.max(0, width - RAIL) / Math.max(1, values.length)
  const zero = height / 2
  const reach = zero - 12
  return (
    <div className="chart" ref={frame} data-testid="vector-strip">
      {width > 0 && (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={t('vector.name', { name, count: values.length, top: formatValue(top) })}
        >
          {[top, 0, -top].map((tick) => (
            <g key={tick} transform={`translate(0 ${zero - (tick / top) * reach})`}>
              <line className="chart-rule" x1={RAIL} x2={width} />
              <text className="chart-label" x={RAIL - 8} y={4} textAnchor="end">
                {tick === 0 ? '0' : decimal(tick, 2)}
              </text>
            </g>
          ))}
          {Array.from(values, (value, d) => {
            const size = (Math.abs(value) / top) * reach
            return (
              <rect
                // biome-ignore lint/suspicious/noArrayIndexKey: a dimension is its index
                key={d}
                className="vector-bar"
                data-sign={value < 0 ? 'minus' : 'plus'}
                x={RAIL + d * step}
                y={value < 0 ? zero : zero - size}
                width={Math.max(1, step - (step > 3 ? 1 : 0))}
                height={size}
              >
                <title>{t('vector.value', { dimension: d, value: formatValue(value) })}</title>
              </rect>
            )
          })}
        </svg>
      )}
    </div>
  )
}
