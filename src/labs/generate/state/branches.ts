/** Two runs that began alike: where their texts part, and how far what each expects next is apart. Pure. */

import { divergence } from './next_facts.ts'
import type { GenerateRun } from './run.ts'

export interface BranchRow {
  /** The token of each branch in this row; null: it is over. */
  a: string | null
  b: string | null
  same: boolean
  /** What follows this row, by A against by B, in bits; null where one is over, or has another vocabulary. */
  divergence: number | null
}

export function branchRows(a: GenerateRun, b: GenerateRun): BranchRow[] {
  return Array.from({ length: Math.max(a.tokens.length, b.tokens.length) }, (_, row) => {
    const [ofA, ofB] = [a.tokens[row], b.tokens[row]]
    const [p, q] = [a.next[row], b.next[row]]
    return {
      a: ofA?.label ?? null,
      b: ofB?.label ?? null,
      same: ofA !== undefined && ofB !== undefined && ofA.id === ofB.id && ofA.start === ofB.start,
      divergence: p && q && p.length === q.length ? divergence(p, q) : null,
    }
  })
}

/** The first row where they differ; −1: nowhere. */
export function partsAt(rows: readonly BranchRow[]): number {
  return rows.findIndex(({ same }) => !same)
}
