/** What is laid over the photo, from a run: what one query reads in each patch, by a head, by all of them, or rolled out. */

import { patchCount } from '../../sequence/patches.ts'
import type { Status } from '../../sequence/token.ts'
import type { Contrast } from '../../viz/colour.ts'
import { headMap, maxMap, rowOf } from '../../viz/matrix.ts'
import { rollouts } from '../../viz/rollout.ts'
import type { Reading } from './state/lab.ts'
import type { VisionRun } from './state/run.ts'
import { t } from './words/words.ts'

export interface ReadingChoice {
  layer: number
  head: number | 'mean'
  reading: Reading
}

/** The name of a reading, as a title and as spoken: "layer 3, head 2". */
export function readingName({ layer, head, reading }: ReadingChoice): string {
  if (reading === 'rollout') return t('reading.rollout', { layer: layer + 1 })
  const heads =
    reading === 'max' ? t('heads.max') : head === 'mean' ? t('heads.mean') : t('head.one', { head: head + 1 })
  return t('reading.head', { layer: layer + 1, heads })
}

/** The name of a hidden state, by its number. */
export function stateName(state: number): string {
  return state === 0 ? t('state.embeddings') : t('state.after', { layer: state })
}

/** @returns [T, T], or null where the layer's maps were not read back */
export function readingMatrix(run: VisionRun, { layer, head, reading }: ReadingChoice): Float32Array | null {
  const { attentions, tokens } = run.result
  if (reading === 'rollout') return rolledOut(run)?.[layer] ?? null
  const map = attentions[layer]
  if (!map) return null
  return reading === 'max' ? maxMap(map.data, tokens) : headMap(map.data, tokens, head)
}

/** Among many patches each gets little: on the whole scale from 0 to 1 small values are lifted, as the legend shows. */
export function contrastOf({ fit }: { fit: boolean }): Contrast {
  return fit ? 'linear' : 'root'
}

const rolled = new WeakMap<VisionRun, Float32Array[] | null>()

/** The rollout up to each layer, once a run; null where not every map was read back. */
function rolledOut(run: VisionRun): Float32Array[] | null {
  const known = rolled.get(run)
  if (known !== undefined) return known
  const maps = run.result.attentions.flatMap((map) => (map ? [map.data] : []))
  const result = maps.length === run.model.info.layers ? rollouts(maps, run.result.tokens) : null
  rolled.set(run, result)
  return result
}

/** What the token in row `query` reads in each patch of the grid, [N]; 0 for patches that are not in the run. */
export function patchReading(run: VisionRun, choice: ReadingChoice, query: number): Float32Array | null {
  const matrix = query < 0 ? null : readingMatrix(run, choice)
  return matrix && onGrid(run, rowOf(matrix, run.result.tokens, query))
}

/** Values of the run's tokens [T], laid out over the patches of the grid [N]; 0 for patches that are not in the run. */
export function onGrid(run: VisionRun, values: ArrayLike<number>): Float32Array {
  const grid = new Float32Array(patchCount(run.grid))
  run.tokens.forEach(({ origin }, t) => {
    if (origin.type === 'patch') grid[origin.patch] = values[t] as number
  })
  return grid
}

export function rowOfKey(run: VisionRun, key: number): number {
  return run.tokens.findIndex((token) => token.key === key)
}

export function patchStatuses(run: VisionRun): Status[] {
  const statuses = new Array<Status>(patchCount(run.grid)).fill('removed')
  for (const { origin, status } of run.doc.sequence.tokens) if (origin.type === 'patch') statuses[origin.patch] = status
  return statuses
}

/** The patch that a token stands for, of those the sequence has. */
export function patchOfKey(run: VisionRun, key: number): number | null {
  const token = run.doc.sequence.tokens.find((candidate) => candidate.key === key)
  return token?.origin.type === 'patch' ? token.origin.patch : null
}
