/** What a task's head answers on something else than its own class token: another token, or a mean of patches. */

import { softmax } from '../../../../core/logits.ts'
import type { Readout } from '../../../../state/readouts.ts'
import { readingOf } from './readings.ts'
import type { PictureRun } from './run.ts'

/** A class token by its key, the mean of the patches, or their mean weighted by what the head's own class token reads of them. */
export type Place = { of: 'token'; key: number } | { of: 'mean' } | { of: 'attention' }

/**
 * The head's answer there. It is linear behind the final norm, so on a mean of rows it says the mean of what it says on each.
 * @returns null where there is nothing to read: the token was removed, no patch is read
 */
export function answerAt(run: PictureRun, head: string, place: Place): Readout | null {
  const { logits } = run.result
  const rows = logits[`${head}.rows`]
  const names = run.model.info.labels[head]
  const weights = weightsOf(run, head, place)
  if (!rows || !names || !weights) return null
  const K = names.length
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (total <= 0) return null
  const mean = new Float64Array(K)
  weights.forEach((weight, t) => {
    if (weight > 0)
      for (let k = 0; k < K; k++) mean[k] = (mean[k] as number) + (weight / total) * (rows.data[t * K + k] as number)
  })
  return { id: head, head, scoring: 'softmax', scores: softmax(mean), names }
}

/** How much each row counts, [T]; null where none can. */
function weightsOf(run: PictureRun, head: string, place: Place): number[] | null {
  const { tokens } = run
  const isRead = tokens.map(({ kind, status }) => kind === 'patch' && status === 'read')
  switch (place.of) {
    case 'token':
      return tokens.map(({ key }) => (key === place.key ? 1 : 0))
    case 'mean':
      return isRead.map(Number)
    case 'attention': {
      const reading = readingOf(run, ownRow(run, head), { layer: run.model.info.layers - 1, head: 'mean' })
      return reading && isRead.map((read, t) => (read ? (reading[t] as number) : 0))
    }
  }
}

/** The row that a head was trained to read; −1 where its class token is not in the run. */
export function ownRow({ model, tokens }: Pick<PictureRun, 'model' | 'tokens'>, head: string): number {
  const token = model.info.image?.classHeads?.[head]
  return tokens.findIndex(({ kind, id }) => kind === 'cls' && id === token)
}
