/** What is left of a class as patches are silenced: real runs, strategy by strategy and ratio by ratio. */

import { choosePatches, type PatchChoice, silencePatches } from '../../../sequence/patch_masking.ts'
import { patchCount } from '../../../sequence/patches.ts'
import type { Status } from '../../../sequence/token.ts'
import { capturePlan } from '../../../state/capture.ts'
import type { Engine } from '../../../state/engine.ts'
import type { Step } from '../../../state/job.ts'
import { headMap } from '../../../viz/matrix.ts'
import { visionReadouts } from './readouts.ts'
import type { VisionRun } from './run.ts'
import { vary } from './variations.ts'

export const CURVE_STRATEGIES = ['random', 'block', 'most', 'least'] as const
type CurveStrategy = (typeof CURVE_STRATEGIES)[number]

/** Of the patches; 0 is the whole picture. */
const RATIOS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]

export interface CurveInput {
  /** The run with every patch read, as `runWhole` gives it. */
  whole: VisionRun
  as: Exclude<Status, 'read'>
  /** Where the attention is read that `most` and `least` go by. */
  layer: number
  head: number | 'mean'
  /** How many seeds, from `seed` on, random and block are averaged over. */
  draws: number
  seed: number
}

export interface CurvePoint {
  strategy: CurveStrategy
  /** The share of patches that was silenced, in the mean over the draws; a block is not of every size. */
  ratio: number
  /** By head, the mean probability of each class. */
  probabilities: Record<string, Float64Array>
}

export interface MaskingCurves {
  input: CurveInput
  points: CurvePoint[]
}

export async function measureCurves(
  engine: Pick<Engine, 'forward'>,
  input: CurveInput,
  step: Step<MaskingCurves>,
): Promise<MaskingCurves> {
  const { whole, as, layer, head, draws, seed } = input
  const total = RATIOS.length * CURVE_STRATEGIES.reduce((sum, strategy) => sum + drawsOf(strategy, draws), 0)
  const scores = receivedByPatches(whole, layer, head)
  const start = classes(whole)
  const result: MaskingCurves = {
    input,
    points: CURVE_STRATEGIES.map((strategy) => ({ strategy, ratio: 0, probabilities: start })),
  }
  let done = 0
  if (!step(done, total, result)) return result
  for (const ratio of RATIOS) {
    for (const strategy of CURVE_STRATEGIES) {
      const answers: CurvePoint[] = []
      for (let draw = 0; draw < drawsOf(strategy, draws); draw++) {
        answers.push(await point(engine, whole, { strategy, ratio, seed: seed + draw, scores }, as))
        if (!step(++done, total)) return result
      }
      result.points = [...result.points, meanPoint(strategy, answers)]
      step(done, total, { ...result })
    }
  }
  return result
}

/** Only what is drawn by lot differs from seed to seed. */
function drawsOf(strategy: CurveStrategy, draws: number): number {
  return strategy === 'random' || strategy === 'block' ? draws : 1
}

/** The run with every patch read, with the maps of a layer. */
export function runWhole(engine: Pick<Engine, 'forward'>, run: VisionRun, layer: number): Promise<VisionRun> {
  const sequence = silencePatches(run.doc.sequence, [], 'removed')
  const attentions = capturePlan(run.model.info, sequence.tokens.length, layer)
  return vary(engine, run, { sequence }, { attentions, hiddenStates: false })
}

/** The mean over all queries of what each patch receives. @returns [N]; 0 for patches that are not in the run */
export function receivedByPatches(run: VisionRun, layer: number, head: number | 'mean'): Float32Array {
  const received = new Float32Array(patchCount(run.grid))
  const map = run.result.attentions[layer]
  if (!map) return received
  const T = run.result.tokens
  const matrix = headMap(map.data, T, head)
  run.tokens.forEach(({ origin }, key) => {
    if (origin.type !== 'patch') return
    let sum = 0
    for (let query = 0; query < T; query++) sum += matrix[query * T + key] as number
    received[origin.patch] = sum / T
  })
  return received
}

async function point(
  engine: Pick<Engine, 'forward'>,
  whole: VisionRun,
  choice: PatchChoice,
  as: Exclude<Status, 'read'>,
): Promise<CurvePoint> {
  const patches = choosePatches(whole.grid, choice)
  const sequence = silencePatches(whole.doc.sequence, patches, as)
  const run = await vary(engine, whole, { sequence }, { attentions: false, hiddenStates: false })
  return {
    strategy: choice.strategy,
    ratio: patches.length / patchCount(whole.grid),
    probabilities: classes(run),
  }
}

/** By head; a regression's numbers are no probabilities. */
function classes(run: VisionRun): Record<string, Float64Array> {
  return Object.fromEntries(
    visionReadouts(run)
      .filter(({ scoring }) => scoring !== 'none')
      .map(({ id, scores }) => [id, scores]),
  )
}

function meanPoint(strategy: CurveStrategy, points: readonly CurvePoint[]): CurvePoint {
  const heads = Object.keys(points[0]?.probabilities ?? {})
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    strategy,
    ratio: mean(points.map(({ ratio }) => ratio)),
    probabilities: Object.fromEntries(
      heads.map((head) => {
        const all = points.flatMap(({ probabilities }) => probabilities[head] ?? [])
        return [head, (all[0] ?? new Float64Array()).map((_, k) => mean(all.map((one) => one[k] as number)))]
      }),
    ),
  }
}
