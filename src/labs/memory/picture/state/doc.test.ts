/** Memory rows of a document: which there are, and what stands in them. */

import { describe, expect, it } from 'vitest'
import { norm } from '../../../../core/vectors.ts'
import { isTrained, memoryRows, otherTask, type PictureDoc, presentTasks, type Start, trainedDoc } from './doc.ts'

const D = 3
const task = (name: string, rows: number, labels: string[]) => ({ name, rows, labels, reads: ['inputs'] })
const info = { taskMemory: { tasks: [task('first', 2, ['a']), task('bare', 0, ['b']), task('last', 3, ['c'])] } }
const L = 2
const M = 5
/** Row r of layer l begins with 10 l + r. */
const trained = {
  dims: [L, M, D],
  data: Float32Array.from(
    { length: L * M * D },
    (_, i) => (i % D === 0 ? 10 * Math.floor(i / (M * D)) : i % D) + (Math.floor(i / D) % M),
  ),
}
const doc = (change: Partial<PictureDoc> = {}): PictureDoc => ({ ...trainedDoc('m', info as never), ...change })
const row = (data: Float32Array, place: number) => [...data.slice(place * D, (place + 1) * D)]

describe('memory rows', () => {
  it('are the trained ones of the tasks that are there, layer by layer', () => {
    expect(memoryRows(info, doc(), trained)).toEqual(trained)
    const last = memoryRows(info, doc({ tasks: ['last'] }), trained)
    expect(last.dims).toEqual([L, 3, D])
    expect(row(last.data as Float32Array, 3)).toEqual(row(trained.data, M + 2))
  })

  it('may be fewer, and none', () => {
    const one = memoryRows(info, doc({ rows: 1 }), trained)
    expect(one.dims).toEqual([L, 2, D])
    expect(row(one.data as Float32Array, 1)).toEqual(row(trained.data, 2))
    expect(memoryRows(info, doc({ rows: 0 }), trained).dims).toEqual([L, 0, D])
    expect(memoryRows(info, doc({ tasks: ['bare'] }), trained).dims).toEqual([L, 0, D])
    // More than were trained are not made up.
    expect(presentTasks(info, doc({ rows: 99 })).map(({ rows }) => rows)).toEqual([2, 0, 3])
  })

  const started = (start: Start) =>
    memoryRows(info, doc({ tasks: ['last'], starts: { last: start } }), trained).data as Float32Array

  it('are replaced by zeros, their mean, noise as long, or another task’s', () => {
    expect(started('zeros').every((value) => value === 0)).toBe(true)
    const mean = started('mean')
    expect(row(mean, 0)).toEqual(row(mean, 2))
    expect(mean[0]).toBeCloseTo((2 + 3 + 4) / 3, 5)
    const noise = started('noise')
    for (const place of [0, 1, 2, 3, 4, 5]) {
      const own = row(trained.data, place < 3 ? 2 + place : M + place - 1)
      expect(norm(row(noise, place))).toBeCloseTo(norm(own), 4)
    }
    expect(started('noise')).toEqual(noise)
    // The first task has two rows: they repeat.
    const other = started('other')
    expect(row(other, 0)).toEqual(row(trained.data, 0))
    expect(row(other, 2)).toEqual(row(trained.data, 0))
  })

  it('of another task are those of one with other classes', () => {
    const tasks = [task('digits', 1, ['0']), task('later', 1, ['0']), task('clothes', 1, ['shirt'])]
    expect(otherTask(tasks, 0)).toBe(2)
    expect(otherTask([task('alone', 1, ['a'])], 0)).toBe(0)
  })

  it('are known to be as they were trained', () => {
    expect(isTrained(info, doc())).toBe(true)
    expect(isTrained(info, doc({ rows: 3 }))).toBe(true)
    expect(isTrained(info, doc({ rows: 1 }))).toBe(false)
    expect(isTrained(info, doc({ starts: { last: 'zeros' } }))).toBe(false)
    expect(isTrained(info, doc({ tasks: ['first'], starts: { last: 'zeros' } }))).toBe(true)
  })
})
