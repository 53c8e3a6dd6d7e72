import { useId } from 'react'
import type { StartVector } from '../../core/tokens.ts'
import { exact } from '../../words/numbers.ts'
import { Button } from '../primitives/Button.tsx'
import { Field } from '../primitives/Field.tsx'
import { IntegerField } from '../primitives/IntegerField.tsx'
import { Segmented } from '../primitives/Segmented.tsx'
import { Slider } from '../primitives/Slider.tsx'
import { t } from '../words/words.ts'

export interface StartVectorEditorProps {
  /** undefined: the trained embedding. */
  value: StartVector | undefined
  /** Whether there is a trained embedding to go back to. */
  trained: boolean
  onChange: (start: StartVector | undefined) => void
  /** The vocabulary that embeddings are copied from. */
  labelOf: (id: number) => string
  idOf: (label: string) => number | undefined
  /** Shown first among what can be copied. */
  suggestions: readonly { id: number; label: string }[]
}

const STD = 0.02 // BERT's own initialisation (initializer_range)
const SOURCES = ['trained', 'zeros', 'normal', 'copy', 'mean'] as const
type Source = (typeof SOURCES)[number]

/** What a token starts from: its trained embedding, or a vector that nobody trained. */
export function StartVectorEditor(props: StartVectorEditorProps) {
  const { value, trained, onChange, labelOf, idOf, suggestions } = props
  const listId = useId()
  const choose = (type: Source) => {
    if (type === 'trained') onChange(undefined)
    else if (type === 'normal') onChange({ type, seed: 1, std: STD })
    else if (type === 'copy') onChange({ type, of: suggestions[0]?.id ?? 0, scale: 1 })
    else onChange({ type })
  }
  return (
    <div className="start-vector" data-testid="start-vector">
      <Segmented
        label={t('start')}
        showLabel
        small
        value={value?.type ?? 'trained'}
        options={SOURCES.map((source) => ({
          value: source,
          label: t(`start.${source}`),
          title: source === 'trained' ? undefined : t(`start.${source}.hint`, { std: STD }),
          disabled: source === 'trained' && !trained,
        }))}
        onChange={choose}
      />
      {value?.type === 'normal' && (
        <div className="row">
          <IntegerField
            label={t('start.seed')}
            inline
            value={value.seed}
            onChange={(seed) => onChange({ ...value, seed })}
          />
          <Button small onClick={() => onChange({ ...value, seed: value.seed + 1 })}>
            {t('start.seed.next')}
          </Button>
          <span className="hint mono">{`N(0, ${value.std}²)`}</span>
        </div>
      )}
      {value?.type === 'copy' && (
        <div className="start-copy">
          <Field label={t('start.of')} hint={t('start.of.hint')}>
            {(ids) => (
              <input
                {...ids}
                // Starts again with what is copied, and keeps what is being typed until it is a token.
                key={value.of}
                className="input mono"
                list={listId}
                defaultValue={labelOf(value.of)}
                onChange={(event) => {
                  const of = idOf(event.target.value)
                  if (of !== undefined && of !== value.of) onChange({ ...value, of })
                }}
              />
            )}
          </Field>
          <datalist id={listId}>
            {suggestions.map(({ id, label }) => (
              <option key={id} value={label} />
            ))}
          </datalist>
          <Slider
            label={t('start.scale')}
            min={-2}
            max={4}
            step={0.25}
            value={value.scale}
            format={(scale) => `× ${exact(scale)}`}
            onChange={(scale) => onChange({ ...value, scale })}
            testId="start-scale"
          />
        </div>
      )}
    </div>
  )
}
