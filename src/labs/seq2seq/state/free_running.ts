/** Teacher forcing against free running: where what is given and what the model writes by itself part, and what that costs later. */

import type { Token } from '../../../sequence/token.ts'
import { outputsOf } from './outputs.ts'
import type { Seq2SeqRun } from './run.ts'

export interface FreeStep {
  given: Token
  /** What the model wrote in this place by itself; null: it had ended. */
  free: Token | null
  /** ln p of the given token behind the given ones. */
  forced: number
  /** ln p of the same token behind what the model wrote itself; NaN where it had ended. */
  exposed: number
}

/** By output token. @param free the run over what the model wrote itself, with the same start */
export function freeSteps(given: Seq2SeqRun, free: Seq2SeqRun): FreeStep[] {
  const [forced, own] = [outputsOf(given), outputsOf(free)]
  const written = free.rows.flatMap(({ writes, counts }, row) => (counts && writes ? [{ writes, row }] : []))
  const asked = given.rows.flatMap(({ writes, counts }, row) => (counts && writes ? [{ writes, row }] : []))
  return asked.map(({ writes, row }, step): FreeStep => {
    const same = written[step]
    const probability = same && writes.id !== null ? own[same.row]?.probabilities[writes.id] : undefined
    return {
      given: writes,
      free: same?.writes ?? null,
      forced: forced[row]?.logP ?? Number.NaN,
      exposed: probability === undefined ? Number.NaN : Math.log(probability),
    }
  })
}

/** The first step where they write different tokens; null: they never do. */
export function parting(steps: readonly FreeStep[]): number | null {
  const at = steps.findIndex(({ given, free }) => given.id !== free?.id)
  return at < 0 ? null : at
}
