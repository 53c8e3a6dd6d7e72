/** What lessons measure in the batch lab: what a strategy costs, and whether sequences answer as they did. */

import { z } from 'zod'
import { type Measures, measure } from '../../../state/lesson/expression.ts'
import { lookMeasures } from '../../shared/lessons/look_measures.ts'
import { answersOf, type Difference, difference, isSame } from '../state/compare.ts'
import { type LossFacts, lossOf, weigh } from '../state/experiments/loss_mask.ts'
import type { BatchLabState } from '../state/lab.ts'
import { isPacking, lowerBound, type PlanNumbers, STRATEGIES, workOf } from '../state/plan.ts'
import { type BatchRun, mapOfRow } from '../state/run.ts'
import { RULES } from '../state/settings.ts'

const nothing = z.strictObject({})
/** Of the chosen strategy, or of one by its name. */
const plan = z.strictObject({ strategy: z.enum(STRATEGIES).optional() })
type Which = z.infer<typeof plan>

const measures: Measures<BatchLabState> = {
  ...lookMeasures<BatchLabState>(),
  /** How lines become batches. */
  strategy: measure(nothing, ({ run }) => run?.plan.strategy ?? null),
  packs: measure(nothing, ({ run }) => run && isPacking(run.plan.strategy)),
  side: measure(nothing, ({ run }) => run?.doc.settings.side ?? null),
  /** What keeps sequences of a row apart: a mask in blocks, positions of their own. */
  block: measure(nothing, ({ run }) => run?.doc.block ?? null),
  reset: measure(nothing, ({ run }) => run?.doc.reset ?? null),
  sequences: measure(nothing, ({ run }) => run?.sequences.length ?? null),
  /** Tokens of the longest. */
  longest: measure(nothing, ({ run }) => run && Math.max(...run.lengths)),
  /** Positions of a row at most. */
  capacity: measure(nothing, ({ run }) => run && Math.min(run.doc.settings.capacity, run.model.maxTokens)),
  /** The share of positions that hold a token. */
  useful: measure(
    plan,
    ofPlan(({ useful, positions }) => useful / positions),
  ),
  positions: measure(
    plan,
    ofPlan(({ positions }) => positions),
  ),
  batches: measure(
    plan,
    ofPlan(({ batches }) => batches),
  ),
  rows: measure(
    plan,
    ofPlan(({ rows }) => rows),
  ),
  /** No plan of this capacity has fewer rows. */
  fewest: measure(
    nothing,
    ({ run }) => run && lowerBound(run.lengths, Math.min(run.doc.settings.capacity, run.model.maxTokens)),
  ),
  /** FLOPs of the linear layers, and of attention. */
  linear: measure(
    plan,
    ofPlan((numbers, { info }) => workOf(numbers, info).linear),
  ),
  attention: measure(
    plan,
    ofPlan((numbers, { info }) => workOf(numbers, info).attention),
  ),
  /** The share of the lengths' variance that lies between batches. */
  alike: measure(
    plan,
    ofPlan(({ sorted }) => sorted),
  ),
  /** Tokens that found no room in a row. */
  cut: measure(nothing, ({ run }) => run?.sequences.reduce((sum, { cut }) => sum + cut, 0) ?? null),
  /** Of the sequences of the shown batch that were in it as the step began, those that answer otherwise by more than 1e-4. */
  moved: measure(nothing, ({ run }, _, { run: start }) => {
    return differences(run, start)?.filter((one) => !isSame(one)).length ?? null
  }),
  /** The largest change of a logit in these. */
  change: measure(nothing, ({ run }, _, { run: start }) => {
    const found = differences(run, start)
    return found && Math.max(0, ...found.map(({ logits }) => logits))
  }),
  /** The mean share of attention that tokens give to other sequences of their row, in the layer and heads on screen. */
  foreign: measure(nothing, ({ run }) => run && foreignShare(run)),
  /** Rows of the shown batch that end with a PAD. */
  padEnds: measure(nothing, ({ run }) => {
    if (!run) return null
    const { rows, width, owner } = run.assembled
    return Array.from({ length: rows }, (_, row) => row).filter((row) => owner[(row + 1) * width - 1] === -1).length
  }),
  /** The position id of a row's first token (from row 1). */
  firstPosition: measure(z.strictObject({ row: z.int().min(1) }), ({ run }, { row }) => {
    const first = run?.assembled.standing.find((one) => one.row === row - 1)
    return run && first ? (run.assembled.positions[first.row * run.assembled.width + first.at] ?? null) : null
  }),
  /** Which targets count. */
  padIsEnd: measure(nothing, ({ look }) => look.loss.padIsEnd),
  byId: measure(nothing, ({ look }) => look.loss.byId),
  shift: measure(nothing, ({ look }) => look.loss.shift),
  promptTokens: measure(nothing, ({ look }) => look.loss.prompt),
  /** The loss under these rules, and with every rule right. */
  loss: measure(
    nothing,
    ofLosses(({ loss }) => loss),
  ),
  rightLoss: measure(nothing, ({ run }) => (run?.losses ? lossOf(weigh(run.losses, RULES), RULES).loss : null)),
  /** Targets that count. */
  targets: measure(
    nothing,
    ofLosses(({ counted }) => counted),
  ),
  /** Sequences that end, and those whose end does not count. */
  ends: measure(
    nothing,
    ofLosses(({ ends }) => ends),
  ),
  lostEnds: measure(
    nothing,
    ofLosses(({ lostEnds }) => lostEnds),
  ),
}

export default measures

function ofLosses(of: (facts: LossFacts) => number) {
  return ({ run, look: { loss } }: BatchLabState): number | null =>
    run?.losses ? of(lossOf(weigh(run.losses, loss), loss)) : null
}

function ofPlan(of: (numbers: PlanNumbers, run: BatchRun) => number) {
  return ({ run }: BatchLabState, { strategy }: Which): number | null => {
    const wanted = strategy ?? run?.plan.strategy
    const numbers = run?.numbers.find((one) => one.strategy === wanted)
    return run && numbers ? of(numbers, run) : null
  }
}

/** What a sequence answers now against what it answered as the step began. */
function differences(run: BatchRun | null, start: BatchRun | null): Difference[] | null {
  if (!run || !start) return null
  return run.assembled.standing.flatMap((standing) => {
    const earlier = start.assembled.standing.find(({ sequence }) => sequence === standing.sequence)
    const [now, before] = [run.sequences[standing.sequence], start.sequences[standing.sequence]]
    if (!earlier || !now || !before) return []
    return [difference(answersOf(start.result, earlier, before), answersOf(run.result, standing, now))]
  })
}

function foreignShare(run: BatchRun): number | null {
  const { rows, width, owner } = run.assembled
  let [sum, queries] = [0, 0]
  for (let row = 0; row < rows; row++) {
    const map = mapOfRow(run, row)
    if (!map) return null
    const own = owner.subarray(row * width, (row + 1) * width)
    for (let q = 0; q < width; q++) {
      if (own[q] === -1) continue
      queries++
      for (let k = 0; k < width; k++) if (own[k] !== own[q]) sum += map[q * width + k] as number
    }
  }
  return queries > 0 ? sum / queries : null
}
