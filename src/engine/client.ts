/** The page's side of the engine: calls as promises, events as subscriptions. */

import { ClsroomError, type ErrorReport } from '../core/errors.ts'
import { unfetched } from '../core/fetch_part.ts'
import type { CallName, Calls, EngineStatus, OnStep, Reply } from './protocol.ts'

export interface EngineEvents {
  status(status: EngineStatus): void
  progress(model: string, loaded: number, total: number): void
  fault(error: ErrorReport): void
}

interface Pending {
  resolve(result: never): void
  reject(error: ClsroomError): void
  onStep?: OnStep
}

export class EngineClient {
  private readonly events: EngineEvents
  private worker: Worker | null
  private readonly pending = new Map<number, Pending>()
  private nextId = 0

  constructor(events: EngineEvents) {
    this.events = events
    this.worker = this.open()
  }

  private open(): Worker {
    const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'engine' })
    worker.onmessage = ({ data }: MessageEvent<Reply>) => this.receive(data)
    worker.onerror = ({ message }) => this.stopped(message ? crashed(message) : unfetched())
    return worker
  }

  /** A script that could not be fetched is asked for again by the next call, and told by those that waited; what crashed stays away. */
  private stopped(error: ClsroomError): void {
    if (error.code === 'fetch') this.worker = null
    else this.events.fault(error.report())
    for (const { reject } of this.pending.values()) reject(error)
    this.pending.clear()
  }

  /**
   * @param signal ends the call with an error, where it is one that can be stopped
   * @param onStep of calls that take many steps
   */
  call<Name extends CallName>(
    call: Name,
    args: Calls[Name]['args'],
    signal?: AbortSignal,
    onStep?: OnStep,
  ): Promise<Calls[Name]['result']> {
    const id = this.nextId++
    const stop = () => void this.call('stop', { call: id })
    signal?.addEventListener('abort', stop)
    const answer = new Promise<Calls[Name]['result']>((resolve, reject) => {
      this.pending.set(id, { resolve, reject, onStep })
      this.worker ??= this.open()
      this.worker.postMessage({ id, call, args })
    })
    return answer.finally(() => signal?.removeEventListener('abort', stop))
  }

  private receive(reply: Reply): void {
    switch (reply.type) {
      case 'result':
        this.take(reply.id)?.resolve(reply.result as never)
        return
      case 'error':
        this.take(reply.id)?.reject(ClsroomError.fromReport(reply.error))
        return
      case 'status':
        this.events.status(reply.status)
        return
      case 'progress':
        this.events.progress(reply.model, reply.loaded, reply.total)
        return
      case 'step':
        this.pending.get(reply.id)?.onStep?.(reply.done, reply.total)
        return
      case 'fault':
        this.events.fault(reply.error)
    }
  }

  private take(id: number): Pending | undefined {
    const pending = this.pending.get(id)
    this.pending.delete(id)
    return pending
  }
}

function crashed(found: string): ClsroomError {
  return new ClsroomError('internal', 'The engine stopped', { found, advice: 'Reload the page' })
}
