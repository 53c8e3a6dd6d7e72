import { type Contrast, rampGradient, type ScaleName } from '../../viz/colour.ts'
import { formatChange, formatValue } from '../../viz/format.ts'
import { useTheme } from '../hooks/useTheme.ts'

export interface ScaleLegendProps {
  scale: ScaleName
  /** The value at the end of the ramp. */
  bound: number
  contrast?: Contrast
}

/** What the colours stand for. */
export function ScaleLegend({ scale, bound, contrast }: ScaleLegendProps) {
  const theme = useTheme()
  const diverging = scale === 'diverging'
  return (
    <span className="scale-legend mono">
      <span>{diverging ? formatChange(-bound) : '0'}</span>
      <span className="scale-ramp" style={{ backgroundImage: rampGradient(scale, theme, contrast) }} />
      <span>{diverging ? formatChange(bound) : formatValue(bound)}</span>
    </span>
  )
}
