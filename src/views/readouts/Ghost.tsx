import { formatPoints } from '../../viz/format.ts'
import { t } from '../words/words.ts'

/** Smaller changes round to nothing. */
const NOTICEABLE = 0.0005

/** Where a value stood before the last edit, on the axis of its bar. */
export function GhostMark({ before }: { before?: number }) {
  return before === undefined ? null : <span className="ghost-mark" style={{ insetInlineStart: `${before * 100}%` }} />
}

/** What the last edit did to a probability, in percentage points. */
export function GhostChange({ now, before }: { now: number; before?: number }) {
  if (before === undefined || Math.abs(now - before) < NOTICEABLE) return null
  return (
    <span className="ghost-change mono" data-testid="ghost" data-way={now > before ? 'up' : 'down'}>
      <span className="sr-only">{t('readout.changed')} </span>
      {formatPoints(now - before)}
    </span>
  )
}
