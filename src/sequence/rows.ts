/** Sequences from rows of numbers: class tokens, then a token for each row. */

import { type Entry, newToken, type Sequence } from './token.ts'

/** Keys count from 0: first the class tokens, then the rows. Rows have no position. */
export function fromRows(labels: readonly string[], classNames: readonly string[]): Sequence {
  const classes = classNames.map((label, row): Entry => ({ kind: 'cls', id: row, label }))
  const rows = labels.map((label): Entry => ({ kind: 'asset', id: null, label }))
  return {
    tokens: [
      ...classes.map((entry, slot) => newToken(slot, entry, { type: 'template', slot })),
      ...rows.map((entry, row) => newToken(classes.length + row, entry, { type: 'row', row })),
    ],
    nextKey: classes.length + rows.length,
    positionPolicy: 'grid',
    segmentPolicy: 'text',
  }
}
