import { useId } from 'react'
import type { StartVector } from '../../core/tokens.ts'
import { Button } from '../primitives/Button.tsx'
import { Field } from '../primitives/Field.tsx'
import { IntegerField } from '../primitives/IntegerField.tsx'
import { Segmented } from '../primitives/Segmented.tsx'
import { Slider } from '../primitives/Slider.tsx'

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
const SOURCES = [
  { value: 'trained', label: 'trained' },
  { value: 'zeros', label: 'zeros', title: 'the zero vector' },
  { value: 'normal', label: 'random', title: `N(0, ${STD}²), as weights start in training` },
  { value: 'copy', label: 'copy of …', title: 'another token’s embedding, scaled' },
  { value: 'mean', label: 'mean of the words', title: 'the mean of the content tokens’ embeddings' },
] as const

/** What a token starts from: its trained embedding, or a vector that nobody trained. */
export function StartVectorEditor(props: StartVectorEditorProps) {
  const { value, trained, onChange, labelOf, idOf, suggestions } = props
  const listId = useId()
  const choose = (type: (typeof SOURCES)[number]['value']) => {
    if (type === 'trained') onChange(undefined)
    else if (type === 'normal') onChange({ type, seed: 1, std: STD })
    else if (type === 'copy') onChange({ type, of: suggestions[0]?.id ?? 0, scale: 1 })
    else onChange({ type })
  }
  return (
    <div className="start-vector" data-testid="start-vector">
      <Segmented
        label="Starts from"
        showLabel
        small
        value={value?.type ?? 'trained'}
        options={SOURCES.map((source) => ({ ...source, disabled: source.value === 'trained' && !trained }))}
        onChange={choose}
      />
      {value?.type === 'normal' && (
        <div className="row">
          <IntegerField label="Seed" inline value={value.seed} onChange={(seed) => onChange({ ...value, seed })} />
          <Button small onClick={() => onChange({ ...value, seed: value.seed + 1 })}>
            Next seed
          </Button>
          <span className="hint mono">N(0, {value.std}²)</span>
        </div>
      )}
      {value?.type === 'copy' && (
        <div className="start-copy">
          <Field label="Copy of" hint="A word piece of the vocabulary, or a special token.">
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
            label="Scaled by"
            min={-2}
            max={4}
            step={0.25}
            value={value.scale}
            format={(scale) => `× ${scale}`}
            onChange={(scale) => onChange({ ...value, scale })}
            testId="start-scale"
          />
        </div>
      )}
    </div>
  )
}
