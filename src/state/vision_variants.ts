/** Several variations of one vision run, by name: what if its positions were shuffled, the input smaller, a patch gone? */

import { type ErrorReport, reportOf } from '../core/errors.ts'
import type { Engine } from './engine.ts'
import type { VisionDoc, VisionRun } from './vision_run.ts'
import { vary } from './vision_variations.ts'

export type VisionVariants = Readonly<Record<string, Partial<VisionDoc>>>

export interface VariantRuns {
  /** Whose sight they share, and what was changed. */
  of: VisionRun
  variants: VisionVariants
  runs: Readonly<Record<string, VisionRun>>
  /** Why a variant has no run. */
  problems: Readonly<Record<string, ErrorReport>>
}

/** Answers only: neither maps nor hidden states are read back. */
const ANSWERS = { attentions: false, hiddenStates: false }

export async function runVariants(
  engine: Engine,
  of: VisionRun,
  variants: VisionVariants,
  overtaken: () => boolean,
): Promise<VariantRuns> {
  const runs: Record<string, VisionRun> = {}
  const problems: Record<string, ErrorReport> = {}
  for (const [name, change] of Object.entries(variants)) {
    if (overtaken()) break
    try {
      runs[name] = await vary(engine, of, change, ANSWERS)
    } catch (thrown) {
      problems[name] = reportOf(thrown)
    }
  }
  return { of, variants, runs, problems }
}
