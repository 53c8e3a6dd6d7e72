import { useEffect, useMemo } from 'react'
import type { Engine } from '../../state/engine.ts'
import { useLab } from '../shared/useLab.ts'
import type { VisionRun } from './state/run.ts'
import { createVariants, type VariantRuns, type VisionVariants } from './state/variants.ts'

type Runs = Pick<VariantRuns, 'runs' | 'problems'>

const NONE: Runs = { runs: {}, problems: {} }

/**
 * Runs variants of a run while the caller is on screen.
 * @param variants memoised by the caller: new ones are a new request
 * @returns those of this very run that are there already
 */
export function useVariants(engine: Engine, of: VisionRun, variants: VisionVariants): Runs {
  const work = useMemo(() => createVariants(engine), [engine])
  const { request, ...result } = useLab(work.store)
  useEffect(() => work.request({ of, variants }), [work, of, variants])
  return request?.of === of && request.variants === variants ? result : NONE
}
