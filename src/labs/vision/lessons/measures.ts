/** What lessons measure in the vision lab: the run, what it answers, and how the model was set to read the photo. */

import { z } from 'zod'
import { rowNorms } from '../../../core/vectors.ts'
import { type Measures, measure } from '../../../state/lesson/expression.ts'
import { bestNames, bestOf } from '../../../state/readouts.ts'
import { spread } from '../../../viz/outliers.ts'
import { lookMeasures } from '../../shared/lessons/look_measures.ts'
import { runMeasures } from '../../shared/lessons/run_measures.ts'
import type { VisionLabState } from '../state/lab.ts'
import { visionReadouts } from '../state/readouts.ts'

const nothing = z.strictObject({})
/** Who answers: `classifier` reads CLS, others are the model's own (`average`, `attention`). */
const head = z.string().max(40)

/** The heads that answer, and their classes, the best first. */
function there({ run }: VisionLabState) {
  const answers = run ? visionReadouts(run) : []
  return { head: answers.map((one) => one.head), name: [...new Set(answers.flatMap(bestNames))] }
}

const measures: Measures<VisionLabState> = {
  ...runMeasures<VisionLabState>(
    ({ run }) =>
      run && { tokens: run.tokens, attentions: run.result.attentions, hiddenStates: run.result.hiddenStates },
  ),
  ...lookMeasures<VisionLabState>(),
  /** The score of one class. */
  score: measure(
    z.strictObject({ head, name: z.string().max(60) }),
    (state, { head, name }) => {
      const answer = answerOf(state, head)
      return answer?.scores[answer.names.indexOf(name)] ?? null
    },
    there,
  ),
  /** The best class, and its score. */
  answer: measure(
    z.strictObject({ head }),
    (state, { head }) => {
      const answer = answerOf(state, head)
      return answer ? (answer.names[bestOf(answer)] ?? null) : null
    },
    there,
  ),
  confidence: measure(
    z.strictObject({ head }),
    (state, { head }) => {
      const answer = answerOf(state, head)
      return answer ? (answer.scores[bestOf(answer)] ?? null) : null
    },
    there,
  ),
  /** After the last layer: the longest state of a patch over the median one. Large where patches serve as registers (Darcet et al. 2023). */
  patchOutlier: measure(nothing, ({ run }) => {
    const last = run?.result.hiddenStates.at(-1)
    const width = last?.dims.at(-1)
    if (!run || !last || !width) return null
    const norms = rowNorms(last.data, width).filter((_, row) => run.tokens[row]?.kind === 'patch')
    const { median: middle } = spread(norms)
    return middle ? Math.max(...norms) / middle : null
  }),
  model: measure(nothing, ({ model }) => model?.name ?? null),
  /** Where positions come from: `trained`, `off`, `shuffled` or `sine`. */
  positions: measure(nothing, ({ run }) => run?.doc.positionTable.type ?? null),
  /** Whether the embedding of CLS is another than the trained one. */
  clsReplaced: measure(nothing, ({ run }) => run?.tokens.some(({ kind, start }) => kind === 'cls' && start) ?? null),
}

export default measures

function answerOf({ run }: VisionLabState, head: string) {
  return run ? visionReadouts(run).find((one) => one.head === head) : undefined
}
