/** How long the engine takes for every strategy: the same sequences, batch by batch, in turns. */

import type { ModelInfo } from '../../../../engine/protocol.ts'
import type { Engine } from '../../../../state/engine.ts'
import type { Step } from '../../../../state/job.ts'
import { type Assembled, assemble } from '../assemble.ts'
import {
  numbersOf,
  type PlanNumbers,
  type PlanSettings,
  planOf,
  type Strategy,
  strategiesFor,
  workOf,
} from '../plan.ts'
import type { BatchModel, TokenSequence } from '../sequences.ts'

/** The first so many sequences are run; all of them could take minutes. */
export const MOST_MEASURED = 64
/** After one round that warms up: pipelines, buffers, caches. */
const ROUNDS = 2

export interface Measured {
  strategy: Strategy
  /** The fastest of the rounds of each batch, added up: from submit to the numbers being readable. */
  ms: number
  numbers: PlanNumbers
  /** By linear layers and attention, FLOPs. */
  work: number
}

/** @param step asked after every forward; false: stop */
export async function measure(
  engine: Pick<Engine, 'batch'>,
  model: BatchModel,
  info: ModelInfo,
  all: readonly TokenSequence[],
  settings: PlanSettings,
  step: Step<Measured[]>,
): Promise<Measured[]> {
  const sequences = all.slice(0, MOST_MEASURED)
  const lengths = sequences.map(({ tokens }) => tokens.length)
  const plans = strategiesFor(sequences.length).map((strategy) => planOf(strategy, lengths, settings))
  const batches = plans.map(({ batches: planned }) =>
    planned.map((batch) => bare(assemble(model, batch, sequences, { block: true, reset: true }))),
  )
  const total = batches.flat().length * (ROUNDS + 1)
  const fastest = batches.map((of) => of.map(() => Number.POSITIVE_INFINITY))
  let done = 0
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [p, of] of batches.entries()) {
      for (const [b, request] of of.entries()) {
        const { ms } = await engine.batch(request)
        const times = fastest[p] as number[]
        if (round > 0) times[b] = Math.min(times[b] as number, ms)
        if (!step(++done, total)) return []
      }
    }
  }
  return plans.map((plan, p) => {
    const numbers = numbersOf(plan, lengths)
    const { linear, attention } = workOf(numbers, info)
    return {
      strategy: plan.strategy,
      ms: (fastest[p] as number[]).reduce((sum, ms) => sum + ms, 0),
      numbers,
      work: linear + attention,
    }
  })
}

/** The layers alone: no head over the vocabulary, no map, one state of each row. */
function bare({ request, rows }: Assembled) {
  return { ...request, pooledRows: new Array(rows).fill(0) as number[], vocabularyRows: [], attentions: false }
}
