/** What lessons measure in the text lab: the run, and what it answers. */

import { z } from 'zod'
import { type Measures, measure } from '../../../state/lesson/expression.ts'
import { bestNames, bestOf, type Readout } from '../../../state/readouts.ts'
import { lookMeasures } from '../../shared/lessons/look_measures.ts'
import { cosineOf, runMeasures } from '../../shared/lessons/run_measures.ts'
import type { TextLabState } from '../state/lab.ts'
import { readoutsOf } from '../state/readouts.ts'
import { POOLINGS, pooled } from '../state/sentences.ts'

/** A head by its name, or the n-th [MASK] (from 1). */
const of = z.union([z.strictObject({ head: z.string().max(40) }), z.strictObject({ mask: z.int().min(1) })])
type Of = z.infer<typeof of>

/** The heads that answer, and their answers, the best first. */
function there({ run, model, tokenizer }: TextLabState) {
  const answers = run && model && tokenizer ? readoutsOf(run, model.info, tokenizer.labels) : []
  return {
    head: answers.filter(({ head }) => head !== 'mlm').map(({ id }) => id),
    name: [...new Set(answers.flatMap(bestNames))],
  }
}

const measures: Measures<TextLabState> = {
  ...runMeasures<TextLabState>(
    ({ run }) =>
      run && { tokens: run.tokens, attentions: run.result.attentions, hiddenStates: run.result.hiddenStates },
  ),
  /** The score of one class or word. */
  score: measure(
    z.strictObject({ of, name: z.string().max(60) }),
    (state, { of, name }) => {
      const answer = answerOf(state, of)
      return answer?.scores[answer.names.indexOf(name)] ?? null
    },
    there,
  ),
  /** The best answer: a class or a word. */
  answer: measure(
    z.strictObject({ of }),
    (state, { of }) => {
      const answer = answerOf(state, of)
      return answer ? (answer.names[bestOf(answer)] ?? null) : null
    },
    there,
  ),
  /** The score of the best answer. */
  confidence: measure(
    z.strictObject({ of }),
    (state, { of }) => {
      const answer = answerOf(state, of)
      return answer ? (answer.scores[bestOf(answer)] ?? null) : null
    },
    there,
  ),
  /** The cosine of the whole input as one vector, pooled now and as the step began. */
  pooledDrift: measure(z.strictObject({ pooling: z.enum(POOLINGS) }), ({ run, model }, { pooling }, start) => {
    const last = (model?.info.layers ?? 0) - 1
    const [now, then] = [run, start.run].map((one) => one && pooled(one, last)?.[pooling])
    return cosineOf(now, then)
  }),
  /** Whether a [MASK]'s best answer is what stood there before. */
  restored: measure(z.strictObject({ mask: z.int().min(1) }), (state, { mask }) => {
    const answer = answerOf(state, { mask })
    const token = state.run?.tokens.find(({ key }) => key === answer?.key)
    return answer && token?.original ? answer.names[bestOf(answer)] === token.original.label : null
  }),
  ...lookMeasures<TextLabState>(),
  /** How many segments there are. */
  segments: measure(z.strictObject({}), ({ doc }) => doc?.texts.length ?? null),
  /** How many heads are switched off. */
  silenced: measure(z.strictObject({}), ({ run }) => run?.doc.ablated.length ?? null),
}

export default measures

function answerOf({ run, model, tokenizer }: TextLabState, wanted: Of): Readout | undefined {
  if (!run || !model || !tokenizer) return undefined
  const answers = readoutsOf(run, model.info, tokenizer.labels)
  return 'head' in wanted
    ? answers.find(({ id }) => id === wanted.head)
    : answers.filter(({ head }) => head === 'mlm')[wanted.mask - 1]
}
