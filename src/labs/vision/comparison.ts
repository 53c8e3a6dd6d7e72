/** Vision runs side by side as a table of answers. */

import type { ReadoutComparisonProps } from '../../views/readouts/ReadoutComparison.tsx'
import { compareAnswers } from '../shared/compare_answers.ts'
import { visionReadouts } from './state/readouts.ts'
import type { VisionRun } from './state/run.ts'

const TITLES: Record<string, string> = {
  classifier: 'Class, read from [CLS]',
  average: 'Class, from the average of the patches',
  attention: 'Class, from attention pooling',
}

/** The question that a head answers. */
export function headTitle(head: string): string {
  return TITLES[head] ?? head
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
