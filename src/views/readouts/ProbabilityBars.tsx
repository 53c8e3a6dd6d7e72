import { formatPercent } from '../../viz/format.ts'
import { t } from '../words/words.ts'
import { GhostChange, GhostMark } from './Ghost.tsx'

export interface Probability {
  label: string
  probability: number
  /** In the run before the last edit. */
  before?: number
}

export interface ProbabilityBarsProps {
  title: string
  /** Any order; the largest are shown, and what is left is summed up as "others". */
  items: readonly Probability[]
  top?: number
  /** Each class is a question of its own: all are shown in the order of the file, none is first, and nothing is summed up. */
  each?: boolean
}

/** Probabilities as bars on a common scale from 0 to 1: a distribution, or each by itself. */
export function ProbabilityBars({ title, items, top = 5, each = false }: ProbabilityBarsProps) {
  const sorted = each ? items : [...items].sort((a, b) => b.probability - a.probability)
  const shown = each ? items : sorted.slice(0, top)
  const rest = sorted.slice(shown.length)
  const others = rest.reduce((sum, item) => sum + item.probability, 0)
  return (
    <section className="readout" data-testid="probabilities" data-each={each || undefined}>
      <h3>{title}</h3>
      <ol className="bars">
        {shown.map((item, i) => (
          <li key={item.label} className="bar-row" data-first={(!each && i === 0) || undefined}>
            <span className="bar-label">{item.label}</span>
            <span className="bar-track" aria-hidden="true">
              <span className="bar-fill" style={{ inlineSize: `${item.probability * 100}%` }} />
              <GhostMark before={item.before} />
            </span>
            <span className="bar-value mono">{formatPercent(item.probability)}</span>
            <GhostChange now={item.probability} before={item.before} />
          </li>
        ))}
        {rest.length > 0 && (
          <li className="bar-row muted">
            <span className="bar-label muted">{t('readout.others', { count: rest.length })}</span>
            <span className="bar-track" aria-hidden="true">
              <span className="bar-fill bar-fill-quiet" style={{ inlineSize: `${others * 100}%` }} />
            </span>
            <span className="bar-value mono">{formatPercent(others)}</span>
          </li>
        )}
      </ol>
      {each && <p className="hint">{t('readout.each')}</p>}
    </section>
  )
}
