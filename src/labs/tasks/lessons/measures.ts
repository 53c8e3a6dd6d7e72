/** What lessons measure in the tasks lab: over a picture what each task's class token answers, over assets what each horizon's foretells. */

import { z } from 'zod'
import { type Measures, measure } from '../../../state/lesson/expression.ts'
import { bestOf } from '../../../state/readouts.ts'
import { lookMeasures } from '../../shared/lessons/look_measures.ts'
import { runMeasures } from '../../shared/lessons/run_measures.ts'
import type { PictureLabState } from '../picture/state/lab.ts'
import { answersOf } from '../picture/state/readings.ts'
import type { PictureRun } from '../picture/state/run.ts'
import { furthest } from '../portfolio/state/experiments.ts'
import type { PortfolioLabState } from '../portfolio/state/lab.ts'
import { logVolatility, type PortfolioRun, pointedAt, portfolioInfo } from '../portfolio/state/run.ts'

/** The half that shows, as the lab's store has it. */
type TasksState = PictureLabState | PortfolioLabState

const nothing = z.strictObject({})
const head = z.string().max(40)

const measures: Measures<TasksState> = {
  ...runMeasures<TasksState>(
    ({ run }) =>
      run && { tokens: run.tokens, attentions: run.result.attentions, hiddenStates: run.result.hiddenStates },
  ),
  ...lookMeasures<TasksState>(),

  /** Over a picture: the best class of a task's head, and its probability; null: its class token was removed. */
  answer: measure(z.strictObject({ head }), (state, given) => {
    const answer = answerOf(pictureRun(state), given.head)
    return answer ? (answer.names[bestOf(answer)] ?? null) : null
  }),
  confidence: measure(z.strictObject({ head }), (state, given) => {
    const answer = answerOf(pictureRun(state), given.head)
    return answer ? (answer.scores[bestOf(answer)] ?? null) : null
  }),
  /** The probability of one class. */
  score: measure(z.strictObject({ head, name: z.string().max(60) }), (state, given) => {
    const answer = answerOf(pictureRun(state), given.head)
    return answer?.scores[answer.names.indexOf(given.name)] ?? null
  }),
  /** How many heads answer another class than as the step began. */
  otherAnswers: measure(nothing, (state, _, start) => {
    const [now, then] = [pictureRun(state), pictureRun(start)]
    if (!now || !then) return null
    return answersOf(now).filter((answer) => {
      const earlier = answerOf(then, answer.id)
      return earlier && bestOf(earlier) !== bestOf(answer)
    }).length
  }),
  /** By how many degrees the picture is turned. */
  turned: measure(nothing, (state) => {
    const run = pictureRun(state)
    return run && 90 * run.doc.quarters
  }),
  /** The colour that the rim is painted in, or `own`; and how many patches are rim. */
  rim: measure(nothing, (state) => {
    const run = pictureRun(state)
    return run && (run.doc.rim?.colour ?? 'own')
  }),
  rimPatches: measure(nothing, (state) => {
    const run = pictureRun(state)
    if (!run) return null
    const { rows, columns } = run.grid
    return rows * columns - Math.max(0, rows - 2) * Math.max(0, columns - 2)
  }),
  /** Whether class tokens stand apart: they read none of the others, and no patch reads them. */
  apart: measure(nothing, (state) => {
    const run = pictureRun(state)
    return run && run.doc.reads.among === 'own' && run.doc.reads.patchesBlind
  }),

  /** Over assets: a year's volatility that a horizon's token foretells; the one that came. */
  volatility: measure(z.strictObject({ days: z.int().min(1) }), (state, { days }) => {
    const run = portfolioRun(state)
    const log = run && logVolatility(run.result, days)
    return log === null ? null : Math.exp(log)
  }),
  came: measure(z.strictObject({ days: z.int().min(1) }), (state, { days }) => {
    const run = portfolioRun(state)
    const log = run?.truth.logVolatility[portfolioInfo(run.model.info).horizons.indexOf(days)]
    return log == null ? null : Math.exp(log)
  }),
  /** Whom the portfolio's token points at as the largest contributor to risk. */
  pointed: measure(nothing, (state) => {
    const run = portfolioRun(state)
    return run ? (pointedAt(run)[0]?.token.label ?? null) : null
  }),
  /** The assets in their order. */
  order: measure(nothing, (state) => {
    const run = portfolioRun(state)
    return run ? run.tokens.flatMap(({ kind, label }) => (kind === 'asset' ? [label] : [])).join(' ') : null
  }),
  /** The largest difference of any number that the heads give from the one as the step began, asset by asset. */
  furthest: measure(nothing, (state, _, start) => {
    const [now, then] = [portfolioRun(state), portfolioRun(start)]
    return now && then && furthest(then, now)
  }),
  /** The last day that is known, as a date, and as its row in the table. */
  date: measure(nothing, (state) => {
    const run = portfolioRun(state)
    return run ? (run.market.table.dates[run.doc.day] ?? null) : null
  }),
  day: measure(nothing, (state) => portfolioRun(state)?.doc.day ?? null),
  /** How far an asset was moved on the last day by hand: −0.1 is a fall by 10 %. */
  shock: measure(z.strictObject({ asset: z.string().max(20) }), (state, { asset }) => {
    const run = portfolioRun(state)
    if (!run) return null
    const row = run.market.table.assets.indexOf(asset)
    return run.doc.shocks.find((one) => one.row === row)?.move ?? 0
  }),
}

export default measures

function pictureRun(state: TasksState): PictureRun | null {
  return 'photo' in state ? state.run : null
}

function portfolioRun(state: TasksState): PortfolioRun | null {
  return 'market' in state ? state.run : null
}

function answerOf(run: PictureRun | null, head: string) {
  return run ? answersOf(run).find(({ id }) => id === head) : undefined
}
