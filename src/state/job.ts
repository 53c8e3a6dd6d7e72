/** Longer work that a person starts, watches and may stop: many runs in a row, their results as they come. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { type ErrorReport, reportOf } from '../core/errors.ts'

export interface JobState<Result> {
  status: 'idle' | 'running' | 'done' | 'failed'
  done: number
  total: number
  /** The newest result; while it is running, of what is done so far. */
  result: Result | null
  problem: ErrorReport | null
}

/** Of a job that was not started, or is forgotten. */
export const IDLE = { status: 'idle', done: 0, total: 0, result: null, problem: null } as const

/** How the work reports: `step` says how far it is, and is false once the job was stopped. */
export type Step<Result> = (done: number, total: number, soFar?: Result) => boolean

export interface Job<Input, Result> {
  store: StoreApi<JobState<Result>>
  start(input: Input): Promise<void>
  /** Keeps what is done so far. */
  stop(): void
  /** Stops and forgets. */
  reset(): void
}

export function createJob<Input, Result>(
  /** `stopped` is for a single long call, `step` for many short ones. */
  work: (input: Input, step: Step<Result>, stopped: AbortSignal) => Promise<Result>,
): Job<Input, Result> {
  const store = createStore<JobState<Result>>(() => IDLE)
  let turn = 0
  let stopping = new AbortController()

  function nextTurn(): number {
    stopping.abort()
    stopping = new AbortController()
    return ++turn
  }

  return {
    store,
    async start(input) {
      const mine = nextTurn()
      store.setState({ ...IDLE, status: 'running' })
      try {
        const result = await work(
          input,
          (done, total, soFar) => {
            if (mine !== turn) return false
            store.setState({ done, total, ...(soFar !== undefined && { result: soFar }) })
            return true
          },
          stopping.signal,
        )
        if (mine === turn) store.setState({ status: 'done', result })
      } catch (thrown) {
        if (mine === turn) store.setState({ status: 'failed', problem: reportOf(thrown) })
      }
    },
    stop() {
      nextTurn()
      store.setState(({ result }) => ({ status: result === null ? 'idle' : 'done' }))
    },
    reset() {
      nextTurn()
      store.setState(IDLE)
    },
  }
}
