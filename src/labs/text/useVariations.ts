import { useEffect, useMemo } from 'react'
import type { ErrorReport } from '../../core/errors.ts'
import type { LoadedModel } from '../../engine/protocol.ts'
import type { Engine } from '../../state/engine.ts'
import { useLab } from '../shared/useLab.ts'
import type { Capture, TextRun } from './state/run.ts'
import { createVariations, type Variants } from './state/variations.ts'

export interface VariationRuns {
  /** Of the variants asked for now; what is still computing is absent. */
  runs: Readonly<Record<string, TextRun>>
  problems: Readonly<Record<string, ErrorReport>>
  busy: boolean
}

/**
 * Runs variants of a document while the caller is on screen.
 * @param variants memoised by the caller: new ones are a new request
 * @param capture constant of the caller
 */
export function useVariations(
  engine: Engine,
  model: LoadedModel | null,
  variants: Variants | null,
  capture: Capture = 'answers',
): VariationRuns {
  const variations = useMemo(() => createVariations(engine, capture), [engine, capture])
  const { of, runs, problems, busy } = useLab(variations.store)
  useEffect(() => {
    if (model && variants) variations.request(model, variants)
    return () => variations.stop()
  }, [variations, model, variants])
  const fresh = of === variants
  return { runs: fresh ? runs : {}, problems: fresh ? problems : {}, busy: busy || !fresh }
}
