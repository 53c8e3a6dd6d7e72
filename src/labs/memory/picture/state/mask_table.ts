/** The mask of a run as Sandler et al. 2022 draw it (Table 1): a row for each kind of token that reads, a column for each that is read. */

import { type Place, readsOf } from '../../../../sequence/task_memory.ts'
import { BASE, type PictureRun, readsAt, rowOfHead, sum } from './run.ts'

export type Part = { kind: 'base' | 'inputs' } | { kind: 'cls' | 'memory'; task: string }

export interface MaskCell {
  /** How many keys of the column a row of this kind may read, and how many there are. */
  open: number
  keys: number
  /** The share of attention there in one layer: the mean over the rows of the kind; null where none of them asks. */
  share: number | null
}

export interface MaskTable {
  rows: Part[]
  columns: Part[]
  cells: MaskCell[][]
  /** Open cells of the whole mask, of rows × keys. */
  open: number
  all: number
}

export function maskTable(run: PictureRun, layer: number, head: number | 'mean'): MaskTable {
  const { tasks, keys, doc } = run
  const may = readsOf(tasks, { ...doc, blind: [] })
  const cls = tasks.map(({ name }): Part => ({ kind: 'cls', task: name }))
  const rows: Part[] = [{ kind: 'base' }, { kind: 'inputs' }, ...cls]
  const columns: Part[] = [...rows, ...tasks.map(({ name }): Part => ({ kind: 'memory', task: name }))]
  const asking = keys.filter(({ isMemory }) => !isMemory)
  const isOf = (part: Part) => (place: Place) =>
    'task' in part
      ? place.part === 'task' && tasks[place.task]?.name === part.task && place.isMemory === (part.kind === 'memory')
      : place.part === part.kind
  const cells = rows.map((row) => {
    // Every row of a kind may read the same.
    const query = asking.find(isOf(row)) as Place
    return columns.map((column): MaskCell => {
      const there = keys.filter(isOf(column))
      return {
        open: there.filter((key) => may(query, key)).length,
        keys: there.length,
        share: shareOf(run, row, column, layer, head),
      }
    })
  })
  const open = asking.reduce((count, query) => count + keys.filter((key) => may(query, key)).length, 0)
  return { rows, columns, cells, open, all: asking.length * keys.length }
}

function shareOf(run: PictureRun, row: Part, column: Part, layer: number, head: number | 'mean'): number | null {
  const N = run.grid.rows * run.grid.columns
  const asking =
    row.kind === 'inputs'
      ? Array.from({ length: N }, (_, patch) => 1 + patch)
      : [rowOfHead(run, 'task' in row ? row.task : BASE)]
  let total = 0
  for (const query of asking) {
    const reads = readsAt(run, query, layer, head)
    if (!reads) return null
    const task = 'task' in column ? run.tasks.findIndex(({ name }) => name === column.task) : -1
    total += {
      base: () => reads.base,
      inputs: () => sum(reads.patches),
      cls: () => reads.cls[task] ?? 0,
      memory: () => sum(reads.memory[task] ?? []),
    }[column.kind]()
  }
  return total / asking.length
}
