/** How long forwards take with more and more registers, measured on the device that runs them. */

import { remove } from '../../../sequence/edit.ts'
import { addRegisters } from '../../../sequence/patches.ts'
import type { Sequence } from '../../../sequence/token.ts'
import type { Engine } from '../../../state/engine.ts'
import type { Step } from '../../../state/job.ts'
import type { VisionRun } from './run.ts'
import { vary } from './variations.ts'

export interface RegisterTimes {
  /** Of the GPU alone, where the adapter tells; otherwise from submit to the numbers being readable. */
  clock: 'gpu' | 'wall'
  counts: readonly number[]
  /** Milliseconds by count and round. */
  samples: number[][]
}

const ROUNDS = 9
const ANSWERS = { attentions: false, hiddenStates: false }

/**
 * One forward of each count in turn, round after round, so that whatever else the device does falls on all alike. A first
 * round that makes pipelines and buffers is not counted.
 */
export async function measureRegisters(
  engine: Engine,
  run: VisionRun,
  counts: readonly number[],
  step: Step<RegisterTimes>,
): Promise<RegisterTimes> {
  const times: RegisterTimes = { clock: 'gpu', counts, samples: counts.map(() => []) }
  const total = ROUNDS * counts.length
  const sequences = counts.map((count) => withRegisters(run.doc.base, count))
  for (let round = -1; round < ROUNDS; round++) {
    for (const [i, sequence] of sequences.entries()) {
      const { result } = await vary(engine, run, { sequence }, ANSWERS)
      if (result.gpuMs === undefined) times.clock = 'wall'
      if (round >= 0) times.samples[i]?.push((times.clock === 'gpu' ? result.gpuMs : result.ms) ?? result.ms)
      if (!step(Math.max(0, round * counts.length + i + 1), total, copyOf(times))) return times
    }
  }
  return times
}

/** The unedited sequence with `count` registers of zeros in place of its own. */
function withRegisters(base: Sequence, count: number): Sequence {
  const trained = base.tokens.filter(({ kind }) => kind === 'register').map(({ key }) => key)
  return addRegisters(
    remove(base, trained),
    Array.from({ length: count }, () => ({ type: 'zeros' }) as const),
  )
}

function copyOf(times: RegisterTimes): RegisterTimes {
  return { ...times, samples: times.samples.map((one) => [...one]) }
}

/** The middle value; the mean of the two middle ones of an even number. */
export function medianOf(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] as number
  return sorted.length % 2 ? upper : ((sorted[middle - 1] as number) + upper) / 2
}
