import { formatPoints } from '../../viz/format.ts'
import { t } from '../words/words.ts'

/** Where a value stood before the last edit, on the axis of its bar. */
export function GhostMark({ before }: { before?: number }) {
  return before === undefined ? null : <span className="ghost-mark" style={{ insetInlineStart: `${before * 100}%` }} />
}

/** What the last edit did to a probability, in percentage points; nothing where it is printed as it was. */
export function GhostChange({ now, before }: { now: number; before?: number }) {
  const change = before === undefined ? null : formatPoints(before, now)
  if (before === undefined || change === null) return null
  return (
    <span className="ghost-change mono" data-testid="ghost" data-way={now > before ? 'up' : 'down'}>
      <span className="sr-only">{t('readout.changed')} </span>
      {change}
    </span>
  )
}
