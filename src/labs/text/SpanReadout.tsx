import { useMemo } from 'react'
import { ProbabilityBars } from '../../views/readouts/ProbabilityBars.tsx'
import { formatPercent } from '../../viz/format.ts'
import type { TextRun } from './state/run.ts'
import { bestSpan, spanText } from './state/span.ts'
import { t } from './words/words.ts'

const SHOWN = 3

/** The stretch of text that a question answering head points at, and where it thinks the answer starts and ends. */
export function SpanReadout({ run, before }: { run: TextRun; before: TextRun | null }) {
  const span = useMemo(() => bestSpan(run), [run])
  const earlier = useMemo(() => before && bestSpan(before), [before])
  const items = (shares: Float64Array, was: Float64Array | undefined) =>
    run.tokens.map(({ key, label }, row) => {
      const place = before?.tokens.findIndex((token) => token.key === key) ?? -1
      return { label: `${label} @${row}`, probability: shares[row] as number, before: was?.[place] }
    })
  return (
    <section className="readout" data-testid="span">
      <h3>{t('readouts.span')}</h3>
      {span ? (
        <>
          <p className="binary-answer" data-from={span.from} data-to={span.to}>
            {spanText(run, span)} <span className="mono">{formatPercent(span.probability)}</span>
          </p>
          <p className="hint">{t('readouts.span.hint', { from: span.from, to: span.to })}</p>
          <ProbabilityBars title={t('readouts.span.start')} items={items(span.starts, earlier?.starts)} top={SHOWN} />
          <ProbabilityBars title={t('readouts.span.end')} items={items(span.ends, earlier?.ends)} top={SHOWN} />
        </>
      ) : (
        <p className="hint">{t('readouts.span.none')}</p>
      )}
    </section>
  )
}
