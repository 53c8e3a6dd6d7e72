import type { ReactNode } from 'react'
import { Field } from './Field.tsx'

export interface SelectProps<V extends string> {
  label: string
  hint?: ReactNode
  inline?: boolean
  value: V
  options: readonly { value: V; label: string; disabled?: boolean }[]
  onChange: (value: V) => void
  testId?: string
}

/** A native select in our clothes: the phone's own picker, no surprises for keyboards. */
export function Select<V extends string>({ label, hint, inline, value, options, onChange, testId }: SelectProps<V>) {
  return (
    <Field label={label} hint={hint} inline={inline}>
      {(ids) => (
        <span className="select">
          <select
            {...ids}
            data-testid={testId}
            value={value}
            onChange={(event) => {
              const chosen = options.find((option) => option.value === event.target.value)
              if (chosen) onChange(chosen.value)
            }}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ))}
          </select>
        </span>
      )}
    </Field>
  )
}
