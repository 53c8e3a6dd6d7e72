/** What lessons measure in the mask studio: the mask, what it lets through the layers, and how far answers moved. */

import { z } from 'zod'
import { textParts } from '../../../sequence/numbering.ts'
import { type Measures, measure } from '../../../state/lesson/expression.ts'
import { bestOf, type Readout } from '../../../state/readouts.ts'
import { lookMeasures } from '../../shared/lessons/look_measures.ts'
import { rowsOf, runMeasures, which } from '../../shared/lessons/run_measures.ts'
import { readoutsOf, wordsAt } from '../state/answers.ts'
import type { MasksLabState } from '../state/lab.ts'
import { anyHead, firstReach, reachByLayer } from '../state/reach.ts'
import { cellsOf, type MasksRun, mayRead, openCells } from '../state/run.ts'

/** A head by its name, or the n-th [MASK] (from 1). */
const of = z.union([z.strictObject({ head: z.string().max(40) }), z.strictObject({ mask: z.int().min(1) })])
type Of = z.infer<typeof of>
/** Tokens as in any run, or those of one text (from 1). */
const rows = which.extend({ text: z.int().min(1).optional() })
type Rows = z.infer<typeof rows>

const measures: Measures<MasksLabState> = {
  ...runMeasures<MasksLabState>(
    ({ run }) =>
      run && { tokens: run.tokens, attentions: run.result.attentions, hiddenStates: run.result.hiddenStates },
  ),
  ...lookMeasures<MasksLabState>(),
  /** The score of one class or word. */
  score: measure(z.strictObject({ of, name: z.string().max(60) }), (state, { of, name }) => {
    const answer = answerOf(state, of)
    return answer?.scores[answer.names.indexOf(name)] ?? null
  }),
  /** The best answer, and its score. */
  answer: measure(z.strictObject({ of }), (state, { of }) => {
    const answer = answerOf(state, of)
    return answer ? (answer.names[bestOf(answer)] ?? null) : null
  }),
  confidence: measure(z.strictObject({ of }), (state, { of }) => {
    const answer = answerOf(state, of)
    return answer ? (answer.scores[bestOf(answer)] ?? null) : null
  }),
  /** How probable a decoder finds the token that does come after this one. */
  following: measure(rows, ({ run }, given) => {
    const [row] = run ? chosenRows(run, given) : []
    if (!run || row === undefined) return null
    const id = run.request.input.ids[row + 1]
    return id === undefined ? null : (wordsAt(run, row)?.[id] ?? null)
  }),
  /** How many such tokens there are, by their text too. */
  rows: measure(rows, ({ run }, given) => run && chosenRows(run, given).length),
  /** The row of the first such token, from 0. */
  row: measure(rows, ({ run }, given) => (run && chosenRows(run, given)[0]) ?? null),
  /** The part of all cells of a layer (from 1) that some head may read. */
  open: measure(z.strictObject({ layer: z.int().min(1) }), ({ run }, { layer }) => {
    if (!run || layer > run.info.layers) return null
    const T = run.tokens.length
    return openCells(cellsOf(mayRead(run.doc.sequence, run.doc.mask, run.info), T, layer - 1, 'mean')) / (T * T)
  }),
  /** After how many layers the input of one token can influence another; null: never. */
  reached: measure(z.strictObject({ from: rows, to: rows }), ({ run }, { from, to }) => {
    if (!run) return null
    const [[key], [query]] = [chosenRows(run, from), chosenRows(run, to)]
    if (key === undefined || query === undefined) return null
    const layers = firstReachOf(run)[query * run.tokens.length + key] as number
    return layers > run.info.layers ? null : layers
  }),
  /** Whether it can at all. */
  reaches: measure(z.strictObject({ from: rows, to: rows }), ({ run }, { from, to }) => {
    if (!run) return null
    const first = firstReachOf(run)
    const T = run.tokens.length
    return chosenRows(run, from).some((key) =>
      chosenRows(run, to).some((query) => (first[query * T + key] as number) <= run.info.layers),
    )
  }),
  /** How many rows away the farthest token is that a token's input can influence after all layers. */
  span: measure(z.strictObject({ from: rows }), ({ run }, { from }) => {
    const [key] = run ? chosenRows(run, from) : []
    if (!run || key === undefined) return null
    const T = run.tokens.length
    const first = firstReachOf(run)
    return Array.from({ length: T }, (_, query) => query).reduce(
      (most, query) =>
        (first[query * T + key] as number) <= run.info.layers ? Math.max(most, Math.abs(query - key)) : most,
      0,
    )
  }),
  layers: measure(z.strictObject({}), ({ run }) => run?.info.layers ?? null),
  /** Among such tokens, those that still stand in their row and say something else, be it by a bit, than when the step began. */
  moved: measure(rows, ({ run }, given, { run: start }) => {
    if (!run || !start || start.tokens.length !== run.tokens.length) return null
    return chosenRows(run, given).filter((row) => {
      const [before, now] = [start, run].map((one) => wordsAt(one, row))
      const isSame = start.tokens[row]?.label === run.tokens[row]?.label
      return isSame && before && now?.some((p, word) => p !== before[word])
    }).length
  }),
}

export default measures

function answerOf({ run, tokenizer }: MasksLabState, wanted: Of): Readout | undefined {
  if (!run || !tokenizer) return undefined
  const answers = readoutsOf(run, tokenizer.readable ?? tokenizer.labels)
  return 'head' in wanted
    ? answers.find(({ id }) => id === wanted.head)
    : answers.filter(({ head }) => head === 'mlm')[wanted.mask - 1]
}

function chosenRows(run: MasksRun, { text, ...rest }: Rows): number[] {
  const texts = text === undefined ? [] : textParts(run.doc.sequence)
  return rowsOf(run, rest).filter((row) => text === undefined || texts[row] === text - 1)
}

function firstReachOf({ request, info, tokens }: MasksRun): Uint8Array {
  return firstReach(reachByLayer(anyHead(request.mask, info, tokens.length), tokens.length), tokens.length)
}
