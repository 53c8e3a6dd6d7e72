/** What the picture half of the memory lab runs: which tasks stand beside the frozen base, who reads what, and what their memory holds. */

import { normal } from '../../../../core/random.ts'
import type { NDArray } from '../../../../core/shapes.ts'
import { norm } from '../../../../core/vectors.ts'
import type { ModelInfo } from '../../../../engine/protocol.ts'
import type { MemoryRules } from '../../../../sequence/task_memory.ts'

export type Task = NonNullable<ModelInfo['taskMemory']>['tasks'][number]

/** What stands in a task's memory rows: the trained ones, or others (zeros alone would be a biased choice, arXiv 2604.14433). */
export const STARTS = ['trained', 'zeros', 'mean', 'noise', 'other'] as const
export type Start = (typeof STARTS)[number]

export interface PictureDoc extends Pick<MemoryRules, 'oldReadsNew' | 'tasksReadAll'> {
  model: string
  /** The names of the tasks that are there. */
  tasks: readonly string[]
  /** Of each task's memory the first so many rows, in every layer; null: all. */
  rows: number | null
  /** By task; absent: trained. */
  starts: Readonly<Partial<Record<string, Start>>>
  /** Memory rows that nobody reads, in no layer. */
  masked: readonly { readonly task: string; readonly row: number }[]
}

export function tasksOf({ taskMemory }: Pick<ModelInfo, 'taskMemory'>): readonly Task[] {
  return taskMemory?.tasks ?? []
}

/** All tasks as they were trained, under the paper's masks. */
export function trainedDoc(model: string, info: ModelInfo): PictureDoc {
  const tasks = tasksOf(info).map(({ name }) => name)
  return { model, tasks, oldReadsNew: false, tasksReadAll: false, rows: null, starts: {}, masked: [] }
}

/** The tasks that are there, in the model's order, with as many rows as they have here. */
export function presentTasks(info: Pick<ModelInfo, 'taskMemory'>, doc: Pick<PictureDoc, 'tasks' | 'rows'>): Task[] {
  return tasksOf(info)
    .filter(({ name }) => doc.tasks.includes(name))
    .map((task) => ({ ...task, rows: rowsOf(task, doc) }))
}

function rowsOf({ rows }: Task, doc: Pick<PictureDoc, 'rows'>): number {
  return Math.min(rows, doc.rows ?? rows)
}

/** Whether every row of the present tasks' memory is there as it was trained. */
export function isTrained(info: Pick<ModelInfo, 'taskMemory'>, doc: PictureDoc): boolean {
  return tasksOf(info)
    .filter(({ name }) => doc.tasks.includes(name))
    .every((task) => rowsOf(task, doc) === task.rows && (doc.starts[task.name] ?? 'trained') === 'trained')
}

/**
 * The memory rows [L, M, D] of a document.
 * @param trained [L, rows of all tasks, D]
 */
export function memoryRows(info: Pick<ModelInfo, 'taskMemory'>, doc: PictureDoc, trained: NDArray): NDArray {
  const [L, , D] = trained.dims as [number, number, number]
  const all = tasksOf(info)
  const present = presentTasks(info, doc)
  const M = present.reduce((sum, { rows }) => sum + rows, 0)
  const data = new Float32Array(L * M * D)
  let at = 0
  for (let layer = 0; layer < L; layer++) {
    for (const task of present) {
      const rows = startRows(all, task.name, doc.starts[task.name] ?? 'trained', trained, layer)
      data.set(rows.subarray(0, task.rows * D), at)
      at += task.rows * D
    }
  }
  return { dims: [L, M, D], data }
}

/** A task's rows [rows, D] of one layer, started in one way. */
function startRows(all: readonly Task[], name: string, start: Start, trained: NDArray, layer: number): Float32Array {
  const D = trained.dims[2] as number
  const number = all.findIndex((task) => task.name === name)
  const own = trainedRows(all, number, trained, layer)
  switch (start) {
    case 'trained':
      return own
    case 'zeros':
      return new Float32Array(own.length)
    case 'mean':
      return own.map((_, i) => meanOf(own, D, i % D))
    case 'noise':
      return noiseLike(own, D, 1 + number * 1000 + layer)
    case 'other':
      return ofLength(trainedRows(all, otherTask(all, number), trained, layer), own.length)
  }
}

/** The next task of other classes: digits beside digits would be no other memory. */
export function otherTask(all: readonly Task[], number: number): number {
  const own = all[number]?.labels.join()
  const others = all.map((_, i) => (number + 1 + i) % all.length)
  return others.find((other) => all[other]?.labels.join() !== own) ?? number
}

function trainedRows(all: readonly Task[], number: number, { dims, data }: NDArray, layer: number): Float32Array {
  const [, M, D] = dims as [number, number, number]
  const first = all.slice(0, number).reduce((sum, { rows }) => sum + rows, 0)
  const from = (layer * M + first) * D
  return data.slice(from, from + (all[number] as Task).rows * D) as Float32Array
}

function meanOf(rows: Float32Array, D: number, column: number): number {
  let sum = 0
  for (let i = column; i < rows.length; i += D) sum += rows[i] as number
  return sum / (rows.length / D)
}

/** For each row a direction by lot, as long as the row. */
function noiseLike(rows: Float32Array, D: number, seed: number): Float32Array {
  const next = normal(seed)
  const out = new Float32Array(rows.length)
  for (let at = 0; at < rows.length; at += D) {
    const drawn = Float64Array.from({ length: D }, next)
    const scale = norm(rows.subarray(at, at + D)) / norm(drawn)
    out.set(
      drawn.map((value) => value * scale),
      at,
    )
  }
  return out
}

/** Rows repeated or cut to a length: another task may have more or fewer. */
function ofLength(rows: Float32Array, length: number): Float32Array {
  if (rows.length === 0) return new Float32Array(length)
  return Float32Array.from({ length }, (_, i) => rows[i % rows.length] as number)
}
