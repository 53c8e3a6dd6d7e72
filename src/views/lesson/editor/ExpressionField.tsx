import { useState } from 'react'
import {
  type Condition,
  conditionsOf,
  expressionOf,
  isMeasurement,
  RELATIONS,
} from '../../../state/lesson/condition.ts'
import { isUnread, jsonFault, unread } from '../../../state/lesson/draft.ts'
import type { Expression, Measurement, Value } from '../../../state/lesson/expression.ts'
import { said } from '../../../words/errors.ts'
import { decimal, exact } from '../../../words/numbers.ts'
import { Button } from '../../primitives/Button.tsx'
import { Field } from '../../primitives/Field.tsx'
import { Segmented } from '../../primitives/Segmented.tsx'
import { Select } from '../../primitives/Select.tsx'
import { MeasureForm, NumberInput } from './MeasureForm.tsx'
import type { EditorTools, LiveValue } from './tools.ts'
import { t } from './words/words.ts'

export interface ExpressionFieldProps {
  label: string
  /** Where the lesson has it, `steps.0.action.until`. */
  field: string
  /** A condition is true or not; a value is a number or a word. */
  kind: 'condition' | 'value'
  value: Expression
  onChange: (value: Expression) => void
  tools: EditorTools
}

/** What a lesson computes: by a form for what is usual, as JSON for all that a lesson can say; with what it comes to now. */
export function ExpressionField({ label, field, kind, value, onChange, tools }: ExpressionFieldProps) {
  const nothing = isUnread(value) && value.unread === ''
  const simple = nothing || (kind === 'condition' ? conditionsOf(value) !== null : isMeasurement(value))
  const [asText, setAsText] = useState(!simple)
  const faults = nothing ? [] : isUnread(value) ? [{ path: [], message: jsonFault(value.unread) }] : tools.faults(value)
  const showsText = asText || !simple
  return (
    <fieldset className="editor-expression" data-field={field}>
      <legend>{label}</legend>
      <Segmented
        small
        label={t('expression.as')}
        value={showsText ? 'text' : 'form'}
        options={[
          { value: 'form', label: t('expression.form'), disabled: !simple },
          { value: 'text', label: t('expression.text') },
        ]}
        onChange={(as) => setAsText(as === 'text')}
      />
      {showsText ? (
        <JsonField label={label} value={value} onChange={onChange} />
      ) : kind === 'condition' ? (
        <Conditions
          conditions={conditionsOf(value) ?? []}
          onChange={(list) => onChange(expressionOf(list))}
          tools={tools}
        />
      ) : (
        <MeasureForm
          label={t('measure')}
          value={isMeasurement(value) ? value : null}
          timed
          onChange={onChange}
          tools={tools}
        />
      )}
      {faults.map(({ path, message }) => (
        <p key={`${path.join('.')} ${message}`} role="alert" className="editor-fault">
          <b>{path.join('.')}</b> {said(message)}
        </p>
      ))}
      {!nothing && faults.length === 0 && <Live value={tools.live(value)} kind={kind} />}
    </fieldset>
  )
}

/** What it comes to in the run on screen. */
function Live({ value: { start, now }, kind }: { value: LiveValue; kind: ExpressionFieldProps['kind'] }) {
  return (
    <p className="hint mono" data-testid="live-value">
      {kind === 'condition'
        ? t(now === true ? 'live.holds' : now === false ? 'live.not' : 'live.unknown')
        : t('live.value', { now: spoken(now), start: spoken(start) })}
    </p>
  )
}

export function spoken(value: Value): string {
  if (typeof value === 'number') return Number.isInteger(value) ? exact(value) : decimal(value, 4)
  if (typeof value === 'boolean') return t(value ? 'option.true' : 'option.false')
  return value ?? '–'
}

function JsonField({ label, value, onChange }: Pick<ExpressionFieldProps, 'label' | 'value' | 'onChange'>) {
  // The author's own spaces and line breaks stay while they write.
  const [written, setWritten] = useState<string | null>(null)
  const text = isUnread(value) ? value.unread : (written ?? JSON.stringify(value, null, 1))
  return (
    <textarea
      className="input mono editor-json"
      aria-label={t('expression.json', { label })}
      rows={5}
      spellCheck={false}
      value={text}
      onChange={(event) => {
        setWritten(event.target.value)
        onChange(readJson(event.target.value))
      }}
      onBlur={() => setWritten(null)}
    />
  )
}

/** What is no JSON stays as it was written, and is told as such. */
function readJson(text: string): Expression {
  try {
    return JSON.parse(text) as Expression
  } catch {
    return unread(text)
  }
}

interface ConditionsProps {
  conditions: readonly Condition[]
  onChange: (conditions: Condition[]) => void
  tools: EditorTools
}

/** Conditions that must hold together. */
function Conditions({ conditions, onChange, tools }: ConditionsProps) {
  const [adds, setAdds] = useState(false)
  const shown: readonly (Condition | null)[] = adds || conditions.length === 0 ? [...conditions, null] : conditions
  return (
    <>
      {shown.map((condition, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place
        <div key={at} className="editor-condition">
          <OneCondition
            condition={condition}
            onChange={(next) => {
              setAdds(false)
              onChange(shown.flatMap((one, place) => (place === at ? [next] : one ? [one] : [])))
            }}
            tools={tools}
          />
          {conditions.length > 1 && condition && (
            <Button small look="quiet" onClick={() => onChange(conditions.filter((_, place) => place !== at))}>
              {t('condition.remove')}
            </Button>
          )}
        </div>
      ))}
      {conditions.length > 0 && !adds && (
        <Button small look="quiet" onClick={() => setAdds(true)}>
          {t('condition.add')}
        </Button>
      )}
    </>
  )
}

function OneCondition({
  condition,
  onChange,
  tools,
}: {
  condition: Condition | null
  onChange: (next: Condition) => void
  tools: EditorTools
}) {
  const { relation, not, by, to, within } = condition ?? ({ relation: 'changed', not: false } as Condition)
  const moves = relation === 'rose' || relation === 'fell' || relation === 'changed'
  const change = (next: Partial<Condition>) => condition && onChange({ ...condition, ...next })
  return (
    <>
      <MeasureForm
        label={t('measure')}
        value={condition?.of ?? null}
        timed={!moves}
        onChange={(of) => onChange({ ...(condition ?? { relation, not }), of })}
        tools={tools}
      />
      {condition && (
        <Select
          label={t('relation')}
          testId="relation"
          value={`${not ? 'not ' : ''}${relation}` as const}
          options={RELATIONS.flatMap((one) => [
            { value: one, label: t(`relation.${one}`) },
            { value: `not ${one}` as const, label: t(`relation.not.${one}`) },
          ])}
          onChange={(chosen) => {
            const name = chosen.replace('not ', '') as Condition['relation']
            onChange(related(condition, name, chosen.startsWith('not '), tools.live(condition.of).now))
          }}
        />
      )}
      {condition && moves && (
        <NumberInput label={t('by')} value={by} least={0} onChange={(least) => change({ by: least })} testId="by" />
      )}
      {condition && !moves && <Compared value={to} onChange={(value) => change({ to: value })} />}
      {condition && relation === 'near' && (
        <NumberInput label={t('within')} value={within} least={0} onChange={(value) => change({ within: value })} />
      )}
    </>
  )
}

/** Another relation, with what it asks for: at first what the run gives. */
function related(
  { of, by, to, within }: Condition,
  relation: Condition['relation'],
  not: boolean,
  now: Value,
): Condition {
  switch (relation) {
    case 'rose':
    case 'fell':
    case 'changed':
      return { of: untimed(of), relation, not, ...(by !== undefined && { by }) }
    case 'near':
      return { of, relation, not, to: typeof to === 'number' ? to : asNumber(now), within: within ?? 0.05 }
    case 'equal':
      return { of, relation, not, to: to ?? now ?? 0 }
    default:
      return { of, relation, not, to: typeof to === 'number' ? to : asNumber(now) }
  }
}

function untimed({ at: _, ...of }: Measurement): Measurement {
  return of as Measurement
}

function asNumber(value: Value): number {
  return typeof value === 'number' ? value : 0
}

/** A number is written in a field for numbers, a word in one for words, and what is true or not is chosen. */
function Compared({
  value = 0,
  onChange,
}: {
  value?: number | string | boolean
  onChange: (value: number | string | boolean) => void
}) {
  if (typeof value === 'number') return <NumberInput label={t('to')} value={value} onChange={onChange} testId="to" />
  if (typeof value === 'boolean') {
    return (
      <Select
        label={t('to')}
        value={String(value)}
        options={['true', 'false'].map((one) => ({ value: one, label: t(`option.${one as 'true' | 'false'}`) }))}
        onChange={(chosen) => onChange(chosen === 'true')}
      />
    )
  }
  return (
    <Field label={t('to')}>
      {(ids) => (
        <input {...ids} className="input mono" value={value} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  )
}
