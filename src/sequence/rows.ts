/** Sequences from rows of numbers: class tokens, then a token for each row. */

import { uniform } from '../core/random.ts'
import { sample } from './draw.ts'
import { type Entry, newToken, type Sequence, type Token } from './token.ts'

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

/** The rows in another order, by lot (Fisher and Yates), among the places where rows stand. */
export function shuffledRows(sequence: Sequence, seed: number): Sequence {
  const rows = sequence.tokens.filter(({ origin }) => origin.type === 'row')
  const order = sample(rows.length, rows.length, uniform(seed))
  let next = 0
  const tokens = sequence.tokens.map((token) =>
    token.origin.type === 'row' ? (rows[order[next++] as number] as Token) : token,
  )
  return { ...sequence, tokens }
}
