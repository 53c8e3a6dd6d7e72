import { useEffect, useMemo } from 'react'
import type { Engine } from '../../state/engine.ts'
import type { VisionRun } from '../../state/vision_run.ts'
import { runVariants, type VariantRuns, type VisionVariants } from '../../state/vision_variants.ts'
import { createBeside } from '../../state/vision_variations.ts'
import { useLab } from '../shared/useLab.ts'

const NONE: Pick<VariantRuns, 'runs' | 'problems'> = { runs: {}, problems: {} }

/**
 * Runs variants of a run while the caller is on screen.
 * @param variants memoised by the caller: new ones are a new request
 * @returns those of this very run; empty while they are computed
 */
export function useVariants(
  engine: Engine,
  run: VisionRun,
  variants: VisionVariants,
): Pick<VariantRuns, 'runs' | 'problems'> {
  const beside = useMemo(
    () =>
      createBeside((asked: { run: VisionRun; variants: VisionVariants }, overtaken) =>
        runVariants(engine, asked.run, asked.variants, overtaken),
      ),
    [engine],
  )
  const { result } = useLab(beside.store)
  useEffect(() => beside.request({ run, variants }), [beside, run, variants])
  return result?.of === run && result.variants === variants ? result : NONE
}
