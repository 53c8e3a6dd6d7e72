import { useEffect, useState } from 'react'
import { usePick } from '../../hooks/usePick.ts'
import { placesOnPage, usePointed } from '../../hooks/usePointed.ts'
import { Button } from '../../primitives/Button.tsx'
import { Select } from '../../primitives/Select.tsx'
import type { EditorTools } from './tools.ts'
import { t } from './words/words.ts'

export interface PlaceFieldProps {
  label: string
  field: string
  /** undefined: nothing. */
  value: string | undefined
  /** Whether a control in a part can be chosen by itself. */
  controls?: boolean
  /** Whether it has a frame on the page, as it will have in the lesson. */
  marked?: boolean
  onChange: (place: string | undefined) => void
  tools: EditorTools
}

/** A part of the page, picked there or chosen from a list. */
export function PlaceField({
  label,
  field,
  value,
  controls = false,
  marked = false,
  onChange,
  tools: { panel },
}: PlaceFieldProps) {
  const [picks, setPicks] = useState(false)
  const [places, setPlaces] = useState<ReturnType<typeof placesOnPage>>([])
  // What is on the page changes with every edit of the lab: it is looked up whenever the field is drawn.
  useEffect(() => {
    const found = placesOnPage(panel.current)
    setPlaces((before) => (namesOf(before) === namesOf(found) ? before : found))
  })
  usePointed(marked ? value : undefined)
  usePick(picks, {
    outside: () => panel.current,
    controls,
    onPick: (place) => {
      setPicks(false)
      onChange(place)
    },
    onCancel: () => setPicks(false),
  })
  const isListed = value === undefined || places.some(({ place }) => place === value)
  return (
    <div className="editor-place" data-field={field}>
      <Select
        label={label}
        value={value ?? ''}
        options={[
          { value: '', label: t('place.none') },
          ...(isListed ? [] : [{ value, label: value }]),
          ...places.map(({ place, name }) => ({ value: place, label: name ? `${name} · ${place}` : place })),
        ]}
        onChange={(place) => onChange(place || undefined)}
        testId="place"
      />
      <Button small aria-pressed={picks} data-testid="pick" onClick={() => setPicks(!picks)}>
        {t(picks ? 'place.picking' : 'place.pick')}
      </Button>
      <output className="hint">{picks ? t('place.how') : ''}</output>
    </div>
  )
}

function namesOf(places: readonly { place: string; name: string }[]): string {
  return places.map(({ place, name }) => `${place} ${name}`).join('\n')
}
