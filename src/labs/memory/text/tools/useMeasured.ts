/** Measures the recall task under several conditions, on a button. */

import type { Engine } from '../../../../state/engine.ts'
import { useJob } from '../../../shared/useJob.ts'
import { type Condition, type Measured, measure } from '../state/accuracy.ts'
import type { MemoryToolProps } from './props.ts'

/** Enough for an interval of at most ±7 points. */
export const INPUTS = 200
/** Other inputs than those of any reference. */
const SEED = 11

/** @param of what the result belongs to */
export function useMeasured<Id>(
  { lab, engine, run, tokenizer }: MemoryToolProps & { engine: Engine },
  conditions: () => Condition<Id>[],
  facts: number,
  of: unknown,
) {
  return useJob<Measured<Id>[]>(async (step) => {
    const made = { ...run.model, tokenizer }
    const inputs = await lab.reference.inputs(made, { count: INPUTS, seed: SEED, facts })
    return measure(engine, run.model, made, inputs, conditions(), step)
  }, of)
}
