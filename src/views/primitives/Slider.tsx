import type { CSSProperties, ReactNode } from 'react'
import { exact } from '../../words/numbers.ts'
import { Field } from './Field.tsx'

export interface SliderProps {
  label: string
  hint?: ReactNode
  value: number
  min: number
  max: number
  step?: number
  /** The value as text, shown beside the label and spoken. */
  format?: (value: number) => string
  onChange: (value: number) => void
  disabled?: boolean
  testId?: string
}

/** A native range input in our clothes. */
export function Slider({
  label,
  hint,
  value,
  min,
  max,
  step,
  format = exact,
  onChange,
  disabled,
  testId,
}: SliderProps) {
  const filled = max > min ? ((value - min) / (max - min)) * 100 : 0
  return (
    <Field label={label} hint={hint} aside={format(value)}>
      {(ids) => (
        <input
          {...ids}
          data-testid={testId}
          className="slider"
          type="range"
          min={min}
          max={max}
          step={step ?? 1}
          value={value}
          disabled={disabled}
          aria-valuetext={format(value)}
          style={{ '--filled': `${filled}%` } as CSSProperties}
          onChange={(event) => onChange(event.target.valueAsNumber)}
        />
      )}
    </Field>
  )
}
