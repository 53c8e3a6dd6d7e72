import { useEffect, useMemo, useRef } from 'react'
import { useLab } from '../shared/useLab.ts'
import type { VisionRun } from './state/run.ts'
import { type BesideState, createBeside } from './state/variations.ts'

/**
 * Runs of its own beside the shown run, again whenever that changes.
 * @returns what was made of this very run or, while that is computed, of an older one: it must name its own snapshot
 */
export function useBeside<Result>(run: VisionRun, work: (run: VisionRun) => Promise<Result>): BesideState<Result> {
  const newest = useRef(work)
  newest.current = work
  const beside = useMemo(() => createBeside((asked: VisionRun) => newest.current(asked)), [])
  useEffect(() => beside.request(run), [beside, run])
  return useLab(beside.store)
}
