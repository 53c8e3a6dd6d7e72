import { formatChange, formatValue } from '../../viz/format.ts'
import { t } from '../words/words.ts'

export interface NumberReadoutProps {
  title: string
  /** `before`: in the run before the last edit. */
  items: readonly { label: string; score: number; before?: number }[]
}

/** Numbers that a regression gives: no probabilities, so without a bar. */
export function NumberReadout({ title, items }: NumberReadoutProps) {
  return (
    <section className="readout" data-testid="numbers">
      <h3>{title}</h3>
      <dl className="readout-numbers">
        {items.map(({ label, score, before }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="mono">{formatValue(score)}</dd>
            {before !== undefined && formatValue(before) !== formatValue(score) && (
              <dd className="ghost-change mono" data-testid="ghost" data-way={score > before ? 'up' : 'down'}>
                {formatChange(score - before)}
              </dd>
            )}
          </div>
        ))}
      </dl>
      <p className="hint">{t('readout.number')}</p>
    </section>
  )
}
