import { saidInFull } from '../../../words/errors.ts'
import type { RunningJob } from '../../shared/useJob.ts'
import { t } from '../words/words.ts'

/** What stands where numbers will be: that they are computed, or why they are not. */
export function JobNote({ job: { status, problem } }: { job: Pick<RunningJob<unknown>, 'status' | 'problem'> }) {
  if (problem) return <p role="alert">{saidInFull(problem)}</p>
  return status === 'running' ? <p role="status">{t('tool.running')}</p> : null
}
