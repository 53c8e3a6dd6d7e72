/** What lessons measure in the Generate lab: the run, what the model expects after each of its rows, and what was written. */

import { z } from 'zod'
import { type Measures, measure } from '../../../state/lesson/expression.ts'
import { lookMeasures } from '../../shared/lessons/look_measures.ts'
import { rowsOf, runMeasures, type Which, which } from '../../shared/lessons/run_measures.ts'
import { labelOf } from '../state/doc.ts'
import type { GenerateLabState } from '../state/lab.ts'
import { divergence, factsOf, probability, rank } from '../state/next_facts.ts'
import { nextToken } from '../state/next_token.ts'
import type { GenerateRun } from '../state/run.ts'

const nothing = z.strictObject({})
/** After which token; the last of the text where it is not said. */
const after = which.optional()
/** A token of the vocabulary, as people read it. */
const token = z.string().max(60)

const measures: Measures<GenerateLabState> = {
  ...runMeasures<GenerateLabState>(
    ({ run }) =>
      run && { tokens: run.tokens, attentions: run.result.attentions, hiddenStates: run.result.hiddenStates },
  ),
  ...lookMeasures<GenerateLabState>(),
  /** The probability of a token by the model, before anything is done to it. */
  probability: measure(z.strictObject({ token, after }), (state, given) => {
    const [next, id] = [nextOf(state.run, given.after), idOf(state, given.token)]
    return next && id !== null ? probability(next, id) : null
  }),
  /** The most probable token, as people read it, and its probability. */
  expected: measure(z.strictObject({ after }), ({ run, tokenizer }, given) => {
    const next = nextOf(run, given.after)
    return next && tokenizer ? labelOf(tokenizer, factsOf(next).best) : null
  }),
  confidence: measure(z.strictObject({ after }), ({ run }, given) => {
    const next = nextOf(run, given.after)
    return next && probability(next, factsOf(next).best)
  }),
  /** How open it is what follows, in bits. */
  openness: measure(z.strictObject({ after }), ({ run }, given) => {
    const next = nextOf(run, given.after)
    return next && factsOf(next).entropy
  }),
  /** The probability and the rank that the model gave a token of the text when only those before it were there. */
  given: measure(z.strictObject({ of: which }), ({ run }, { of }) => {
    const found = givenTo(run, of)
    return found && probability(found.next, found.id)
  }),
  givenRank: measure(z.strictObject({ of: which }), ({ run }, { of }) => {
    const found = givenTo(run, of)
    return found && rank(found.next, found.id)
  }),
  /** How far what follows a token is from what followed it as the step began: Kullback–Leibler, in bits. */
  moved: measure(z.strictObject({ after: which }), ({ run }, given, start) => {
    const [then, now] = [nextOf(start.run, given.after), nextOf(run, given.after)]
    return then && now && divergence(then, now)
  }),
  /** How many rows were taken over from an earlier run, and how many were computed. */
  kept: measure(nothing, ({ run }) => run?.kept ?? null),
  computed: measure(nothing, ({ run }) => run && run.tokens.length - run.kept),
  /** How many tokens were written behind the prompt, and whether the last of them ends the text. */
  written: measure(nothing, ({ run }) => run && writtenIn(run).length),
  ended: measure(nothing, ({ run, model }) => {
    const last = run && writtenIn(run).at(-1)
    return run && (model?.info.generates?.endTokens ?? []).includes(last?.id ?? -1)
  }),
  /** How many tokens may be drawn next, and the one that the seed draws. */
  left: measure(nothing, ({ run, doc }) =>
    run && doc ? (nextToken(run, doc).stages.at(-1)?.survivors ?? null) : null,
  ),
  drawn: measure(nothing, ({ run, doc, tokenizer }) =>
    run && doc && tokenizer ? labelOf(tokenizer, nextToken(run, doc).draw.token) : null,
  ),
  seed: measure(nothing, ({ doc }) => doc?.seed ?? null),
  temperature: measure(nothing, ({ doc }) => doc?.sampling.temperature ?? null),
  topP: measure(nothing, ({ doc }) => doc?.sampling.topP ?? null),
}

export default measures

/** The logits of what follows a token. */
function nextOf(run: GenerateRun | null, after: Which | undefined): Float32Array | null {
  if (!run) return null
  const row = after ? rowsOf(run, after)[0] : run.tokens.length - 1
  return run.next[row ?? -1] ?? null
}

/** A token of the text, and the logits that it was one choice of. */
function givenTo(run: GenerateRun | null, of: Which): { next: Float32Array; id: number } | null {
  const row = run && rowsOf(run, of)[0]
  const [next, id] = [run?.next[(row ?? 0) - 1], run?.tokens[row ?? -1]?.id]
  return next && typeof id === 'number' ? { next, id } : null
}

function writtenIn({ tokens }: GenerateRun) {
  return tokens.filter(({ origin }) => origin.type === 'written')
}

function idOf({ tokenizer }: GenerateLabState, label: string): number | null {
  const id = tokenizer ? (tokenizer.readable ?? tokenizer.labels).indexOf(label) : -1
  return id < 0 ? null : id
}
