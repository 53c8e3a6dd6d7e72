/** How far a row's answer can come from when text reads its neighbours only: each layer carries one window further. */

import { type MemoryRun, mayRead } from './run.ts'

export interface Reach {
  /** The asked row, among those of the text. */
  asked: number
  /** By what was read how many layers ago (0: the row itself), the rows of the text that can have reached it through text alone. */
  rows: boolean[][]
  /** The nearest row of the text that says the answer; null where none does. */
  source: number | null
}

/** @param asked row of the text; answer: id of the word that the model gives there */
export function reachOf(run: MemoryRun, asked: number, answer: number): Reach {
  const may = mayRead(run)
  const { layers } = run.model.info
  const M = run.slots
  const T = run.tokens.length - M
  const rows = [Array.from({ length: T }, (_, row) => row === asked)]
  for (let layer = layers - 1; layer >= 0; layer--) {
    const above = rows.at(-1) as boolean[]
    rows.push(above.map((is, key) => is || above.some((reads, query) => reads && may(layer, M + query, M + key))))
  }
  const says = run.tokens.flatMap(({ id, kind }, row) =>
    row >= M && kind !== 'mask' && id === answer ? [row - M] : [],
  )
  const source = says.sort((a, b) => Math.abs(a - asked) - Math.abs(b - asked))[0] ?? null
  return { asked, rows, source }
}
