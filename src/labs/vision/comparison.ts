/** Vision runs side by side as a table of answers. */

import type { ReadoutComparisonProps } from '../../views/readouts/ReadoutComparison.tsx'
import { compareAnswers } from '../shared/compare_answers.ts'
import { visionReadouts } from './state/readouts.ts'
import type { VisionRun } from './state/run.ts'
import { t } from './words/words.ts'

/** The heads of the page's models; another one is called by its own name. */
export const HEADS = ['classifier', 'average', 'attention'] as const
/** Those of other kinds of vision transformers. */
const OTHERS = ['cls', 'distillation', 'cls_distillation', 'cls_patches'] as const

/** The question that a head answers. */
export function headTitle(head: string): string {
  const known = [...HEADS, ...OTHERS].find((one) => one === head)
  return known ? t(`readout.${known}`) : head
}

/**
 * @param first the run that the others are compared with
 * @param others one a column: null has no run (it failed), undefined is still computed
 */
export function compareClasses(
  first: VisionRun,
  others: readonly (VisionRun | null | undefined)[],
): ReadoutComparisonProps['rows'] {
  const answers = others.map((run) => run && visionReadouts(run))
  return compareAnswers(visionReadouts(first), answers, ({ id }) => headTitle(id))
}
