import { formatPercent } from '../../viz/format.ts'
import { GhostChange, GhostMark } from './Ghost.tsx'

export interface BinaryReadoutProps {
  title: string
  /** The two answers, and the probability of the second. */
  no: string
  yes: string
  probability: number
  /** In the run before the last edit. */
  before?: number
  hint?: string
  testId?: string
}

/** A yes-or-no question on one scale: next sentence, sentiment. */
export function BinaryReadout({ title, no, yes, probability, before, hint, testId }: BinaryReadoutProps) {
  const isYes = probability >= 0.5
  return (
    <section className="readout" data-testid={testId ?? 'binary'} data-answer={isYes ? 'yes' : 'no'}>
      <h3>{title}</h3>
      <p className="binary-answer">
        {isYes ? yes : no} <span className="mono">{formatPercent(isYes ? probability : 1 - probability)}</span>
        <GhostChange
          now={isYes ? probability : 1 - probability}
          before={before === undefined ? undefined : isYes ? before : 1 - before}
        />
      </p>
      <div className="binary-scale" aria-hidden="true">
        <span
          className="binary-fill"
          style={{
            insetInlineStart: `${Math.min(probability, 0.5) * 100}%`,
            inlineSize: `${Math.abs(probability - 0.5) * 100}%`,
          }}
        />
        <GhostMark before={before} />
        <span className="binary-needle" style={{ insetInlineStart: `${probability * 100}%` }} />
      </div>
      <p className="binary-ends hint">
        <span>{no}</span>
        <span>{yes}</span>
      </p>
      {hint && <p className="hint">{hint}</p>}
    </section>
  )
}
