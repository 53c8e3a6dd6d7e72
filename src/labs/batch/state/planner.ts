/** The page's side of the worker that plans. */

import { ClsroomError } from '../../../core/errors.ts'
import { unfetched } from '../../../core/fetch_part.ts'
import type { PlanReply, PlanRequest } from './planner_protocol.ts'

export type Planner = (request: PlanRequest) => Promise<PlanReply>

/** One worker, opened when it is first asked; one that could not be fetched is asked for again by the next plan. */
export function createPlanner(): Planner {
  const waiting = new Map<number, { resolve: (reply: PlanReply) => void; reject: (error: ClsroomError) => void }>()
  let worker: Worker | null = null
  let next = 0

  function open(): Worker {
    const opened = new Worker(new URL('./planner_worker.ts', import.meta.url), { type: 'module', name: 'planner' })
    opened.onmessage = ({ data }: MessageEvent<{ id: number; reply: PlanReply }>) => {
      waiting.get(data.id)?.resolve(data.reply)
      waiting.delete(data.id)
    }
    opened.onerror = ({ message: found }) => {
      worker = null
      const error = found ? new ClsroomError('internal', 'The planner stopped', { found }) : unfetched()
      for (const { reject } of waiting.values()) reject(error)
      waiting.clear()
    }
    return opened
  }

  return (request) =>
    new Promise((resolve, reject) => {
      const id = next++
      waiting.set(id, { resolve, reject })
      worker ??= open()
      worker.postMessage({ id, request })
    })
}
