/** Sandler et al. 2022, Table 1. */

import { describe, expect, it } from 'vitest'
import { type MemoryRules, type Place, places, readsOf } from './task_memory.ts'

const TASKS = [
  { name: 'a', rows: 2, reads: ['inputs'] },
  { name: 'b', rows: 1, reads: ['inputs', 'base', 'a'] },
]
const KEYS = places(3, TASKS)
const RULES: MemoryRules = { oldReadsNew: false, tasksReadAll: false, blind: [], masked: [] }

/** A line a reading row: # where it may read. */
function drawn(rules: Partial<MemoryRules> = {}): string[] {
  const may = readsOf(TASKS, { ...RULES, ...rules })
  const rows = KEYS.filter(({ isMemory }) => !isMemory)
  return rows.map((query) => KEYS.map((key) => (may(query, key) ? '#' : '.')).join(''))
}

describe('the mask of tasks', () => {
  // [CLS][3 patches][CLS a][CLS b][MEM a × 2][MEM b]
  it('keeps what was there first from reading what is new; a task reads what it was trained to', () => {
    expect(drawn()).toEqual(['####.....', '####.....', '####.....', '####.....', '.####.##.', '#########'])
  })

  it('opened for the old, opens nothing between tasks', () => {
    const rows = drawn({ oldReadsNew: true })
    expect(rows.slice(0, 4)).toEqual(Array(4).fill('#########'))
    expect(rows.slice(4)).toEqual(drawn().slice(4))
  })

  it('opened between tasks, leaves the old as it was', () => {
    const rows = drawn({ tasksReadAll: true })
    expect(rows.slice(0, 4)).toEqual(drawn().slice(0, 4))
    expect(rows.slice(4)).toEqual(Array(2).fill('#########'))
  })

  it('leaves out a memory, or a row of it, for everybody', () => {
    const open = { oldReadsNew: true, tasksReadAll: true }
    expect(drawn({ ...open, blind: ['a'] })).toEqual(Array(6).fill('######..#'))
    expect(drawn({ ...open, masked: [{ task: 'a', row: 1 }] })).toEqual(Array(6).fill('#######.#'))
  })

  it('of no task and of tasks without rows is there, too', () => {
    expect(places(0, [])).toHaveLength(1)
    const bare = places(2, [{ name: 'x', rows: 0, reads: [] }])
    const may = readsOf([{ name: 'x', rows: 0, reads: [] }], RULES)
    const cls = bare.at(-1) as Place
    expect(bare.filter((key) => may(cls, key))).toEqual([cls])
  })
})
