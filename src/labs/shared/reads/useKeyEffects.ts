import { useEffect, useMemo } from 'react'
import type { Step } from '../../../state/job.ts'
import { type KeyEffect, keyEffect, type Measured } from '../../../state/key_effect.ts'
import { type RunningJob, useJob } from '../useJob.ts'

/** The effects that are known, by the row of the masked key. */
export type Effects = ReadonlyMap<number, KeyEffect>

export interface KeyEffects {
  effects: Effects
  /** The keys that were asked for at once; it starts by itself. */
  first: RunningJob<Effects>
  /** Every key in turn, on a button. */
  each: RunningJob<Effects>
}

export interface KeyEffectsInput {
  /** The run that is measured: what is known of it is kept until another one comes. */
  run: object
  before: Measured
  /** Rows to be measured at once. */
  wanted: readonly number[]
  /** Rows to be measured on the button. */
  all: readonly number[]
  /** The same run with one key masked; memory of hidden states and answers is enough. */
  without: (row: number) => Promise<Measured>
}

/** What masking keys does to a run: a forward a key, each made once. */
export function useKeyEffects({ run, before, wanted, all, without }: KeyEffectsInput): KeyEffects {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is known belongs to the run
  const known = useMemo(() => new Map<number, KeyEffect>(), [run])
  const measure = async (rows: readonly number[], step: Step<Effects>) => {
    for (const [i, row] of rows.entries()) {
      if (!step(i, rows.length)) break
      if (!known.has(row)) known.set(row, keyEffect(before, await without(row)))
      step(i + 1, rows.length, new Map(known))
    }
    return new Map(known)
  }
  const first = useJob<Effects>((step) => measure(wanted, step), run)
  const each = useJob<Effects>((step) => measure(all, step), run)
  const asked = wanted.join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: starts again for another run or other keys
  useEffect(() => {
    if (asked !== '') first.start()
  }, [run, asked])
  return { effects: known, first, each }
}
