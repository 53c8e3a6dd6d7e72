/** What follows the last token of a run: the distribution after every stage, and what is drawn from it. Pure. */

import { uniformAt } from '../../../core/random.ts'
import { type Draw, drawOf, type Sampling, type Stage, stagesOf } from '../../../engine/sampling.ts'
import type { GenerateDoc } from './doc.ts'
import type { GenerateRun } from './run.ts'

export interface NextToken {
  /** The model's distribution, and what each stage leaves of it. */
  stages: Stage[]
  draw: Draw
  seed: number
  /** Which number of the seed's sequence u is. */
  place: number
}

/** @param doc how it is drawn, which may have changed since the run */
export function nextToken(
  run: GenerateRun,
  { sampling, seed, written }: Pick<GenerateDoc, 'sampling' | 'seed' | 'written'>,
): NextToken {
  return tokenAfter(run, run.tokens.length - 1, sampling, { seed, place: written.length })
}

/** What follows a row. */
export function tokenAfter(
  run: GenerateRun,
  row: number,
  sampling: Sampling,
  { seed, place }: { seed: number; place: number },
): NextToken {
  const present = run.tokens.slice(0, row + 1).flatMap(({ id }) => id ?? [])
  const stages = stagesOf(run.next[row] as Float32Array, sampling, present)
  const last = stages.at(-1) as Stage
  return { stages, draw: drawOf(last.probabilities, uniformAt(seed, place)), seed, place }
}
