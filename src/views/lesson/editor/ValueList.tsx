import { useState } from 'react'
import { changeStep, NOTHING } from '../../../state/lesson/draft.ts'
import type { Expression } from '../../../state/lesson/expression.ts'
import { Button } from '../../primitives/Button.tsx'
import { Field } from '../../primitives/Field.tsx'
import { Select } from '../../primitives/Select.tsx'
import { ExpressionField, spoken } from './ExpressionField.tsx'
import type { EditorTools } from './tools.ts'
import { without } from './without.ts'
import { t } from './words/words.ts'

export interface ValueListProps {
  /** The step, from 0. */
  at: number
  tools: EditorTools
  /** Puts what takes a value into the words that were written last. */
  onInsert: (message: string) => void
}

const FORMATS = ['percent', 'two', 'plain', 'yes'] as const
type Format = (typeof FORMATS)[number]

/** A name is a word of ICU: letters and digits. */
const NAME = /^[a-z]\w{0,29}$/i

/** What the words of a step take from the run, by name. */
export function ValueList({ at, tools, onInsert }: ValueListProps) {
  const values = tools.draft.steps[at]?.values ?? {}
  const [opened, setOpened] = useState<string | null>(null)
  const change = (next: Readonly<Record<string, Expression>>, of?: string) =>
    tools.edit(changeStep(tools.draft, at, { values: Object.keys(next).length > 0 ? next : undefined }), of)
  return (
    <fieldset className="editor-values" data-field={`steps.${at}.values`}>
      <legend>{t('values')}</legend>
      <p className="hint">{t('values.lead')}</p>
      {Object.entries(values).map(([name, value]) => (
        <details key={name} open={opened === name} className="editor-group" data-testid="step-value">
          <summary>
            <code>{name}</code> <span className="hint mono">{spoken(tools.live(value).now)}</span>
          </summary>
          <ExpressionField
            label={name}
            field={`steps.${at}.values.${name}`}
            kind="value"
            value={value}
            onChange={(next) => change({ ...values, [name]: next }, `values.${name}`)}
            tools={tools}
          />
          <Insert name={name} yes={typeof tools.live(value).now === 'boolean'} onInsert={onInsert} />
          <Button small look="quiet" onClick={() => change(without(values, name))}>
            {t('values.remove')}
          </Button>
        </details>
      ))}
      <NewValue
        taken={Object.keys(values)}
        onAdd={(name) => {
          change({ ...values, [name]: NOTHING })
          setOpened(name)
        }}
      />
    </fieldset>
  )
}

function Insert({ name, yes, onInsert }: { name: string; yes: boolean; onInsert: ValueListProps['onInsert'] }) {
  const [format, setFormat] = useState<Format>(yes ? 'yes' : 'percent')
  return (
    <div className="row">
      <Select
        label={t('values.as')}
        value={format}
        options={FORMATS.map((one) => ({ value: one, label: t(`values.as.${one}`) }))}
        onChange={setFormat}
      />
      <Button small data-testid="insert-value" onClick={() => onInsert(messageOf(name, format))}>
        {t('values.insert')}
      </Button>
    </div>
  )
}

function messageOf(name: string, format: Format): string {
  switch (format) {
    case 'plain':
      return `{${name}}`
    case 'yes':
      return `{${name}, select, yes {…} other {…}}`
    default:
      return `{${name}, number, ${format}}`
  }
}

function NewValue({ taken, onAdd }: { taken: readonly string[]; onAdd: (name: string) => void }) {
  const [name, setName] = useState('')
  const fits = NAME.test(name) && !taken.includes(name)
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault()
        if (!fits) return
        onAdd(name)
        setName('')
      }}
    >
      <Field label={t('values.name')} hint={name !== '' && !fits ? t('values.name.how') : undefined}>
        {(ids) => (
          <input
            {...ids}
            className="input mono"
            data-testid="value-name"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Button small type="submit" disabled={!fits} data-testid="add-value">
        {t('values.add')}
      </Button>
    </form>
  )
}
