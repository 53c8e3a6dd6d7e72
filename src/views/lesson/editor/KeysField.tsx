import { useState } from 'react'
import type { Action } from '../../../state/lesson/lesson.ts'
import { useKeyRecorder } from '../../hooks/useKeyRecorder.ts'
import { Button } from '../../primitives/Button.tsx'
import { Field } from '../../primitives/Field.tsx'
import { PlaceField } from './PlaceField.tsx'
import type { EditorTools } from './tools.ts'
import { t } from './words/words.ts'

type Keys = Action['keys']

export interface KeysFieldProps {
  field: string
  value: Keys
  onChange: (keys: Keys, of?: string) => void
  tools: EditorTools
}

/** How an action is done by keyboard: recorded while it is done, or written. */
export function KeysField({ field, value, onChange, tools }: KeysFieldProps) {
  const [records, setRecords] = useState(false)
  useKeyRecorder(records, {
    outside: () => tools.panel.current,
    onPress: (press, focus, goesOn) => {
      const last = value.at(-1)
      if (goesOn && last) onChange([...value.slice(0, -1), { ...last, press: [...last.press, press] }], 'recorded keys')
      else onChange([...value, { focus, press: [press] }], 'recorded keys')
    },
  })
  const change = (at: number, next: Keys[number]) =>
    onChange(
      value.map((one, place) => (place === at ? next : one)),
      `${field}.${at}`,
    )
  return (
    <fieldset className="editor-keys" data-field={field}>
      <legend>{t('keys')}</legend>
      <p className="hint">{t(records ? 'keys.how' : 'keys.lead')}</p>
      {value.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: it is its place
        <div key={at} className="editor-group">
          <PlaceField
            label={t('keys.focus')}
            field={`${field}.${at}.focus`}
            value={one.focus}
            controls
            onChange={(focus) => change(at, { ...one, focus: focus ?? one.focus })}
            tools={tools}
          />
          <Field label={t('keys.press')}>
            {(ids) => (
              <input
                {...ids}
                className="input mono"
                data-field={`${field}.${at}.press`}
                value={one.press.join(' ')}
                onChange={(event) => change(at, { ...one, press: event.target.value.split(' ') })}
                onBlur={() => change(at, { ...one, press: one.press.filter((press) => press !== '') })}
              />
            )}
          </Field>
          <Button small look="quiet" onClick={() => onChange(value.filter((_, place) => place !== at))}>
            {t('keys.remove')}
          </Button>
        </div>
      ))}
      <div className="row">
        <Button small aria-pressed={records} data-testid="record-keys" onClick={() => setRecords(!records)}>
          {t(records ? 'keys.stop' : 'keys.record')}
        </Button>
        {!records && (
          <Button small look="quiet" onClick={() => onChange([...value, { focus: 'main', press: ['Enter'] }])}>
            {t('keys.add')}
          </Button>
        )}
      </div>
    </fieldset>
  )
}
