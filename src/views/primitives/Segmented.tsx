import { type ReactNode, useId } from 'react'
import { cx } from '../cx.ts'

export interface SegmentedProps<V extends string> {
  /** The question the choice answers; hidden unless `showLabel`. */
  label: string
  showLabel?: boolean
  value: V
  options: readonly { value: V; label: ReactNode; title?: string; disabled?: boolean }[]
  onChange: (value: V) => void
  small?: boolean
  testId?: string
}

/** One of a few: a radio group drawn as a row of joined buttons. */
export function Segmented<V extends string>(props: SegmentedProps<V>) {
  const { label, showLabel, value, options, onChange, small, testId } = props
  const name = useId()
  return (
    <fieldset className={cx('segmented', small && 'segmented-small')} data-testid={testId}>
      <legend className={showLabel ? 'segmented-legend' : 'sr-only'}>{label}</legend>
      <div className="segmented-row">
        {options.map((option) => (
          <label key={option.value} className="segment" title={option.title} data-value={option.value}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              disabled={option.disabled}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
