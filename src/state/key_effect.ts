/** The causal check beside a share: what one key means to a run, measured by a run in which nobody may read it. */

import type { NDArray } from '../core/shapes.ts'
import { cosine } from '../core/vectors.ts'
import { changeOf, type Readout, type ReadoutChange } from './readouts.ts'

/** What a key's masking is measured on. */
export interface Measured {
  readouts: readonly Readout[]
  /** The last hidden states, [T, D]. */
  last: NDArray
}

export interface KeyEffect {
  /** The answer that moved most, and how; null where there is none. A regression's numbers have no share to move. */
  answer: (ReadoutChange & { readout: Readout }) | null
  /** [T]: the cosine of each token's last hidden state in both runs. */
  cosines: Float64Array
}

/** @param after of the same rows, with the key masked */
export function keyEffect(before: Measured, after: Measured): KeyEffect {
  const later = new Map(after.readouts.map((readout) => [readout.id, readout]))
  const changes = before.readouts.flatMap((readout) => {
    const same = later.get(readout.id)
    return same && readout.scoring !== 'none' ? [{ readout, ...changeOf(readout, same) }] : []
  })
  const [T, D] = before.last.dims as [number, number]
  const rowOf = ({ data }: NDArray, row: number) => data.subarray(row * D, (row + 1) * D)
  return {
    answer: changes.reduce<KeyEffect['answer']>(
      (most, one) => (most && most.distance >= one.distance ? most : one),
      null,
    ),
    cosines: Float64Array.from({ length: T }, (_, row) => cosine(rowOf(before.last, row), rowOf(after.last, row))),
  }
}
