import type { ErrorReport } from '../../core/errors.ts'
import { saidInFull } from '../../words/errors.ts'
import { t } from '../words/words.ts'
import { Button } from './Button.tsx'

export interface JobBarProps {
  /** What the button starts: "Measure". */
  action: string
  status: 'idle' | 'running' | 'done' | 'failed'
  done: number
  total: number
  problem: ErrorReport | null
  onStart: () => void
  onStop: () => void
  testId?: string
}

/** Starts longer work, shows how far it is, stops it. */
export function JobBar({ action, status, done, total, problem, onStart, onStop, testId }: JobBarProps) {
  return (
    <div className="job" data-testid={testId} data-status={status}>
      {status === 'running' ? (
        <>
          <Button onClick={onStop}>{t('job.stop')}</Button>
          <progress aria-label={action} value={done} max={Math.max(1, total)} />
          <span className="hint mono">{t('job.progress', { done, total })}</span>
        </>
      ) : (
        <Button onClick={onStart}>{status === 'done' ? t('job.again', { action }) : action}</Button>
      )}
      {problem && <span role="alert">{saidInFull(problem)}</span>}
    </div>
  )
}
