import { useState } from 'react'
import { t } from '../words/words.ts'
import { Field } from './Field.tsx'

export interface IntegerFieldProps {
  label: string
  value: number
  min?: number
  max?: number
  inline?: boolean
  onChange: (value: number) => void
  testId?: string
}

/** A whole number. What is typed stands as it is, so that it can be emptied and begun again; only a whole number counts. */
export function IntegerField(props: IntegerFieldProps) {
  const { label, value, min = 0, max = Number.MAX_SAFE_INTEGER, inline, onChange, testId } = props
  const [typed, setTyped] = useState<string | null>(null)
  const counts = (one: number) => Number.isInteger(one) && one >= min && one <= max
  const wrong = typed !== null && !counts(Number.parseFloat(typed))
  const rule = max < Number.MAX_SAFE_INTEGER ? 'integer.between' : 'integer.from'
  return (
    <Field label={label} inline={inline} hint={wrong ? t(rule, { min, max, value }) : undefined}>
      {(ids) => (
        <input
          {...ids}
          className="input input-number"
          type="number"
          min={min}
          max={max}
          step={1}
          value={typed ?? value}
          aria-invalid={wrong || undefined}
          data-testid={testId}
          onChange={(event) => {
            setTyped(event.target.value)
            if (counts(event.target.valueAsNumber)) onChange(event.target.valueAsNumber)
          }}
          onBlur={() => setTyped(null)}
        />
      )}
    </Field>
  )
}
