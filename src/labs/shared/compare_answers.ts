/** The answers of several runs side by side: the rows of a ReadoutComparison. */

import { changeOf, type Readout } from '../../state/readouts.ts'
import type { ReadoutComparisonProps } from '../../views/readouts/ReadoutComparison.tsx'

/**
 * @param first the answers that the others are compared with
 * @param others one a column: null has no run (it failed), undefined is still computed
 * @param title the question, in words
 */
export function compareAnswers(
  first: readonly Readout[],
  others: readonly (readonly Readout[] | null | undefined)[],
  title: (readout: Readout) => string,
): ReadoutComparisonProps['rows'] {
  const columns = others.map((column) => column && new Map(column.map((readout) => [readout.id, readout])))
  return first.map((before) => {
    const { best, before: score } = changeOf(before, before)
    const own = { answer: best, score, scoring: before.scoring }
    return {
      id: before.id,
      title: title(before),
      cells: [own, ...columns.map((column) => column && compared(before, column.get(before.id)))],
    }
  })
}

function compared(before: Readout, after: Readout | undefined) {
  if (!after) return null
  const change = changeOf(before, after)
  return {
    answer: change.bestAfter,
    score: change.bestAfterScore,
    scoring: before.scoring,
    first: { before: change.before, after: change.after },
    distance: change.distance,
  }
}
