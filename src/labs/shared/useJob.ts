import { useEffect, useMemo, useRef } from 'react'
import { createJob, IDLE, type JobState, type Step } from '../../state/job.ts'
import { useLab } from './useLab.ts'

export interface RunningJob<Result> extends JobState<Result> {
  start: () => void
  stop: () => void
}

/**
 * Work that a person starts on a button. It ends when its component leaves, and is forgotten when `of` changes.
 * @param of what the result belongs to: a run, a model
 */
export function useJob<Result>(
  work: (step: Step<Result>, stopped: AbortSignal) => Promise<Result>,
  of: unknown,
): RunningJob<Result> {
  const newest = useRef(work)
  newest.current = work
  const job = useMemo(() => createJob((_: null, step: Step<Result>, stopped) => newest.current(step, stopped)), [])
  const owner = useRef(of)
  useEffect(() => {
    owner.current = of
    return () => job.reset()
  }, [job, of])
  const found = useLab(job.store)
  // What was found for something else is not drawn beside it, not even until it is forgotten.
  const state = owner.current === of ? found : IDLE
  return { ...state, start: () => void job.start(null), stop: job.stop }
}

/** The same, started by itself and anew whenever `of` changes; null: not now. */
export function useOwnJob<Result>(
  work: (step: Step<Result>, stopped: AbortSignal) => Promise<Result>,
  of: unknown,
): RunningJob<Result> {
  const job = useJob(work, of)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the result belongs to is the reason to start
  useEffect(() => {
    if (of !== null) job.start()
  }, [of])
  return job
}
