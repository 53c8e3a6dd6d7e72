import { useId, useState } from 'react'
import type { Measurement } from '../../../state/lesson/expression.ts'
import {
  type Field as ArgumentField,
  firstArguments,
  firstOf,
  type Part,
  shapeOf,
} from '../../../state/lesson/fields.ts'
import { ActionMenu } from '../../primitives/ActionMenu.tsx'
import { Button } from '../../primitives/Button.tsx'
import { Field } from '../../primitives/Field.tsx'
import { Select } from '../../primitives/Select.tsx'
import { SignButton } from '../../primitives/SignButton.tsx'
import type { EditorTools, OfferedMeasure } from './tools.ts'
import { without } from './without.ts'
import { nameOf, t } from './words/words.ts'

export interface MeasureFormProps {
  label: string
  /** null: none is chosen yet. */
  value: Measurement | null
  /** Whether it can be told when it is taken; what rose or fell is taken at both. */
  timed: boolean
  onChange: (value: Measurement) => void
  tools: EditorTools
}

/** A measure of the lab, chosen, with what it asks for. */
export function MeasureForm({ label, value, timed, onChange, tools: { measures, draft } }: MeasureFormProps) {
  const chosen = measures.find(({ id }) => id === value?.measure)
  const { measure, at, ...given } = value ?? { measure: '' }
  return (
    <>
      <Select
        label={label}
        value={measure}
        options={[
          ...(chosen ? [] : [{ value: measure, label: measure || t('choose') }]),
          ...measures.map(({ id }) => ({ value: id, label: nameOf('measure', id, draft.lab) })),
        ]}
        onChange={(id) =>
          onChange({ measure: id, ...firstArguments(measures.find((one) => one.id === id)?.parts ?? []) })
        }
        testId="measure"
      />
      {chosen && value && (
        <Parts parts={chosen.parts} value={given} there={chosen.there} onChange={(next) => onChange(taken(next))} />
      )}
      {chosen && timed && (
        <Select
          label={t('at')}
          value={at ?? 'now'}
          options={[
            { value: 'now', label: t('at.now') },
            { value: 'start', label: t('at.start') },
          ]}
          onChange={(when) => onChange(taken(given, when))}
        />
      )}
    </>
  )

  function taken(next: Record<string, unknown>, when = at): Measurement {
    return { measure, ...next, ...(when === 'start' && timed && { at: when }) }
  }
}

interface PartsProps {
  parts: readonly Part[]
  value: Record<string, unknown>
  there: OfferedMeasure['there']
  onChange: (value: Record<string, unknown>) => void
}

/** What stands there, and what can be added. */
function Parts({ parts, value, there, onChange }: PartsProps) {
  const shown = parts.filter(({ name, optional }) => !optional || name in value)
  const others = parts.filter((part) => !shown.includes(part))
  return (
    <div className="editor-parts">
      {shown.map(({ name, optional, field }) => (
        <Argument
          key={name}
          label={nameOf('argument', name)}
          called={name}
          field={field}
          value={value[name]}
          there={there}
          onChange={(next) => onChange({ ...value, [name]: next })}
          onRemove={optional ? () => onChange(without(value, name)) : undefined}
        />
      ))}
      {others.length > 0 && (
        <Narrow
          parts={others}
          all={shown.length === 0}
          onChoose={({ name, field }) => onChange({ ...value, [name]: firstOf(field) })}
        />
      )}
    </div>
  )
}

/** A menu, and no list: what is chosen in it is added at once, and not on the way to another. */
function Narrow({ parts, all, onChoose }: { parts: readonly Part[]; all: boolean; onChoose: (part: Part) => void }) {
  const [anchor, setAnchor] = useState<Element | null>(null)
  return (
    <div>
      <Button
        small
        look="quiet"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        data-testid="narrow"
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {t(all ? 'narrow.all' : 'narrow.more')}
      </Button>
      <ActionMenu
        label={t('narrow')}
        anchor={anchor}
        groups={[
          { title: t('narrow'), choices: parts.map(({ name }) => ({ id: name, label: nameOf('argument', name) })) },
        ]}
        onChoose={(name) => {
          const part = parts.find((one) => one.name === name)
          if (part) onChoose(part)
        }}
        onClose={() => setAnchor(null)}
        testId="narrow-menu"
      />
    </div>
  )
}

interface ArgumentProps {
  label: string
  called: string
  field: ArgumentField
  value: unknown
  there: OfferedMeasure['there']
  onChange: (value: unknown) => void
  onRemove?: () => void
}

function Argument({ label, called, field, value, there, onChange, onRemove }: ArgumentProps) {
  return (
    <div className="editor-argument">
      {control()}
      {onRemove && <SignButton sign="✕" name={t('argument.remove', { argument: label })} onClick={onRemove} />}
    </div>
  )

  function control() {
    switch (field.kind) {
      case 'choice':
        return <Select label={label} value={String(value)} options={offered(field.options)} onChange={onChange} />
      case 'flag':
        return (
          <Select
            label={label}
            value={String(value)}
            options={offered(['true', 'false'])}
            onChange={(chosen) => onChange(chosen === 'true')}
          />
        )
      case 'number':
        return <NumberInput label={label} value={value} least={field.least} onChange={onChange} />
      case 'text':
        return <TextInput label={label} value={value} there={there[called] ?? []} onChange={onChange} />
      case 'parts':
        return (
          <fieldset className="editor-group">
            <legend>{label}</legend>
            <Parts
              parts={field.parts}
              value={(value ?? {}) as Record<string, unknown>}
              there={there}
              onChange={onChange}
            />
          </fieldset>
        )
      case 'either':
        return (
          <Either label={label} called={called} shapes={field.shapes} value={value} there={there} onChange={onChange} />
        )
    }
  }
}

function offered(options: readonly string[]) {
  return options.map((option) => ({ value: option, label: nameOf('option', option) }))
}

/** One of several shapes: options of a list stand beside the shapes that ask for more. */
function Either({
  label,
  shapes,
  value,
  ...rest
}: Omit<ArgumentProps, 'field'> & { shapes: readonly ArgumentField[] }) {
  const at = shapeOf(value, shapes)
  const shape = shapes[at]
  const options = shapes.flatMap((one, place) =>
    one.kind === 'choice' ? one.options.map((option) => ({ place, option })) : [{ place, option: '' }],
  )
  const chosen = shape?.kind === 'choice' ? String(value) : ''
  return (
    <>
      <Select
        label={label}
        value={`${at} ${chosen}`}
        options={options.map(({ place, option }) => ({
          value: `${place} ${option}`,
          label: option === '' ? shapeName(shapes[place] as ArgumentField) : nameOf('option', option),
        }))}
        onChange={(key) => {
          const [place = '0', option] = key.split(' ')
          rest.onChange(option || firstOf(shapes[Number(place)] as ArgumentField))
        }}
      />
      {shape && shape.kind === 'parts' && (
        <Parts
          parts={shape.parts}
          value={(value ?? {}) as Record<string, unknown>}
          there={rest.there}
          onChange={rest.onChange}
        />
      )}
      {shape && shape.kind !== 'parts' && shape.kind !== 'choice' && (
        <Argument {...rest} label={shapeName(shape)} field={shape} value={value} onRemove={undefined} />
      )}
    </>
  )
}

function shapeName(shape: ArgumentField): string {
  return shape.kind === 'parts'
    ? shape.parts.map(({ name }) => nameOf('argument', name)).join(', ')
    : t(shape.kind === 'number' ? 'shape.number' : 'shape.text')
}

interface NumberInputProps {
  label: string
  value: unknown
  least?: number
  onChange: (value: number) => void
  testId?: string
}

/** A number. What is typed stands as it is, so that it can be emptied and begun again; only a number counts. */
export function NumberInput({ label, value, least, onChange, testId }: NumberInputProps) {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <Field label={label}>
      {(ids) => (
        <input
          {...ids}
          className="input"
          type="number"
          step="any"
          min={least}
          data-testid={testId}
          value={typed ?? (typeof value === 'number' ? value : '')}
          onChange={(event) => {
            setTyped(event.target.value)
            if (!Number.isNaN(event.target.valueAsNumber)) onChange(event.target.valueAsNumber)
          }}
          onBlur={() => setTyped(null)}
        />
      )}
    </Field>
  )
}

function TextInput({
  label,
  value,
  there,
  onChange,
}: {
  label: string
  value: unknown
  there: readonly string[]
  onChange: (value: string) => void
}) {
  const list = useId()
  return (
    <Field label={label}>
      {(ids) => (
        <>
          <input
            {...ids}
            className="input mono"
            list={there.length > 0 ? list : undefined}
            value={String(value ?? '')}
            onChange={(event) => onChange(event.target.value)}
          />
          <datalist id={list}>
            {there.map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  )
}
