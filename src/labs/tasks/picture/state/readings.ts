/** What is read from a run: what a token reads, over the grid of patches and in all; what heads answer. */

import { type Grid, patchCount } from '../../../../sequence/patches.ts'
import type { Status } from '../../../../sequence/token.ts'
import { classReadout, type Readout } from '../../../../state/readouts.ts'
import { headMap, rowOf } from '../../../../viz/matrix.ts'
import type { PictureRun } from './run.ts'

export interface HeadChoice {
  layer: number
  head: number | 'mean'
}

export function rowOfKey({ tokens }: Pick<PictureRun, 'tokens'>, key: number): number {
  return tokens.findIndex((token) => token.key === key)
}

/** What the token of a row reads of every token, [T]; null where it is not in the run, or the layer was not read back. */
export function readingOf(run: PictureRun, row: number, { layer, head }: HeadChoice): Float32Array | null {
  const map = run.result.attentions[layer]
  if (!map || row < 0) return null
  const tokens = run.tokens.length
  return rowOf(headMap(map.data, tokens, head), tokens, row)
}

/** Values of the run's tokens [T], laid out over the patches of the grid [N]; 0 for patches that are not in the run. */
export function onGrid({ grid, tokens }: Pick<PictureRun, 'grid' | 'tokens'>, values: ArrayLike<number>): Float32Array {
  const out = new Float32Array(patchCount(grid))
  tokens.forEach(({ origin }, t) => {
    if (origin.type === 'patch') out[origin.patch] = values[t] as number
  })
  return out
}

/** What a token reads in the picture, [N]. */
export function patchReading(run: PictureRun, row: number, choice: HeadChoice): Float32Array | null {
  const reading = readingOf(run, row, choice)
  return reading && onGrid(run, reading)
}

/** How much of what a token reads is patches, itself, other class tokens. */
export function partsOf({ tokens }: Pick<PictureRun, 'tokens'>, reading: Float32Array, row: number) {
  const parts = { patches: 0, own: 0, classTokens: 0 }
  tokens.forEach(({ kind }, t) => {
    const part = t === row ? 'own' : kind === 'cls' ? 'classTokens' : 'patches'
    parts[part] += reading[t] as number
  })
  return parts
}

export function patchStatuses({ doc, grid }: Pick<PictureRun, 'doc'> & { grid: Grid }): Status[] {
  const statuses = new Array<Status>(patchCount(grid)).fill('removed')
  for (const { origin, status } of doc.sequence.tokens) if (origin.type === 'patch') statuses[origin.patch] = status
  return statuses
}

/** The patch that a token stands for. */
export function patchOfKey({ doc }: Pick<PictureRun, 'doc'>, key: number): number | null {
  const token = doc.sequence.tokens.find((candidate) => candidate.key === key)
  return token?.origin.type === 'patch' ? token.origin.patch : null
}

/** What each task's head answers, on the token that it was trained on; tasks whose token was removed have none. */
export function answersOf({ model: { info }, result }: Pick<PictureRun, 'model' | 'result'>): Readout[] {
  return Object.entries(info.labels).flatMap(([head, names]): Readout[] => {
    const logits = result.logits[head]
    return logits ? [classReadout(head, names, logits.data, 'softmax')] : []
  })
}
