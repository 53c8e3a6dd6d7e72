/** Silencing a share of the patches, chosen by a strategy. */

import { ClsroomError } from '../core/errors.ts'
import { remove, setStatus } from './edit.ts'
import { blockPatches, type Grid, patchCount, patchesByAttention, patchKeys, randomPatches } from './patches.ts'
import type { Sequence, Status } from './token.ts'

/** random as in MAE (He et al. 2022), block as in BEiT (Bao et al. 2022), by the attention received, or by hand. */
export const STRATEGIES = ['random', 'block', 'most', 'least', 'hand'] as const
export type Strategy = (typeof STRATEGIES)[number]

export interface PatchChoice {
  strategy: Exclude<Strategy, 'hand'>
  ratio: number
  seed: number
  /** [N] attention that each patch of the whole picture receives: for `most` and `least`. */
  scores?: ArrayLike<number>
}

/** @returns the chosen patches, in ascending order */
export function choosePatches(grid: Grid, { strategy, ratio, seed, scores }: PatchChoice): number[] {
  switch (strategy) {
    case 'random':
      return randomPatches(patchCount(grid), ratio, seed)
    case 'block':
      return blockPatches(grid, ratio, seed)
    case 'most':
    case 'least':
      if (scores?.length !== patchCount(grid)) {
        throw new ClsroomError('input', 'Choosing patches by attention needs what each receives', {
          found: `${scores?.length ?? 0} values`,
          expected: `${patchCount(grid)}, one a patch`,
        })
      }
      return patchesByAttention(scores, ratio, strategy)
  }
}

/** Silences these patches and brings back every other. */
export function silencePatches(sequence: Sequence, patches: Iterable<number>, as: Exclude<Status, 'read'>): Sequence {
  const all = sequence.tokens.flatMap(({ key, origin }) => (origin.type === 'patch' ? [key] : []))
  const whole = setStatus(sequence, all, 'read')
  const keys = patchKeys(whole, patches)
  return as === 'removed' ? remove(whole, keys) : setStatus(whole, keys, as)
}

/** The patches that are removed or masked, in ascending order. */
export function silencedPatches(sequence: Sequence): number[] {
  return sequence.tokens
    .flatMap(({ origin, status }) => (origin.type === 'patch' && status !== 'read' ? [origin.patch] : []))
    .sort((a, b) => a - b)
}
