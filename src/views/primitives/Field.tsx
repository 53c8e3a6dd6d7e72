import { type ReactNode, useId } from 'react'
import { cx } from '../cx.ts'

export interface FieldProps {
  label: string
  hint?: ReactNode
  /** Shown at the end of the label line: a value, a unit. */
  aside?: ReactNode
  inline?: boolean
  children: (ids: { id: string; 'aria-describedby'?: string }) => ReactNode
}

/** A label, its control and a hint, tied together for screen readers. */
export function Field({ label, hint, aside, inline, children }: FieldProps) {
  const id = useId()
  const hintId = `${id}-hint`
  return (
    <div className={cx('field', inline && 'field-inline')}>
      <div className="field-head">
        <label htmlFor={id}>{label}</label>
        {aside !== undefined && <span className="field-aside mono">{aside}</span>}
      </div>
      {children({ id, 'aria-describedby': hint ? hintId : undefined })}
      {hint && (
        <p id={hintId} className="hint">
          {hint}
        </p>
      )}
    </div>
  )
}
