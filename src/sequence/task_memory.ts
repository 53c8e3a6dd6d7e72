/**
 * Who reads what where a frozen model has learnable memory: the mask of Sandler et al. 2022, Table 1, for tasks side by side. The rows are
 * [CLS][patches][CLS of each task]; the keys are those, and behind them the memory rows of each task.
 */

export interface MemoryTask {
  name: string
  /** Its memory rows. */
  rows: number
  /** `base` (the first class token), `inputs` (the patches), and other tasks. */
  reads: readonly string[]
}

/** What a row or a key is. */
export interface Place {
  part: 'base' | 'inputs' | 'task'
  /** The task's, where it is one. */
  task: number
  isMemory: boolean
  /** Its number among its kind: the patch, or the task's memory row. */
  at: number
}

/** The keys, in order; the rows are those that are no memory. */
export function places(patches: number, tasks: readonly MemoryTask[]): Place[] {
  return [
    { part: 'base', task: -1, isMemory: false, at: 0 },
    ...Array.from({ length: patches }, (_, at): Place => ({ part: 'inputs', task: -1, isMemory: false, at })),
    ...tasks.map((_, task): Place => ({ part: 'task', task, isMemory: false, at: 0 })),
    ...tasks.flatMap(({ rows }, task) =>
      Array.from({ length: rows }, (_, at): Place => ({ part: 'task', task, isMemory: true, at })),
    ),
  ]
}

export interface MemoryRules {
  /** The base's class token and the patches read the tasks, too. False: the paper's extension mask, under which they notice nothing. */
  oldReadsNew: boolean
  /** Every task reads everything. False: each reads what it was trained to read. */
  tasksReadAll: boolean
  /** Tasks whose memory no row reads. */
  blind: readonly string[]
  /** Single memory rows that no row reads. */
  masked: readonly { task: string; row: number }[]
}

/** @returns whether row `query` may read key `key`, of `places` */
export function readsOf(
  tasks: readonly MemoryTask[],
  { oldReadsNew, tasksReadAll, blind, masked }: MemoryRules,
): (query: Place, key: Place) => boolean {
  const name = (task: number) => (tasks[task] as MemoryTask).name
  const allowed = (query: Place, key: Place): boolean => {
    if (query.part !== 'task') return key.part !== 'task' || oldReadsNew
    if (key.task === query.task || tasksReadAll) return true
    const { reads } = tasks[query.task] as MemoryTask
    return reads.includes(key.part === 'task' ? name(key.task) : key.part)
  }
  return (query, key) => {
    if (key.isMemory) {
      const task = name(key.task)
      if (blind.includes(task) || masked.some((one) => one.task === task && one.row === key.at)) return false
    }
    return allowed(query, key)
  }
}
