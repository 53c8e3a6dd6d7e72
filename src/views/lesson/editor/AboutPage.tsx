import type { Draft } from '../../../state/lesson/draft.ts'
import { Button } from '../../primitives/Button.tsx'
import { Field } from '../../primitives/Field.tsx'
import { IntegerField } from '../../primitives/IntegerField.tsx'
import { Select } from '../../primitives/Select.tsx'
import type { EditorTools } from './tools.ts'
import { WordsField } from './WordsField.tsx'
import { t } from './words/words.ts'

export interface AboutPageProps {
  tools: EditorTools
  labs: readonly { id: string; name: string }[]
}

/** The lesson as a whole. */
export function AboutPage({ tools, labs }: AboutPageProps) {
  const { draft, edit } = tools
  const setSources = (sources: Draft['sources'], of?: string) => edit({ ...draft, sources }, of)
  return (
    <div className="editor-page">
      <WordsField label={t('title')} field="words.en.title" word="title" tools={tools} rows={1} />
      <WordsField label={t('about')} field="words.en.about" word="about" tools={tools} />
      <Text
        label={t('id')}
        hint={t('id.hint')}
        field="id"
        value={draft.id}
        onChange={(id) => edit({ ...draft, id }, 'id')}
      />
      <div data-field="minutes">
        <IntegerField
          label={t('minutes')}
          value={draft.minutes}
          min={1}
          max={120}
          onChange={(minutes) => edit({ ...draft, minutes }, 'minutes')}
        />
      </div>
      <div data-field="lab">
        <Select
          label={t('lab')}
          value={draft.lab}
          options={[
            ...(labs.some(({ id }) => id === draft.lab) ? [] : [{ value: draft.lab, label: draft.lab }]),
            ...labs.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(lab) => edit({ ...draft, lab })}
        />
      </div>
      <fieldset className="editor-group" data-field="sources">
        <legend>{t('sources')}</legend>
        {draft.sources.map((source, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a source is its place
          <div key={at} className="editor-group">
            <Text
              label={t('source.title')}
              field={`sources.${at}.title`}
              value={source.title}
              onChange={(title) => setSources(replaced(draft.sources, at, { ...source, title }), `source ${at}`)}
            />
            <Text
              label={t('source.url')}
              field={`sources.${at}.url`}
              value={source.url ?? ''}
              onChange={(url) =>
                setSources(replaced(draft.sources, at, url ? { ...source, url } : { title: source.title }), `url ${at}`)
              }
            />
            {draft.sources.length > 1 && (
              <Button small look="quiet" onClick={() => setSources(draft.sources.filter((_, place) => place !== at))}>
                {t('source.remove')}
              </Button>
            )}
          </div>
        ))}
        <Button small look="quiet" onClick={() => setSources([...draft.sources, { title: '' }])}>
          {t('source.add')}
        </Button>
      </fieldset>
    </div>
  )
}

interface TextProps {
  label: string
  hint?: string
  field: string
  value: string
  onChange: (value: string) => void
}

function Text({ label, hint, field, value, onChange }: TextProps) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <input
          {...ids}
          className="input"
          data-field={field}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

function replaced<One>(list: readonly One[], at: number, one: One): One[] {
  return list.map((other, place) => (place === at ? one : other))
}
