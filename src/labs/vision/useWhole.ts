import { useEffect, useMemo } from 'react'
import { silencePatches } from '../../sequence/patch_masking.ts'
import type { Engine } from '../../state/engine.ts'
import { useLab } from '../shared/useLab.ts'
import { runWhole } from './state/masking_curve.ts'
import type { VisionRun } from './state/run.ts'
import { createBeside } from './state/variations.ts'

/** The run with every patch read: the run itself where none is silenced; made anew only when something else changes. */
export function useWhole(engine: Engine, run: VisionRun, layer: number): VisionRun | null {
  const beside = useMemo(() => {
    let last: VisionRun | null = null
    return createBeside(async (asked: { run: VisionRun; layer: number }) => {
      if (!last?.result.attentions[asked.layer] || !sameWhole(last, asked.run)) {
        last = await runWhole(engine, asked.run, asked.layer)
      }
      return last
    })
  }, [engine])
  const { result } = useLab(beside.store)
  useEffect(() => beside.request({ run, layer }), [beside, run, layer])
  return useMemo(() => (result && sameWhole(result, run) ? result : null), [result, run])
}

/** Whether two runs differ in nothing but which patches are silenced. */
function sameWhole(a: VisionRun, b: VisionRun): boolean {
  const rest = ({ doc: { sequence, ...doc } }: VisionRun) =>
    JSON.stringify({ ...doc, base: null, tokens: silencePatches(sequence, [], 'removed').tokens })
  return a.model === b.model && a.pixels.data.every((value, i) => value === b.pixels.data[i]) && rest(a) === rest(b)
}
