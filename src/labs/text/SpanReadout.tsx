import { useMemo } from 'react'
import { changeOf, type Readout } from '../../state/readouts.ts'
import { GhostChange } from '../../views/readouts/Ghost.tsx'
import { ProbabilityBars } from '../../views/readouts/ProbabilityBars.tsx'
import { formatPercent } from '../../viz/format.ts'
import { headTitle } from './comparison.ts'
import type { TextRun } from './state/run.ts'
import { bestSpan, spanText } from './state/span.ts'
import { t } from './words/words.ts'

const SHOWN = 3

export interface SpanReadoutProps {
  run: TextRun
  answers: readonly Readout[]
  /** By id, those of the run before the last edit. */
  earlier: ReadonlyMap<string, Readout>
}

/** The stretch of text that a question answering head points at, and where it thinks the answer starts and ends. */
export function SpanReadout({ run, answers, earlier }: SpanReadoutProps) {
  const span = useMemo(() => bestSpan(run), [run])
  const whole = answers.find(({ id }) => id === 'span')
  if (!span || !whole) {
    return (
      <section className="readout" data-testid="span">
        <h3>{t('readouts.span')}</h3>
        <p className="hint">{t('readouts.span.none')}</p>
      </section>
    )
  }
  const before = earlier.get('span')
  return (
    <section className="readout" data-testid="span">
      <h3>{t('readouts.span')}</h3>
      <p className="binary-answer" data-from={span.from} data-to={span.to}>
        {spanText(run, span)} <span className="mono">{formatPercent(span.probability)}</span>{' '}
        <GhostChange now={span.probability} before={before && changeOf(whole, before).after} />
      </p>
      <p className="hint">{t('readouts.span.hint', { from: span.from, to: span.to })}</p>
      {answers
        .filter(({ id }) => id === 'span start' || id === 'span end')
        .map((answer) => (
          <Ends key={answer.id} answer={answer} before={earlier.get(answer.id)} />
        ))}
    </section>
  )
}

function Ends({ answer: { id, names, scores, classes = [] }, before }: { answer: Readout; before?: Readout }) {
  const items = names.map((label, i) => ({
    label,
    probability: scores[i] as number,
    before: before?.scores[before.classes?.indexOf(classes[i] as string) ?? -1],
  }))
  return <ProbabilityBars title={headTitle(id)} items={items} top={SHOWN} />
}
