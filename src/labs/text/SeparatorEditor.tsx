import { useState } from 'react'
import type { StartVector } from '../../core/tokens.ts'
import { type Entry, isUntrained } from '../../sequence/token.ts'
import { Field } from '../../views/primitives/Field.tsx'
import { Segmented } from '../../views/primitives/Segmented.tsx'
import { Rich } from '../../views/Rich.tsx'
import { StartVectorEditor } from '../../views/tokens/StartVectorEditor.tsx'
import type { Vocabulary } from '../shared/embedding/vocabulary.ts'
import { t } from './words/words.ts'

export interface SeparatorEditorProps {
  /** Of which segment, as people count. */
  segment: number
  separator: Entry
  /** The model's own. */
  trained: Entry
  /** A name to start from. */
  typedName: string
  vocabulary: Vocabulary
  onChange: (separator: Entry) => void
}

/** What closes a segment: the model's own [SEP], or a typed one that nobody trained. */
export function SeparatorEditor(props: SeparatorEditorProps) {
  const { segment, separator, trained, typedName, vocabulary, onChange } = props
  const typed = separator.label !== trained.label
  const typedEntry = (label: string, start: StartVector): Entry => ({ kind: 'sep', id: null, label, start })
  const start = separator.start ?? { type: 'copy', of: trained.id ?? 0, scale: 1 }
  return (
    <details className="separator" data-testid={`separator-${segment - 1}`}>
      <summary>
        <Rich
          words={t}
          id={isUntrained(separator) ? 'separator.closed.untrained' : 'separator.closed'}
          tags={{
            sep: (
              <span className="stamp" data-kind="sep" data-untrained={isUntrained(separator) || undefined}>
                {separator.label}
              </span>
            ),
          }}
        />
      </summary>
      <div className="separator-body">
        <Segmented
          label={t('separator.what', { segment })}
          small
          value={typed ? 'typed' : 'trained'}
          options={[
            { value: 'trained', label: trained.label, title: t('separator.own') },
            { value: 'typed', label: t('separator.typed') },
          ]}
          onChange={(choice) => onChange(choice === 'trained' ? trained : typedEntry(typedName, start))}
        />
        {typed && (
          <>
            <SeparatorName
              key={separator.label}
              name={separator.label}
              onName={(label) => onChange(typedEntry(label === trained.label ? `${typedName}` : label, start))}
            />
            <StartVectorEditor
              value={separator.start}
              trained={false}
              onChange={(next) => next && onChange(typedEntry(separator.label, next))}
              {...vocabulary}
            />
          </>
        )}
      </div>
    </details>
  )
}

/** Taken over when it is left or entered, so that a name is one edit. */
function SeparatorName({ name, onName }: { name: string; onName: (name: string) => void }) {
  const [draft, setDraft] = useState(name)
  const take = () => {
    const bare = draft.replace(/[[\]\s]/g, '').slice(0, 40)
    if (bare && `[${bare}]` !== name) onName(`[${bare}]`)
    else setDraft(name)
  }
  return (
    <Field label={t('separator.name')}>
      {(ids) => (
        <input
          {...ids}
          className="input mono"
          value={draft}
          spellCheck={false}
          data-testid="separator-name"
          onChange={(event) => setDraft(event.target.value)}
          onBlur={take}
          onKeyDown={(event) => event.key === 'Enter' && take()}
        />
      )}
    </Field>
  )
}
