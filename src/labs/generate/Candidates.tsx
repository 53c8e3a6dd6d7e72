import { type KeyboardEvent, useId, useState } from 'react'
import { CANDIDATE_KEYS, keyPressed } from '../../views/keys/tables.ts'
import { Button } from '../../views/primitives/Button.tsx'
import { Spoken } from '../../views/primitives/Spoken.tsx'
import { formatPercent } from '../../viz/format.ts'
import { t } from './words/words.ts'

export interface Candidate {
  id: number
  label: string
  /** The model's own probability, and the one that it is drawn by. */
  model: number
  drawn: number
}

export interface CandidatesProps {
  candidates: readonly Candidate[]
  /** The one that the seed gives. */
  drawn: number
  /** Nothing can be written any more. */
  blocked: boolean
  onAccept: (id: number) => void
  onBack: () => void
  onRedraw: () => void
}

/** What may come next, under the arrow keys: ↑ ↓ choose, → accepts, ← takes the last token back, R draws anew. */
export function Candidates({ candidates, drawn, blocked, onAccept, onBack, onRedraw }: CandidatesProps) {
  const id = useId()
  /** A choice belongs to its list; another list begins at the drawn one. */
  const [choice, setChoice] = useState<{ of: readonly Candidate[]; id: number } | null>(null)
  const chosen = choice?.of === candidates ? choice.id : drawn
  const place = candidates.findIndex((one) => one.id === chosen)
  const go = (to: number) => {
    const next = candidates[Math.max(0, Math.min(candidates.length - 1, to))]
    if (next) setChoice({ of: candidates, id: next.id })
  }
  const accept = () => {
    if (!blocked) onAccept(chosen)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const pressed = keyPressed(CANDIDATE_KEYS, event.nativeEvent)
    if (pressed === null) return
    event.preventDefault()
    const acts: Record<typeof pressed, () => void> = {
      up: () => go(place - 1),
      down: () => go(place + 1),
      accept,
      back: onBack,
      redraw: onRedraw,
    }
    acts[pressed]()
  }
  return (
    <section className="readout" data-testid="candidates">
      <div className="bar-row candidate candidates-head" aria-hidden="true">
        <span className="candidates-model">{t('candidates.model')}</span>
        <span>{t('candidates.drawn')}</span>
      </div>
      <div
        className="bars candidates"
        role="listbox"
        tabIndex={0}
        aria-label={t('candidates')}
        aria-activedescendant={place < 0 ? undefined : `${id}-${chosen}`}
        onKeyDown={onKeyDown}
      >
        {candidates.map((one) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys, as a listbox does
          <div
            key={one.id}
            id={`${id}-${one.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={one.id === chosen}
            className="bar-row candidate"
            data-drawn={one.id === drawn || undefined}
            data-out={one.drawn === 0 || undefined}
            data-id={one.id}
            onClick={() => setChoice({ of: candidates, id: one.id })}
            onDoubleClick={accept}
          >
            <Spoken
              as={t('candidate', {
                token: one.label,
                model: formatPercent(one.model),
                drawn: formatPercent(one.drawn),
              })}
            >
              <span className="bar-label mono">{one.label}</span>
              <span className="bar-track">
                <span className="bar-fill" style={{ inlineSize: `${one.model * 100}%` }} />
              </span>
              <span className="bar-value mono">{formatPercent(one.model)}</span>
              <span className="bar-value mono">{one.drawn === 0 ? t('candidate.out') : formatPercent(one.drawn)}</span>
            </Spoken>
          </div>
        ))}
      </div>
      <div className="row">
        <Button small data-testid="accept" disabled={blocked} title={t('accept.hint')} onClick={accept}>
          {t('accept')}
        </Button>
        <Button small data-testid="redraw" title={t('redraw.hint')} onClick={onRedraw}>
          {t('redraw')}
        </Button>
      </div>
    </section>
  )
}
