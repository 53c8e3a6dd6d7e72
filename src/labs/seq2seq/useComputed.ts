import { useEffect } from 'react'
import type { Step } from '../../state/job.ts'
import { type RunningJob, useJob } from '../shared/useJob.ts'

/**
 * Runs beside the shown one that start by themselves while a tool is open; those of an older question are dropped.
 * @param of what the answer belongs to: memoised by the caller; null: nothing is asked
 */
export function useComputed<Result>(
  work: (step: Step<Result>) => Promise<Result>,
  of: object | null,
): RunningJob<Result> {
  const job = useJob(work, of)
  // biome-ignore lint/correctness/useExhaustiveDependencies: starts again for another question only
  useEffect(() => {
    if (of) job.start()
  }, [of])
  return job
}
