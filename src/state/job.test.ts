import { describe, expect, it } from 'vitest'
import { createJob } from './job.ts'

/** Counts to a number, one turn of the event loop at a time. */
const counter = () =>
  createJob<number, number[]>(async (to, step) => {
    const counted: number[] = []
    for (let i = 0; i < to; i++) {
      if (!step(i, to, [...counted])) break
      await new Promise((resolve) => setTimeout(resolve))
      counted.push(i)
    }
    return counted
  })

describe('createJob', () => {
  it('reports progress and ends with the result', async () => {
    const job = counter()
    const seen: number[] = []
    job.store.subscribe(({ done }) => seen.push(done))
    await job.start(3)
    expect(job.store.getState()).toMatchObject({ status: 'done', result: [0, 1, 2], done: 2, total: 3 })
    expect(seen).toEqual([0, 0, 1, 2, 2])
  })

  it('keeps what was done when it is stopped, and nothing arrives later', async () => {
    const job = counter()
    const end = job.start(50)
    await new Promise<void>((third) => job.store.subscribe(({ done }) => done === 3 && third()))
    job.stop()
    const kept = job.store.getState()
    expect(kept.status).toBe('done')
    await end
    expect(job.store.getState()).toEqual(kept)
    expect(kept.result).toEqual([0, 1, 2])
  })

  it('lets a second start overtake the first', async () => {
    const job = counter()
    const first = job.start(5)
    const second = job.start(2)
    await Promise.all([first, second])
    expect(job.store.getState()).toMatchObject({ status: 'done', result: [0, 1] })
  })

  it('says what failed', async () => {
    const job = createJob<null, null>(() => Promise.reject(new Error('no')))
    await job.start(null)
    expect(job.store.getState()).toMatchObject({ status: 'failed', problem: { message: 'no' } })
    job.reset()
    expect(job.store.getState().status).toBe('idle')
  })
})
