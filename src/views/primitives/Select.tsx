import type { ReactNode } from 'react'
import { Field } from './Field.tsx'

export interface SelectOption<V extends string> {
  value: V
  label: string
  disabled?: boolean
  /** Options of one group that follow one another stand under its name. */
  group?: string
}

export interface SelectProps<V extends string> {
  label: string
  hint?: ReactNode
  inline?: boolean
  value: V
  options: readonly SelectOption<V>[]
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
            {inGroups(options).map(({ group, members }) =>
              group === undefined ? (
                members.map((option) => <Choice key={option.value} {...option} />)
              ) : (
                <optgroup key={group} label={group}>
                  {members.map((option) => (
                    <Choice key={option.value} {...option} />
                  ))}
                </optgroup>
              ),
            )}
          </select>
        </span>
      )}
    </Field>
  )
}

function Choice<V extends string>({ value, label, disabled }: SelectOption<V>) {
  return (
    <option value={value} disabled={disabled}>
      {label}
    </option>
  )
}

function inGroups<V extends string>(options: readonly SelectOption<V>[]) {
  const groups: { group: string | undefined; members: SelectOption<V>[] }[] = []
  for (const option of options) {
    const last = groups.at(-1)
    if (last && last.group === option.group) last.members.push(option)
    else groups.push({ group: option.group, members: [option] })
  }
  return groups
}
